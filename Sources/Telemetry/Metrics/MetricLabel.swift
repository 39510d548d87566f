/// A label that every sample of a process carries, such as the shard that it follows.
public struct MetricLabel: Hashable, Sendable {
  /// The name.
  public let name: String
  /// The value, any text.
  public let value: String

  /// Creates a label; nil when the name does not match `[a-zA-Z_][a-zA-Z0-9_]*` or is reserved by beginning with `__`.
  public init?(name: String, value: String) {
    guard Self.isName(name) else { return nil }
    self.name = name
    self.value = value
  }

  static func isName(_ text: String) -> Bool {
    guard let first = text.utf8.first, !text.hasPrefix("__") else { return false }
    return isLetter(first) && text.utf8.dropFirst().allSatisfy { isLetter($0) || isDigit($0) }
  }

  private static func isLetter(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "_") || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
  }

  private static func isDigit(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
  }
}
