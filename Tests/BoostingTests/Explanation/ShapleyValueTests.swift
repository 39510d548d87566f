import Boosting
import Learning
import Testing

@Suite("Explanations of trees")
struct ShapleyValueTests {
  @Test("contributions equal the Shapley values over all sets of columns", arguments: 0..<20 as Range<UInt64>)
  func bruteForce(seed: UInt64) throws {
    var random = RandomTrees(seed: seed, columnCount: 6)
    let ensemble = random.ensemble(trees: 3, leaves: 1...14)
    for _ in 0..<2 {
      let row = random.row()
      let explanation = ensemble.contributions(of: row.span)
      let expected = AllSubsets(ensemble: ensemble, row: row)
      #expect(abs(explanation.base - expected.value(of: [])) < 1e-12)
      for column in 0..<6 {
        #expect(abs(explanation.contributions[column] - expected.shapleyValue(of: column)) < 1e-12)
      }
    }
  }

  @Test("a stump's contribution is the leaf less the mean over the training rows")
  func stump() throws {
    let split = RegressionTree.Split(
      column: 1, threshold: 0, missing: .left, left: ~0, right: ~1, gain: 1, value: 0, rows: 4, hessian: 1)
    let tree = try #require(
      RegressionTree(
        splits: [split],
        leaves: [
          RegressionTree.Leaf(value: -1, rows: 3, hessian: 1), RegressionTree.Leaf(value: 3, rows: 1, hessian: 1),
        ]))
    let ensemble = try #require(TreeEnsemble(columnNames: ["a", "b"], base: 10, trees: [tree]))
    // The mean is (3 · −1 + 1 · 3) / 4 = 0.
    let explanation = ensemble.contributions(of: [5, 1].span)
    #expect(explanation.base == 10)
    #expect(abs(explanation.contributions[1] - 3) < 1e-15 && explanation.contributions[0] == 0)
  }

  @Test("base and contributions add up to the value, for deep trees too", arguments: [1, 5, 40, 90])
  func sums(columnCount: Int) {
    var random = RandomTrees(seed: 7, columnCount: columnCount)
    let ensemble = random.ensemble(trees: 100, leaves: 2...127)
    for _ in 0..<20 {
      let row = random.row()
      let explanation = ensemble.contributions(of: row.span)
      #expect(abs(explanation.logOdds - ensemble.value(of: row.span)) < 1e-9)
    }
  }

  @Test("a chain that asks sixty columns adds up")
  func chain() throws {
    let splits = (0..<60).map { index in
      RegressionTree.Split(
        column: index, threshold: 0, missing: .right, left: ~index, right: index < 59 ? index + 1 : ~60, gain: 1,
        value: 0, rows: 1, hessian: 1)
    }
    let leaves = (0...60).map { RegressionTree.Leaf(value: Double($0), rows: 60 - $0 + 1, hessian: 1) }
    let tree = try #require(RegressionTree(splits: splits, leaves: leaves))
    let ensemble = try #require(
      TreeEnsemble(columnNames: (0..<60).map { "x\($0)" }, base: 0, trees: [tree]))
    for length in [0, 1, 30, 59, 60] {
      let row = (0..<60).map { $0 < length ? 1.0 : -1.0 }
      #expect(abs(ensemble.contributions(of: row.span).logOdds - Double(length)) < 1e-9)
    }
  }
}

/// The slow twin: conditional expectations of every set of known columns.
private struct AllSubsets {
  let ensemble: TreeEnsemble
  let row: [Double]

  func value(of known: Set<Int>) -> Double {
    ensemble.trees.reduce(ensemble.base) { $0 + expectation(of: $1, at: $1.splits.isEmpty ? ~0 : 0, known: known) }
  }

  private func rows(of tree: RegressionTree, at node: Int) -> Double {
    guard node >= 0 else { return Double(tree.leaves[~node].rows) }
    return rows(of: tree, at: tree.splits[node].left) + rows(of: tree, at: tree.splits[node].right)
  }

  private func expectation(of tree: RegressionTree, at node: Int, known: Set<Int>) -> Double {
    guard node >= 0 else { return tree.leaves[~node].value }
    let split = tree.splits[node]
    if known.contains(split.column) {
      let value = row[split.column]
      let goesLeft = value.isNaN ? split.missing == .left : value <= split.threshold
      return expectation(of: tree, at: goesLeft ? split.left : split.right, known: known)
    }
    let (left, right) = (rows(of: tree, at: split.left), rows(of: tree, at: split.right))
    let share = left + right > 0 ? left / (left + right) : 0.5
    return share * expectation(of: tree, at: split.left, known: known)
      + (1 - share) * expectation(of: tree, at: split.right, known: known)
  }

  func shapleyValue(of column: Int) -> Double {
    let others = (0..<ensemble.columnCount).filter { $0 != column }
    var total = 0.0
    for subset in 0..<(1 << others.count) {
      let known = Set(others.indices.filter { subset >> $0 & 1 == 1 }.map { others[$0] })
      let orders = factorial(known.count) * factorial(others.count - known.count) / factorial(others.count + 1)
      total += orders * (value(of: known.union([column])) - value(of: known))
    }
    return total
  }

  private func factorial(_ n: Int) -> Double { (1..<(n + 1)).reduce(1.0) { $0 * Double($1) } }
}
