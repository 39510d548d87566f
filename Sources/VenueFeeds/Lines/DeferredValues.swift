internal import MarketData
internal import Markets

/// Values that were passed over until it was known what they mean; each read needs the field to be there.
extension Optional<ByteScanner> {
  func number(_ field: String) throws(FieldFault) -> Double {
    var scanner = try required(field)
    return try scanner.number(field)
  }

  func optionalNumber(_ field: String) throws(FieldFault) -> Double? {
    guard var scanner = self else { return nil }
    return try scanner.optionalNumber(field)
  }

  func whole(_ field: String) throws(FieldFault) -> Int64 {
    var scanner = try required(field)
    return try scanner.whole(field)
  }

  func word(_ field: String) throws(FieldFault) -> JSONWord {
    var scanner = try required(field)
    return try scanner.word(field)
  }

  func text(_ field: String) throws(FieldFault) -> String {
    var scanner = try required(field)
    return try scanner.text(field)
  }

  func market(_ field: String) throws(FieldFault) -> MarketName {
    var scanner = try required(field)
    return try scanner.market(field)
  }

  func instant(_ field: String) throws(FieldFault) -> Timestamp {
    var scanner = try required(field)
    return try scanner.instant(field)
  }

  func milliseconds(_ field: String) throws(FieldFault) -> Timestamp {
    var scanner = try required(field)
    return try scanner.milliseconds(field)
  }

  /// `true` or `false`.
  func flag(_ field: String) throws(FieldFault) -> Bool {
    let scanner = try required(field)
    switch scanner.current {
    case UInt8(ascii: "t"): return true
    case UInt8(ascii: "f"): return false
    default: throw FieldFault(field: field, reason: "'\(scanner.excerpt(from: scanner.position))' is not true or false")
    }
  }

  /// A price that must be above zero.
  func price(_ field: String) throws(FieldFault) -> Double {
    let value = try number(field)
    if value > 0 { return value }
    throw FieldFault(field: field, reason: "is not above zero")
  }

  /// A size that must not be below zero.
  func size(_ field: String) throws(FieldFault) -> Double {
    let value = try number(field)
    if value >= 0 { return value }
    throw FieldFault(field: field, reason: "is below zero")
  }

  func levelPairs(_ field: String, keeping precision: LevelPrecision = .value) throws(FieldFault) -> [LevelChange] {
    var scanner = try required(field)
    return try scanner.levelPairs(field, keeping: precision)
  }
}

/// One side of a best quote: nil unless both numbers are there and the size is above zero.
func quoteLevel(
  _ price: ByteScanner?, _ size: ByteScanner?, _ field: String
) throws(FieldFault) -> BookLevel? {
  guard let price = try price.optionalNumber("\(field).price"), let size = try size.optionalNumber("\(field).size")
  else { return nil }
  return price > 0 && size > 0 ? BookLevel(price: price, size: size) : nil
}

/// The side that a word names, upper or lower case.
func aggressor(_ word: JSONWord, _ field: String) throws(FieldFault) -> Aggressor {
  switch word {
  case "buy", "Buy", "BUY", "b", "B": return .buy
  case "sell", "Sell", "SELL", "s", "A": return .sell
  default:
    throw FieldFault(field: field, reason: "'\(ByteScanner(word.bytes).excerpt(from: 0))' is neither buy nor sell")
  }
}

extension Aggressor {
  /// The side on which a forced order with this direction executes.
  var liquidationSide: LiquidationSide { self == .sell ? .sell : .buy }
}

extension JSONWord {
  /// The word as text for messages; what is not UTF-8 is replaced.
  var text: String { String(decoding: bytes, as: UTF8.self) }

  /// Whether the word begins with some text.
  func hasPrefix(_ text: StaticString) -> Bool {
    bytes.count >= text.utf8CodeUnitCount
      && (0..<text.utf8CodeUnitCount).allSatisfy { bytes[$0] == text.utf8Start[$0] }
  }
}

extension [VenueMessage] {
  /// Adds a figure where the message has it.
  mutating func append(
    _ kind: MarketFigure.Kind, _ value: ByteScanner?, _ field: String, of market: MarketName, at time: Timestamp
  ) throws(FieldFault) {
    guard let value = try value.optionalNumber(field) else { return }
    append(.event(.figure(MarketFigure(time: time, market: market, kind: kind, value: value))))
  }

  /// Adds a message that says nothing about a market's state.
  mutating func ignore(_ name: String) { append(.event(.ignored(name))) }
}
