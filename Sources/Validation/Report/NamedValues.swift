/// Values by name, iterated and written in the order of the names' UTF-8 bytes.
public struct NamedValues<Value> {
  /// The names and values, in name order.
  public let pairs: [(name: String, value: Value)]

  /// Creates named values; of values with one name the first is kept.
  public init(_ pairs: [(name: String, value: Value)]) {
    var kept: [(name: String, value: Value)] = []
    let order = pairs.indices.sorted {
      pairs[$0].name == pairs[$1].name
        ? $0 < $1 : pairs[$0].name.utf8.lexicographicallyPrecedes(pairs[$1].name.utf8)
    }
    for index in order where pairs[index].name != kept.last?.name { kept.append(pairs[index]) }
    self.pairs = kept
  }

  /// The names, in order.
  public var names: [String] { pairs.map(\.name) }

  /// The value of a name, or nil.
  public subscript(name: String) -> Value? {
    pairs.first { $0.name == name }?.value
  }
}

extension NamedValues: Sendable where Value: Sendable {}

extension NamedValues: Equatable where Value: Equatable {
  /// Whether names and values agree.
  public static func == (left: NamedValues, right: NamedValues) -> Bool {
    left.names == right.names && left.pairs.map(\.value) == right.pairs.map(\.value)
  }
}

private struct NameKey: CodingKey {
  let stringValue: String
  var intValue: Int? { nil }
  init(stringValue: String) { self.stringValue = stringValue }
  init?(intValue: Int) { nil }
}

extension NamedValues: Encodable where Value: Encodable {
  /// Writes an object with one key per name.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: NameKey.self)
    for pair in pairs { try container.encode(pair.value, forKey: NameKey(stringValue: pair.name)) }
  }
}

extension NamedValues: Decodable where Value: Decodable {
  /// Reads an object with one key per name.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: NameKey.self)
    self.init(try container.allKeys.map { ($0.stringValue, try container.decode(Value.self, forKey: $0)) })
  }
}
