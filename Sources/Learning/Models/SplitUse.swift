/// How a model of trees uses one of its columns.
public struct SplitUse: Hashable, Sendable {
  /// The number of splits that ask the column.
  public let splits: Int
  /// How much those splits lowered the training objective, added up.
  public let gain: Double

  /// Creates a column's use.
  public init(splits: Int, gain: Double) {
    self.splits = splits
    self.gain = gain
  }
}

/// A model that may be made of trees, and then knows how they use its columns.
public protocol SplitReporting: BinaryModel {
  /// The use of each column, in the order of a row's values; nil when the model has no trees.
  var splitUse: [SplitUse]? { get }
}
