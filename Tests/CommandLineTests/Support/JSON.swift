import Foundation

/// A JSON value whose numbers keep every bit.
enum JSON: Decodable, Equatable {
  case null
  case bool(Bool)
  case number(Double)
  case text(String)
  case list([JSON])
  case object([String: JSON])

  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if container.decodeNil() {
      self = .null
    } else if let value = try? container.decode(Bool.self) {
      self = .bool(value)
    } else if let value = try? container.decode(Double.self) {
      self = .number(value)
    } else if let value = try? container.decode(String.self) {
      self = .text(value)
    } else if let value = try? container.decode([JSON].self) {
      self = .list(value)
    } else {
      self = .object(try container.decode([String: JSON].self))
    }
  }

  init(_ data: Data) throws { self = try JSONDecoder().decode(JSON.self, from: data) }

  init(_ text: some StringProtocol) throws { try self.init(Data(text.utf8)) }

  /// The value under a path such as `overall.onset.rows`; nil when a part of it is missing.
  subscript(path: String) -> JSON? {
    var value: JSON? = self
    for key in path.split(separator: ".") {
      guard case .object(let members) = value else { return nil }
      value = members[String(key)]
    }
    return value
  }

  var number: Double? { if case .number(let value) = self { value } else { nil } }
  var text: String? { if case .text(let value) = self { value } else { nil } }
  var list: [JSON] { if case .list(let values) = self { values } else { [] } }
  var keys: Set<String> { if case .object(let members) = self { Set(members.keys) } else { [] } }
}
