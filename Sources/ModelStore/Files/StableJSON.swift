internal import Foundation

/// JSON with sorted keys and exact numbers: equal values give equal bytes.
public enum StableJSON {
  /// The value as indented JSON with a line end.
  ///
  /// Doubles are written with the fewest digits that read back to the same value. A value that JSON cannot hold (NaN,
  /// infinity) is an encoding error.
  public static func text(of value: some Encodable) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(value), as: UTF8.self) + "\n"
  }

  /// The value that JSON bytes hold.
  static func value<Value: Decodable>(_ type: Value.Type, from bytes: [UInt8]) throws -> Value {
    try JSONDecoder().decode(type, from: Data(bytes))
  }
}
