import Boosting
import Testing

@Suite("Importance of columns")
struct ColumnImportanceTests {
  @Test("gains and splits are added up by column over all trees")
  func sums() throws {
    func split(_ column: Int, gain: Double, left: Int, right: Int) -> RegressionTree.Split {
      RegressionTree.Split(
        column: column, threshold: 0, missing: .left, left: left, right: right, gain: gain, value: 0, rows: 2,
        hessian: 1)
    }
    let leaf = RegressionTree.Leaf(value: 0, rows: 1, hessian: 1)
    let two = try #require(
      RegressionTree(
        splits: [split(2, gain: 3, left: 1, right: ~0), split(0, gain: 1, left: ~1, right: ~2)],
        leaves: [leaf, leaf, leaf]))
    let one = try #require(RegressionTree(splits: [split(2, gain: 0.5, left: ~0, right: ~1)], leaves: [leaf, leaf]))
    let ensemble = try #require(TreeEnsemble(columnNames: ["a", "b", "c"], base: 0, trees: [two, one]))
    #expect(ensemble.importance.gains == [1, 0, 3.5] && ensemble.importance.splitCounts == [1, 0, 2])
  }
}
