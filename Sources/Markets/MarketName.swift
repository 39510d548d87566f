/// The name of one order book: a venue's instrument, such as `ETHUSDT`.
public struct MarketName: Hashable, Comparable, Sendable, Codable, CustomStringConvertible {
  /// The name as the feed or the file spells it; never empty.
  public let text: String

  /// Creates a name, or nil when the text is empty.
  public init?(_ text: String) {
    if text.isEmpty { return nil }
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
      throw DecodingError.dataCorruptedError(in: container, debugDescription: "a market's name is empty")
    }
    self = name
  }

  /// Writes the name as text.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(text)
  }
}
