import Checkpoints
import Markets

/// A group of features of one market that are computed together.
protocol FeatureExtractor: Resumable, Sendable {
  /// The family of all its features.
  static var family: FeatureFamily { get }

  /// The features in the order in which `extract` writes them.
  static func definitions(_ configuration: FeatureConfiguration) -> [FeatureDefinition]

  init(configuration: FeatureConfiguration)

  /// Takes in what came beside books since the newest snapshot.
  mutating func observe(_ report: MarketReport)

  /// Writes the values at the newest snapshot, which the state has taken in already.
  mutating func extract(_ snapshot: BookSnapshot, _ state: borrowing MarketState, into row: inout RowWriter)
}

extension FeatureExtractor {
  /// Passes over what it does not read.
  mutating func observe(_ report: MarketReport) {}

  /// A catalogue entry of the extractor's family.
  static func define(
    _ name: String, unit: String, direction: MonotoneDirection = .none, source: String = Source.shortfall,
    _ definition: String
  ) -> FeatureDefinition {
    FeatureDefinition(
      name: name, unit: unit, definition: definition, direction: direction, family: family, source: source)
  }
}

/// The units of the values.
enum Unit {
  static let amount = "ln USD"
  static let basisPoints = "sgn(x) ln(1 + |x| bp)"
  static let volatility = "ln(1 + bp per √hour)"
  static let logarithm = "ln"
  static let logRatio = "ln ratio"
  static let fraction = "fraction"
  static let minutes = "ln(1 + minutes)"
  static let count = "ln(1 + count)"
  static let flag = "0 or 1"
  static let deviations = "standard deviations"
}

/// A row under construction.
struct RowWriter: Sendable {
  private(set) var sell: [Double] = []
  private(set) var buy: [Double] = []

  init(capacity: Int) {
    sell.reserveCapacity(capacity)
    buy.reserveCapacity(capacity)
  }

  /// Continues a row.
  init(continuing values: BySide<[Double]>, capacity: Int) {
    self.init(capacity: capacity)
    sell.append(contentsOf: values.sell)
    buy.append(contentsOf: values.buy)
  }

  /// Writes one feature, seen from each side.
  mutating func write(sell: Double, buy: Double) {
    self.sell.append(sell)
    self.buy.append(buy)
  }

  /// Writes one feature that is the same from both sides.
  mutating func write(_ value: Double) { write(sell: value, buy: value) }

  /// Writes one feature, seen from each side.
  mutating func write(_ values: BySide<Double>) { write(sell: values.sell, buy: values.buy) }

  /// Writes one feature whose sign turns with the side; `value` is the one seen from the sell side.
  mutating func write(signed value: Double) { write(sell: value, buy: -value) }

  /// Writes an earlier feature as seen from the other side.
  mutating func writeMirrored(_ position: Int) { write(sell: buy[position], buy: sell[position]) }

  /// Writes features that are not defined.
  mutating func writeUndefined(count: Int = 1) {
    for _ in 0..<count { write(undefined) }
  }

  /// An earlier feature, seen from each side.
  func values(at position: Int) -> BySide<Double> { BySide(sell: sell[position], buy: buy[position]) }

  /// Writes over an earlier feature.
  mutating func replace(_ position: Int, with values: BySide<Double>) {
    sell[position] = values.sell
    buy[position] = values.buy
  }

  /// Writes over one side of an earlier feature.
  mutating func set(_ position: Int, _ side: LiquidationSide, _ value: Double) {
    if side == .sell { sell[position] = value } else { buy[position] = value }
  }

  /// The number of features written.
  var count: Int { sell.count }

  var values: BySide<[Double]> { BySide(sell: sell, buy: buy) }
}
