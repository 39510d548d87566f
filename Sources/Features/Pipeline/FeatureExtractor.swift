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
