public import Markets

/// The features of one market at one instant, for both sides.
///
/// A value is NaN where the feature is not defined, and for no other reason.
public struct FeatureRow: Sendable {
  /// When the snapshot was received.
  public let time: Timestamp
  /// Whose snapshot it is.
  public let market: MarketName
  /// How the two sides of the book stood to each other.
  public let condition: BookCondition
  /// The values in the order of the schema, seen from each side.
  public let values: BySide<[Double]>

  /// Whether the book had a mid, without which there is no score.
  public var isScorable: Bool { condition != .oneSided && condition != .empty }
}
