internal import MarketData
internal import Markets

/// What a level's decimals are kept for.
enum LevelPrecision {
  /// Only their values count.
  case value
  /// A checksum needs them as they were written.
  case text
}

/// Lists of price levels in the two shapes that venues use.
extension ByteScanner {
  /// Reads `[[price, size, …], …]`; members after the second are passed over.
  mutating func levelPairs(_ field: String, keeping precision: LevelPrecision = .value) throws(FieldFault)
    -> [LevelChange]
  {
    var levels: [LevelChange] = []
    var list = try array()
    while try list.next(in: &self) {
      var pair = try array()
      guard try pair.next(in: &self) else { throw missing("\(field)[\(levels.count)].price") }
      let priceStart = position
      let price = try quantity(field, levels.count)
      let priceEnd = position
      guard try pair.next(in: &self) else { throw missing("\(field)[\(levels.count)].size") }
      let sizeStart = position
      var level = LevelChange(price: price, size: try quantity(field, levels.count))
      if precision == .text {
        level.text = LevelText(
          price: try decimalText(from: priceStart, to: priceEnd, "\(field)[\(levels.count)].price"),
          size: try decimalText(from: sizeStart, to: position, "\(field)[\(levels.count)].size"))
      }
      while try pair.next(in: &self) { try skip() }
      try check(level, field, levels.count)
      levels.append(level)
    }
    return levels
  }

  /// Reads `[{"price": …, "size": …, …}, …]` with the venue's names for the two.
  mutating func levelObjects(
    _ field: String, price: StaticString, size: StaticString, keeping precision: LevelPrecision = .value
  ) throws(FieldFault) -> [LevelChange] {
    var levels: [LevelChange] = []
    var list = try array()
    while try list.next(in: &self) {
      levels.append(try levelObject("\(field)[\(levels.count)]", price: price, size: size, keeping: precision))
    }
    return levels
  }

  /// Reads `{"price": …, "size": …, …}` with the venue's names for the two.
  mutating func levelObject(
    _ field: @autoclosure () -> String, price priceName: StaticString, size sizeName: StaticString,
    keeping precision: LevelPrecision = .value
  ) throws(FieldFault) -> LevelChange {
    var price: (value: Double, text: DecimalText)?
    var size: (value: Double, text: DecimalText)?
    var members = try object()
    while let key = try members.next(in: &self) {
      if priceName ~= key {
        price = try decimalAndText("\(field()).price", precision)
      } else if sizeName ~= key {
        size = try decimalAndText("\(field()).size", precision)
      } else {
        try skip()
      }
    }
    guard let price else { throw missing("\(field()).price") }
    guard let size else { throw missing("\(field()).size") }
    let level = LevelChange(
      price: price.value, size: size.value, text: LevelText(price: price.text, size: size.text))
    try checkLevel(level, field())
    return level
  }

  /// Makes sure that a level's price is above zero and its size not below.
  func checkLevel(_ level: LevelChange, _ field: @autoclosure () -> String) throws(FieldFault) {
    if !(level.price > 0) { throw FieldFault(field: "\(field()).price", reason: "is not above zero") }
    if !(level.size >= 0) { throw FieldFault(field: "\(field()).size", reason: "is below zero") }
  }

  @inline(__always)
  private func check(_ level: LevelChange, _ field: String, _ index: Int) throws(FieldFault) {
    if level.price > 0, level.size >= 0 { return }
    try checkLevel(level, "\(field)[\(index)]")
  }

  @inline(__always)
  private mutating func quantity(_ field: String, _ index: Int) throws(FieldFault) -> Double {
    let start = position
    let isQuoted = take(Ascii.quote)
    guard let value = decimal(), value.isFinite, !isQuoted || take(Ascii.quote) else {
      throw FieldFault(field: "\(field)[\(index)]", reason: "'\(excerpt(from: start))' is not a finite number")
    }
    return value
  }

  private mutating func decimalAndText(
    _ field: @autoclosure () -> String, _ precision: LevelPrecision
  ) throws(FieldFault) -> (value: Double, text: DecimalText) {
    let start = position
    let value = try number(field())
    return (value, precision == .text ? try decimalText(from: start, to: position, field()) : .zero)
  }

  private func decimalText(
    from start: Int, to end: Int, _ field: @autoclosure () -> String
  ) throws(FieldFault) -> DecimalText {
    let isQuoted = bytes[start] == Ascii.quote
    let content = UnsafeRawBufferPointer(rebasing: bytes[(isQuoted ? start + 1 : start)..<(isQuoted ? end - 1 : end)])
    guard let text = DecimalText(content) else {
      throw FieldFault(field: field(), reason: "is not a plain decimal of at most 19 digits, which the checksum needs")
    }
    return text
  }
}
