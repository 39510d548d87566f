/// How a sum of trees uses one of its columns.
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

extension TreeEnsemble {
  /// How the trees use each column, in column order; gains are added in the order of the trees.
  ///
  /// - Complexity: O(splits).
  public var splitUse: [SplitUse] {
    var splits = [Int](repeating: 0, count: columnCount)
    var gains = [Double](repeating: 0, count: columnCount)
    for split in trees.lazy.flatMap(\.splits) {
      splits[split.column] += 1
      gains[split.column] += split.gain
    }
    return zip(splits, gains).map(SplitUse.init)
  }
}
