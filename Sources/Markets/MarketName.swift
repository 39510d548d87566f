/// The name of one order book: a venue's instrument, such as `ETHUSDT`.
public struct MarketName: Hashable, Comparable, Sendable, Codable, CustomStringConvertible {
  /// The longest name, in bytes of UTF-8: names are remembered, and damaged ones must not fill the memory.
  public static let longest = 128
  /// What is wrong with text that is no name, in words.
  public static let fault = "is empty or longer than \(longest) bytes"

  /// The name as the feed or the file spells it; never empty, at most ``longest`` bytes.
  public let text: String

  /// Creates a name, or nil when the text is empty or too long.
  public init?(_ text: String) {
    guard (1...Self.longest).contains(text.utf8.count) else { return nil }
    self.text = text
  }

  /// The name itself.
  public var description: String { text }

  /// Whether the left name comes first in the order of its UTF-8 bytes, the same on every machine.
  public static func < (left: MarketName, right: MarketName) -> Bool {
    left.text.utf8.lexicographicallyPrecedes(right.text.utf8)
  }

  /// Reads a name from text.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    guard let name = MarketName(try container.decode(String.self)) else {
      throw DecodingError.dataCorruptedError(in: container, debugDescription: "a market's name \(Self.fault)")
    }
    self = name
  }

  /// Writes the name as text.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(text)
  }
}
