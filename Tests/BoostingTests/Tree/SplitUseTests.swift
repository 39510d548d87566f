import Boosting
import Testing

@Suite("How trees use their columns")
struct SplitUseTests {
  @Test("splits are counted and gains added, column by column, and a column that is never asked has none")
  func byHand() throws {
    func split(_ column: Int, gain: Double, left: Int, right: Int) -> RegressionTree.Split {
      RegressionTree.Split(
        column: column, threshold: 0, missing: .left, left: left, right: right, gain: gain, value: 0, rows: 4,
        hessian: 1)
    }
    func leaves(_ count: Int) -> [RegressionTree.Leaf] {
      (0..<count).map { RegressionTree.Leaf(value: Double($0), rows: 1, hessian: 0.25) }
    }
    let first = try #require(
      RegressionTree(
        splits: [split(2, gain: 8, left: 1, right: ~2), split(0, gain: 1.5, left: ~0, right: ~1)], leaves: leaves(3)))
    let second = try #require(RegressionTree(splits: [split(2, gain: 0.25, left: ~0, right: ~1)], leaves: leaves(2)))
    let leaf = try #require(RegressionTree(splits: [], leaves: leaves(1)))
    let ensemble = try #require(
      TreeEnsemble(columnNames: ["a", "b", "c"], base: 0, trees: [first, leaf, second]))
    #expect(
      ensemble.splitUse == [
        SplitUse(splits: 1, gain: 1.5), SplitUse(splits: 0, gain: 0), SplitUse(splits: 2, gain: 8.25),
      ])
  }
}
