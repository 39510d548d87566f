import Markets

/// A row under construction, both sides of it.
///
/// It writes into memory that `writing` lends, so that a value costs two stores and nothing is copied.
struct RowWriter: ~Copyable {
  private let sell: UnsafeMutableBufferPointer<Double>
  private let buy: UnsafeMutableBufferPointer<Double>
  /// The number of features written.
  private(set) var count: Int

  /// Lets `write` go on with a row of which `count` features are written already.
  static func writing(
    from count: Int, into values: inout BySide<[Double]>, _ write: (inout RowWriter) -> Void
  ) {
    values.sell.withUnsafeMutableBufferPointer { sell in
      values.buy.withUnsafeMutableBufferPointer { buy in
        var row = RowWriter(sell: sell, buy: buy, count: count)
        write(&row)
      }
    }
  }

  private init(sell: UnsafeMutableBufferPointer<Double>, buy: UnsafeMutableBufferPointer<Double>, count: Int) {
    precondition(sell.count == buy.count)
    self.sell = sell
    self.buy = buy
    self.count = count
  }

  /// Writes one feature, seen from each side.
  mutating func write(sell: Double, buy: Double) {
    // The one bound that keeps all writing and reading inside the memory.
    precondition(count < self.sell.count)
    self.sell[count] = sell
    self.buy[count] = buy
    count += 1
  }

  /// Writes one feature that is the same from both sides.
  mutating func write(_ value: Double) { write(sell: value, buy: value) }

  /// Writes one feature, seen from each side.
  mutating func write(_ values: BySide<Double>) { write(sell: values.sell, buy: values.buy) }

  /// Writes one feature whose sign turns with the side; `value` is the one seen from the sell side.
  mutating func write(signed value: Double) { write(sell: value, buy: -value) }

  /// Writes an earlier feature as seen from the other side.
  mutating func writeMirrored(_ position: Int) {
    let values = values(at: position)
    write(sell: values.buy, buy: values.sell)
  }

  /// Writes features that are not defined.
  mutating func writeUndefined(count: Int = 1) {
    for _ in 0..<count { write(undefined) }
  }

  /// An earlier feature, seen from each side.
  func values(at position: Int) -> BySide<Double> {
    precondition(position < count)
    return BySide(sell: sell[position], buy: buy[position])
  }

  /// Writes over an earlier feature.
  mutating func replace(_ position: Int, with values: BySide<Double>) {
    precondition(position < count)
    sell[position] = values.sell
    buy[position] = values.buy
  }

  /// Writes over one side of an earlier feature.
  mutating func set(_ position: Int, _ side: LiquidationSide, _ value: Double) {
    precondition(position < count)
    if side == .sell { sell[position] = value } else { buy[position] = value }
  }
}
