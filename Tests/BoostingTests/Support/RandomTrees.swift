import Boosting
import Sampling

/// Trees and rows at random: few different thresholds, so that values equal them, and NaN and infinities among the
/// values.
struct RandomTrees {
  var generator: SeededGenerator
  let columnCount: Int

  init(seed: UInt64, columnCount: Int) {
    generator = SeededGenerator(seed: seed)
    self.columnCount = columnCount
  }

  /// A tree grown by splitting random leaves; some leaves have no training rows.
  mutating func tree(leaves leafCount: Int) -> RegressionTree {
    var splits: [(left: Int, right: Int)] = []
    var owners: [(split: Int, isLeft: Bool)?] = [nil]
    while owners.count < leafCount {
      let leaf = Int.random(in: 0..<owners.count, using: &generator)
      let split = splits.count
      if let owner = owners[leaf] {
        if owner.isLeft { splits[owner.split].left = split } else { splits[owner.split].right = split }
      }
      splits.append((left: ~leaf, right: ~owners.count))
      owners[leaf] = (split, true)
      owners.append((split, false))
    }
    let leaves = owners.map { _ in
      RegressionTree.Leaf(
        value: Double.random(in: -1...1, using: &generator), rows: max(0, Int.random(in: -2...30, using: &generator)),
        hessian: Double.random(in: 0...5, using: &generator))
    }
    var rows = [Int](repeating: 0, count: splits.count)
    for index in splits.indices.reversed() {
      rows[index] = [splits[index].left, splits[index].right].reduce(0) { $0 + ($1 >= 0 ? rows[$1] : leaves[~$1].rows) }
    }
    let questions = splits.enumerated().map { index, child in
      RegressionTree.Split(
        column: Int.random(in: 0..<columnCount, using: &generator), threshold: threshold(),
        missing: Bool.random(using: &generator) ? .left : .right, left: child.left, right: child.right,
        gain: Double.random(in: 0...9, using: &generator), value: Double.random(in: -1...1, using: &generator),
        rows: rows[index], hessian: 2)
    }
    guard let tree = RegressionTree(splits: questions, leaves: leaves) else { fatalError("a grown tree is one") }
    return tree
  }

  /// Trees over columns `x0`, `x1` and so on.
  mutating func ensemble(trees count: Int, leaves: ClosedRange<Int>) -> TreeEnsemble {
    let trees = (0..<count).map { _ in tree(leaves: Int.random(in: leaves, using: &generator)) }
    let base = Double.random(in: -3...3, using: &generator)
    guard let ensemble = TreeEnsemble(columnNames: (0..<columnCount).map { "x\($0)" }, base: base, trees: trees) else {
      fatalError("the trees ask the columns there are")
    }
    return ensemble
  }

  mutating func threshold() -> Double {
    let special = [0, -0.0, .infinity, .leastNonzeroMagnitude, -.greatestFiniteMagnitude, .greatestFiniteMagnitude]
    if Int.random(in: 0..<10, using: &generator) == 0 { return special.randomElement(using: &generator) ?? 0 }
    return Double(Int.random(in: -4...4, using: &generator)) / 4
  }

  /// A row of values that often equal thresholds, and now and then are NaN or infinite.
  mutating func row() -> [Double] {
    (0..<columnCount).map { _ in
      switch Int.random(in: 0..<12, using: &generator) {
      case 0, 1: .nan
      case 2: .infinity
      case 3: -.infinity
      case 4...8: threshold()
      default: Double.random(in: -1.5...1.5, using: &generator)
      }
    }
  }
}
