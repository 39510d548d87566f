internal import Foundation

/// The fields of stored JSON that this program does not know.
enum UnknownFields {
  /// The path of the first field, by name, that is in `stored` and not in what was understood of it; nil when there is
  /// none.
  static func first(in stored: [UInt8], understood: String) throws -> String? {
    difference(
      try JSONSerialization.jsonObject(with: Data(stored)),
      try JSONSerialization.jsonObject(with: Data(understood.utf8)))
  }

  private static func difference(_ stored: Any, _ understood: Any) -> String? {
    if let stored = stored as? [String: Any], let understood = understood as? [String: Any] {
      for key in stored.keys.sorted() {
        guard let known = understood[key] else { return key }
        if let value = stored[key], let deeper = difference(value, known) { return "\(key).\(deeper)" }
      }
    }
    if let stored = stored as? [Any], let understood = understood as? [Any] {
      for (index, pair) in zip(stored, understood).enumerated() {
        if let deeper = difference(pair.0, pair.1) { return "\(index).\(deeper)" }
      }
    }
    return nil
  }
}
