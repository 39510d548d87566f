public import Learning

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
