import Boosting
import Learning
import Testing

@Suite("Growing trees")
struct GrowthTests {
  private func configuration(_ change: (inout BoostingConfiguration) -> Void = { _ in }) -> BoostingConfiguration {
    var configuration = BoostingConfiguration()
    (configuration.rounds, configuration.leaves, configuration.minimumRows) = (3, 12, 10)
    change(&configuration)
    return configuration
  }

  /// The gain of the best split of all rows over all columns, values and sides, from the raw values.
  private func exhaustive(_ examples: BoostingExamples, minimumRows: Int) -> (gain: Double, left: Set<Int>)? {
    guard case .event(let outcomes) = examples.target else { return nil }
    let rate = Double(outcomes.count { $0 }) / Double(outcomes.count)
    func score(_ rows: some Collection<Int>) -> Double {
      let gradient = rows.reduce(0.0) { $0 + rate - (outcomes[$1] ? 1 : 0) }
      return gradient * gradient / (Double(rows.count) * rate * (1 - rate) + 1) / 2
    }
    let all = Set(outcomes.indices)
    var best: (gain: Double, left: Set<Int>)?
    for column in 0..<examples.matrix.columnCount {
      let values = examples.matrix.column(column).map { $0 }
      let undefined = all.filter { values[$0].isNaN }
      for value in Set(values.filter { !$0.isNaN }) {
        let below = all.filter { values[$0] <= value }
        for left in undefined.isEmpty ? [below] : [below, below.union(undefined)] {
          let right = all.subtracting(left)
          guard left.count >= minimumRows, right.count >= minimumRows else { continue }
          let gain = score(left) + score(right) - score(all)
          if gain > best?.gain ?? 0 { best = (gain, left) }
        }
      }
    }
    return best
  }

  @Test("the first split is the stump that an exhaustive search over the raw values finds", arguments: [1, 2, 3])
  func stump(seed: UInt64) throws {
    let examples = SeededExamples.events(rows: 150, columns: 3, seed: seed)
    let fit = try GradientBoosting(configuration { ($0.leaves, $0.rounds) = (2, 1) }).fit(examples, threads: 1)
    let tree = try #require(fit.ensemble.trees.first)
    let expected = try #require(exhaustive(examples, minimumRows: 10))
    let left = (0..<150).filter { tree.leaf(of: examples.matrix.row($0).span) == ~tree.splits[0].left }
    #expect(abs(tree.splits[0].gain - expected.gain) < 1e-5)
    #expect(Set(left) == expected.left)
  }

  @Test("leaf values are minus the sum of gradients over that of Hessians and the penalty, shrunk")
  func values() throws {
    let examples = SeededExamples.events(rows: 400, seed: 5)
    let fit = try GradientBoosting(configuration { ($0.rounds, $0.l2) = (1, 2) }).fit(examples, threads: 1)
    guard case .event(let outcomes) = examples.target else { return }
    let tree = try #require(fit.ensemble.trees.first)
    let rate = sigmoid(fit.ensemble.base)
    #expect(abs(rate - Double(outcomes.count { $0 }) / 400) < 1e-12)
    for (number, leaf) in tree.leaves.enumerated() {
      let rows = (0..<400).filter { tree.leaf(of: examples.matrix.row($0).span) == number }
      let gradient = rows.reduce(0.0) { $0 + rate - (outcomes[$1] ? 1 : 0) }
      let hessian = Double(rows.count) * rate * (1 - rate)
      #expect(leaf.rows == rows.count && abs(leaf.hessian - hessian) < 1e-4)
      #expect(abs(leaf.value + 0.1 * gradient / (hessian + 2)) < 1e-7)
    }
  }

  @Test("bounds on leaves, depth, rows, Hessian and gain hold")
  func bounds() throws {
    let examples = SeededExamples.events(rows: 1500, seed: 6)
    let deep = configuration {
      ($0.leaves, $0.depth, $0.minimumRows, $0.minimumHessian, $0.minimumGain) = (40, 4, 37, 6, 0.5)
    }
    let fit = try GradientBoosting(deep).fit(examples, threads: 2)
    for tree in fit.ensemble.trees {
      var depths = [Int](repeating: 0, count: tree.splits.count)
      for (index, split) in tree.splits.enumerated() {
        for child in [split.left, split.right] where child >= 0 { depths[child] = depths[index] + 1 }
      }
      #expect(tree.leaves.count > 4 && tree.leaves.count <= 16 && depths.allSatisfy { $0 < 4 })
      #expect(tree.leaves.allSatisfy { $0.rows >= 37 && $0.hessian >= 6 })
      #expect(tree.splits.allSatisfy { $0.gain >= 0.5 })
    }
    let few = try GradientBoosting(configuration { ($0.leaves, $0.minimumRows) = (5, 1) }).fit(examples, threads: 1)
    #expect(few.ensemble.trees.allSatisfy { $0.leaves.count == 5 })
  }

  @Test("the leaf with the largest gain is split first")
  func bestFirst() throws {
    let examples = SeededExamples.events(rows: 800, seed: 7)
    let trees = try [4, 9].map { leaves in
      try GradientBoosting(configuration { ($0.leaves, $0.rounds) = (leaves, 1) }).fit(examples, threads: 1)
        .ensemble.trees[0]
    }
    // Growing on adds splits and changes none.
    for (few, more) in zip(trees[0].splits, trees[1].splits) {
      #expect(few.column == more.column && few.threshold == more.threshold && few.gain == more.gain)
    }
  }

  @Test("rows and sums of a split are those of its children")
  func consistency() throws {
    let fit = try GradientBoosting(configuration()).fit(SeededExamples.events(rows: 900, seed: 8), threads: 1)
    for tree in fit.ensemble.trees {
      for split in tree.splits {
        let children = [split.left, split.right].map {
          $0 >= 0 ? (tree.splits[$0].rows, tree.splits[$0].hessian) : (tree.leaves[~$0].rows, tree.leaves[~$0].hessian)
        }
        #expect(split.rows == children[0].0 + children[1].0)
        #expect(abs(split.hessian - children[0].1 - children[1].1) < 1e-9)
      }
    }
  }

  @Test("undefined values go where the events of their rows say")
  func missing() throws {
    var values = (0..<200).map { Double($0 % 10) }
    for row in 0..<60 { values[row] = .nan }
    for isEvent in [true, false] {
      let outcomes = (0..<200).map { $0 < 60 ? isEvent : values[$0] >= 5 }
      let fit = try GradientBoosting(configuration { ($0.leaves, $0.rounds) = (2, 1) }).fit(
        BoostingExamples(
          matrix: FeatureMatrix(rowCount: 200, columnCount: 1, values: values), target: .event(outcomes)), threads: 1)
      let split = try #require(fit.ensemble.trees.first?.splits.first)
      #expect(split.missing == (isEvent ? .right : .left) && split.threshold == 4.5)
    }
  }

  @Test("values may be told from undefined ones, and infinity is a value")
  func definedness() throws {
    let values = (0..<100).map { $0 < 30 ? Double.nan : $0 < 60 ? 1 : .infinity }
    let fit = try GradientBoosting(configuration { ($0.leaves, $0.rounds) = (2, 1) }).fit(
      BoostingExamples(
        matrix: FeatureMatrix(rowCount: 100, columnCount: 1, values: values), target: .event((0..<100).map { $0 < 30 })),
      threads: 1)
    let tree = try #require(fit.ensemble.trees.first)
    #expect(tree.leaf(of: [.infinity].span) == tree.leaf(of: [1].span))
    #expect(tree.leaf(of: [.nan].span) != tree.leaf(of: [1].span))
  }

  @Test("a weight of two is a row given twice")
  func weights() throws {
    let examples = SeededExamples.events(rows: 300, seed: 9)
    let weights = (0..<300).map { Double($0 % 3) }
    let twice = (0..<300).flatMap { [Int](repeating: $0, count: $0 % 3) }
    let settings = configuration { ($0.minimumRows, $0.minimumHessian, $0.leaves) = (1, 2, 6) }
    let weighted = try GradientBoosting(settings).fit(
      BoostingExamples(matrix: examples.matrix, target: examples.target, weights: weights), threads: 1)
    let repeated = try GradientBoosting(settings).fit(SeededExamples.selecting(twice, of: examples), threads: 1)
    for row in twice {
      let values = [weighted, repeated].map { $0.ensemble.value(of: examples.matrix.row(row).span) }
      #expect(abs(values[0] - values[1]) < 1e-6)
    }
  }
}
