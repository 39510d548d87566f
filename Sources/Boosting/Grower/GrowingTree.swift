/// A node of a tree that grows.
struct GrowingNode {
  let place: RowPartition.Place
  let sum: SIMD2<Int64>
  let bounds: ValueBounds
  let depth: Int
  /// The value that the node has as a leaf, before it is shrunk.
  var value: Double
  /// The best split that is still open.
  var candidate: SplitCandidate?
  /// The number of the node's histogram, while it has one.
  var histogram: Int?
  /// The nodes below, when the node is split.
  var children: (left: Int, right: Int)?
}

/// A tree that grows: nodes are numbered in the order in which they come to be, the root 0.
struct GrowingTree {
  var nodes: [GrowingNode]
  /// The splits that were made, by node, in order.
  var splits: [(node: Int, candidate: SplitCandidate)] = []

  /// The nodes without children, in ascending order.
  var leaves: [Int] { nodes.indices.filter { nodes[$0].children == nil } }

  /// The tree as data, its values shrunk by a factor; nil when a value is not finite.
  func tree(columns: [ColumnBins], units: FixedPoint, learningRate: Double) -> RegressionTree? {
    let leaves = self.leaves
    var numbers = [Int](repeating: 0, count: nodes.count)
    for (number, split) in splits.enumerated() { numbers[split.node] = number }
    for (number, leaf) in leaves.enumerated() { numbers[leaf] = ~number }
    let made = splits.compactMap { split -> RegressionTree.Split? in
      let node = nodes[split.node]
      return node.children.map { children in
        RegressionTree.Split(
          column: split.candidate.column, threshold: columns[split.candidate.column].thresholds[split.candidate.bin],
          missing: split.candidate.missing, left: numbers[children.left], right: numbers[children.right],
          gain: split.candidate.gain, value: node.value * learningRate, rows: units.rows(of: node.sum),
          hessian: units.hessian(of: node.sum))
      }
    }
    return RegressionTree(
      splits: made,
      leaves: leaves.map {
        RegressionTree.Leaf(
          value: nodes[$0].value * learningRate, rows: units.rows(of: nodes[$0].sum),
          hessian: units.hessian(of: nodes[$0].sum))
      })
  }
}
