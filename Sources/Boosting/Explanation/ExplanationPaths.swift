/// What the Shapley values of a tree need besides the row: how the edges hang together and what share of the training
/// rows takes each.
struct ExplanationPaths: Sendable {
  /// The way from a split to a child.
  struct Edge {
    /// The edge that leads to the split; −1 at the root.
    var parent: Int32
    /// The nearest edge above that asks the same column; −1 when there is none.
    var earlier: Int32
    /// The split that the edge leads to; −1 for a leaf.
    var split: Int32
    /// The column that is asked.
    let column: Int32
    /// The product, over this edge and the earlier ones of its column, of the shares of the rows that take them.
    var share: Double
    /// How that product compares with the one of the nearest edge above that asks the same column; 0 when there is none.
    var relativeShare: Double
    /// The value of the leaf that the edge leads to; 0 for a split.
    let leafValue: Double
  }

  /// Two edges for each split, the left one first; an edge stands before those below it.
  let edges: [Edge]
  /// The mean value of the leaves over the training rows.
  let expectation: Double
  /// The largest number of different columns between the root and a leaf.
  let columnDepth: Int

  /// The edges of a tree over columns.
  ///
  /// The rows that reach a split are counted at the leaves below it; where there are none, either child has half.
  ///
  /// - Complexity: O(columns + splits).
  init(_ tree: RegressionTree, columnCount: Int) {
    let covers = ExplanationPaths.covers(of: tree)
    var edges: [Edge] = []
    edges.reserveCapacity(2 * tree.splits.count)
    for split in tree.splits {
      let (left, right) = (covers.of(split.left), covers.of(split.right))
      for (child, cover) in [(split.left, left), (split.right, right)] {
        edges.append(
          Edge(
            parent: -1, earlier: -1, split: child >= 0 ? Int32(child) : -1, column: Int32(split.column),
            share: left + right > 0 ? cover / (left + right) : 0.5, relativeShare: 0,
            leafValue: child >= 0 ? 0 : tree.leaves[~child].value))
      }
    }
    expectation = ExplanationPaths.expectation(of: tree, edges: edges)
    columnDepth = ExplanationPaths.link(&edges, columnCount: columnCount)
    self.edges = edges
  }

  /// The number of training rows below each node.
  private struct Covers {
    var splits: [Double]
    let leaves: [Double]
    func of(_ child: Int) -> Double { child >= 0 ? splits[child] : leaves[~child] }
  }

  private static func covers(of tree: RegressionTree) -> Covers {
    var covers = Covers(
      splits: [Double](repeating: 0, count: tree.splits.count), leaves: tree.leaves.map { Double($0.rows) })
    for index in tree.splits.indices.reversed() {
      covers.splits[index] = covers.of(tree.splits[index].left) + covers.of(tree.splits[index].right)
    }
    return covers
  }

  private static func expectation(of tree: RegressionTree, edges: [Edge]) -> Double {
    guard !tree.splits.isEmpty else { return tree.leaves[0].value }
    var means = [Double](repeating: 0, count: tree.splits.count)
    for index in means.indices.reversed() {
      for edge in edges[(2 * index)...(2 * index + 1)] {
        means[index] += edge.share * (edge.split >= 0 ? means[Int(edge.split)] : edge.leafValue)
      }
    }
    return means[0]
  }

  /// Sets the edges above each edge and turns its share into the product over its column; returns the column depth.
  private static func link(_ edges: inout [Edge], columnCount: Int) -> Int {
    guard !edges.isEmpty else { return 0 }
    var latest = [Int32](repeating: -1, count: columnCount)
    var (depth, deepest) = (0, 0)
    // A complement marks the way back from an edge.
    var pending: [Int32] = [1, 0]
    while let step = pending.popLast() {
      let index = Int(step >= 0 ? step : ~step)
      let column = Int(edges[index].column)
      guard step >= 0 else {
        latest[column] = edges[index].earlier
        if edges[index].earlier < 0 { depth -= 1 }
        continue
      }
      let earlier = latest[column]
      edges[index].earlier = earlier
      if earlier >= 0 {
        edges[index].relativeShare = edges[index].share
        edges[index].share *= edges[Int(earlier)].share
      } else {
        depth += 1
      }
      deepest = max(deepest, depth)
      latest[column] = step
      pending.append(~step)
      if edges[index].split >= 0 {
        for child in [2 * edges[index].split + 1, 2 * edges[index].split] {
          edges[Int(child)].parent = step
          pending.append(child)
        }
      }
    }
    return deepest
  }
}
