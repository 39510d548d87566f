import Boosting
import Testing

@Suite("Tree ensembles")
struct TreeEnsembleTests {
  @Test("a row goes left up to the threshold, right above it, and NaN to its learned side")
  func stump() throws {
    let split = RegressionTree.Split(
      column: 0, threshold: 2, missing: .right, left: ~0, right: ~1, gain: 1, value: 0, rows: 2, hessian: 1)
    let leaves = [-1.0, 3.0].map { RegressionTree.Leaf(value: $0, rows: 1, hessian: 0.5) }
    let tree = try #require(RegressionTree(splits: [split], leaves: leaves))
    let ensemble = try #require(TreeEnsemble(columnNames: ["x"], base: 0.5, trees: [tree]))
    #expect([2, 2.5, .nan].map { ensemble.value(of: [$0].span) } == [-0.5, 3.5, 3.5])
  }
}
