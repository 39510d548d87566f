package import Markets

/// A snapshot of a book or a change to it, as a venue sends it.
package struct BookUpdate: Sendable {
  /// What the levels mean.
  package enum Kind: Sendable {
    /// The levels are the whole book.
    case snapshot
    /// The levels are new sizes of single prices.
    case delta
  }

  package let kind: Kind
  package let market: MarketName
  /// When the message was received; the venue's own time where the line has no receive time.
  package let time: Timestamp
  /// The numbers by which the venue lets losses be seen.
  package var numbers = SequenceNumbers()
  package var bids: [LevelChange] = []
  package var asks: [LevelChange] = []
  /// The venue's checksum of the book after the message.
  package var checksum: UInt32?
  /// How many levels a side the venue keeps up to date, where the client must drop the others itself.
  package var depth: Int?

  package init(_ kind: Kind, of market: MarketName, at time: Timestamp) {
    self.kind = kind
    self.market = market
    self.time = time
  }
}

/// The numbers of one message of a book.
package struct SequenceNumbers: Hashable, Sendable {
  /// The number of the first change in the message, where it covers several.
  package var first: Int64?
  /// The number of the book after the message.
  package var last: Int64?
  /// The number of the book that the message changes, where it names it.
  package var previous: Int64?

  package init(first: Int64? = nil, last: Int64? = nil, previous: Int64? = nil) {
    self.first = first
    self.last = last
    self.previous = previous
  }
}

/// The new size of one price.
package struct LevelChange: Hashable, Sendable {
  /// Whether the level must be there before the change.
  package enum Presence: UInt8, Sendable {
    /// The venue does not say.
    case either
    /// The venue changes or removes a level that it sent before.
    case present
    /// The venue adds a level.
    case absent
  }

  package var price: Double
  /// The new size; 0 removes the level.
  package var size: Double
  package var presence = Presence.either
  /// The decimals as the venue wrote them, where a checksum needs them.
  package var text = LevelText.none

  package init(price: Double, size: Double, presence: Presence = .either, text: LevelText = .none) {
    self.price = price
    self.size = size
    self.presence = presence
    self.text = text
  }
}

/// The decimals of a level as the venue wrote them: the digits as an integer and how many follow the point.
package struct LevelText: Hashable, Sendable {
  package var priceDigits: UInt64
  package var sizeDigits: UInt64
  package var pricePlaces: UInt8
  package var sizePlaces: UInt8

  /// Nothing was kept.
  package static let none = LevelText(price: .zero, size: .zero)

  package init(price: DecimalText, size: DecimalText) {
    priceDigits = price.digits
    pricePlaces = price.places
    sizeDigits = size.digits
    sizePlaces = size.places
  }

  package var price: DecimalText { DecimalText(digits: priceDigits, places: pricePlaces) }
  package var size: DecimalText { DecimalText(digits: sizeDigits, places: sizePlaces) }
}

/// A decimal without sign or exponent, as it was written but for leading zeros.
package struct DecimalText: Hashable, Sendable {
  /// The digits as one integer.
  package let digits: UInt64
  /// How many of them follow the point.
  package let places: UInt8

  package static let zero = DecimalText(digits: 0, places: 0)

  package init(digits: UInt64, places: UInt8) {
    self.digits = digits
    self.places = places
  }

  /// Reads text such as `0.0500`; nil for other text and beyond 19 digits.
  package init?(_ text: UnsafeRawBufferPointer) {
    var digits: UInt64 = 0
    var point: Int?
    for (index, byte) in text.enumerated() {
      if byte == UInt8(ascii: "."), point == nil, index > 0 {
        point = index
        continue
      }
      let digit = byte &- UInt8(ascii: "0")
      if digit > 9 || digits > (UInt64.max - 9) / 10 { return nil }
      digits = digits * 10 + UInt64(digit)
    }
    if text.isEmpty || point == text.count - 1 { return nil }
    let places = point.map { text.count - $0 - 1 } ?? 0
    guard let places = UInt8(exactly: places) else { return nil }
    self.init(digits: digits, places: places)
  }

  /// Adds the digits, without the point and without leading zeros.
  package func appendDigits(to bytes: inout [UInt8]) {
    bytes.append(contentsOf: String(digits).utf8)
  }

  /// Adds the decimal as it was written, with one zero before the point where no other digit stands there.
  package func append(to bytes: inout [UInt8]) {
    let text = String(digits).utf8
    let places = Int(places)
    let padding = max(0, places + 1 - text.count)
    let padded = [UInt8](repeating: UInt8(ascii: "0"), count: padding) + text
    bytes.append(contentsOf: padded[..<(padded.count - places)])
    if places == 0 { return }
    bytes.append(UInt8(ascii: "."))
    bytes.append(contentsOf: padded[(padded.count - places)...])
  }
}
