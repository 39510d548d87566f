/// How much each column does in all trees, whatever the row.
public struct ColumnImportance: Codable, Hashable, Sendable {
  /// The sum of the gains of the splits that ask the column.
  public let gains: [Double]
  /// The number of splits that ask the column.
  public let splitCounts: [Int]
}

extension TreeEnsemble {
  /// The importance of each column, added up in the order of the trees and their splits.
  ///
  /// - Complexity: O(splits).
  public var importance: ColumnImportance {
    var gains = [Double](repeating: 0, count: columnCount)
    var splitCounts = [Int](repeating: 0, count: columnCount)
    for tree in trees {
      for split in tree.splits {
        gains[split.column] += split.gain
        splitCounts[split.column] += 1
      }
    }
    return ColumnImportance(gains: gains, splitCounts: splitCounts)
  }
}
