import Configuration
import Margining

extension PolicyText {
  /// A policy file in which everything is switched on.
  static func everything() throws -> String { text(of: try .illustration(), off: .switchedOn) }

  /// The values of a file that this type wrote, by path; settings above `markets` only.
  static func values(in text: String) -> [String: String] {
    var values: [String: String] = [:]
    var names: [String] = []
    for line in text.split(separator: "\n") {
      let indent = line.prefix { $0 == " " }.count
      let entry = line.dropFirst(indent)
      if entry == "default:" || entry == "markets:" { break }
      guard !entry.hasPrefix("#"), let colon = entry.firstIndex(of: ":") else { continue }
      names = names.prefix(indent / 2) + [String(entry[..<colon])]
      values[names.joined(separator: ".")] = String(entry[colon...].dropFirst(2))
    }
    return values
  }
}
