import Boosting
import Learning
import Testing

@Suite("Sums of trees")
struct PredictionTests {
  /// The slow twin: one tree after the other, from the root down.
  private func sum(_ ensemble: TreeEnsemble, of row: [Double]) -> Double {
    ensemble.trees.reduce(ensemble.base) { $0 + $1.leaves[$1.leaf(of: row.span)].value }
  }

  @Test(
    "one row gives the bits of the walk from the root, with NaN, infinities and values at thresholds",
    arguments: [1, 3, 40, 255, 256], [0, 1, 7, 8, 30])
  func oneRow(columnCount: Int, treeCount: Int) {
    var random = RandomTrees(seed: UInt64(treeCount), columnCount: columnCount)
    let ensemble = random.ensemble(trees: treeCount, leaves: 1...40)
    for _ in 0..<60 {
      let row = random.row()
      #expect(ensemble.value(of: row.span).bitPattern == sum(ensemble, of: row).bitPattern)
    }
  }

  @Test("two rows together give the bits of one at a time", arguments: [1, 3, 40, 255, 256], [0, 1, 7, 8, 30])
  func twoRows(columnCount: Int, treeCount: Int) {
    var random = RandomTrees(seed: UInt64(100 + treeCount), columnCount: columnCount)
    let ensemble = random.ensemble(trees: treeCount, leaves: 1...40)
    for _ in 0..<30 {
      let (one, other) = (random.row(), random.row())
      let values = ensemble.values(of: one.span, other.span)
      #expect(values.0.bitPattern == sum(ensemble, of: one).bitPattern)
      #expect(values.1.bitPattern == sum(ensemble, of: other).bitPattern)
    }
  }

  @Test("a matrix gives the bits of one row at a time, for any number of threads", arguments: [0, 1, 7, 32, 33, 203])
  func batch(rowCount: Int) {
    var random = RandomTrees(seed: 9, columnCount: 11)
    let ensemble = random.ensemble(trees: 21, leaves: 1...63)
    let rows = (0..<rowCount).map { _ in random.row() }
    let matrix = FeatureMatrix(
      rowCount: rowCount, columnCount: 11, values: (0..<11).flatMap { column in rows.map { $0[column] } })
    let expected = rows.map { sum(ensemble, of: $0).bitPattern }
    for threads in [1, 2, 3] {
      #expect(ensemble.values(of: matrix, threads: threads).map(\.bitPattern) == expected)
    }
  }

  @Test("trees that ask nothing need no columns")
  func noColumns() throws {
    let tree = try #require(
      RegressionTree(splits: [], leaves: [RegressionTree.Leaf(value: 0.25, rows: 1, hessian: 1)]))
    let ensemble = try #require(TreeEnsemble(columnNames: [], base: 1, trees: [tree, tree]))
    let none: [Double] = []
    #expect(ensemble.value(of: none.span) == 1.5)
    #expect(ensemble.values(of: FeatureMatrix(rowCount: 2, columnCount: 0, values: [])) == [1.5, 1.5])
    #expect(ensemble.contributions(of: none.span) == Explanation(base: 1.5, contributions: []))
  }
}
