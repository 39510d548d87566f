internal import Learning

/// Exact Shapley values of a sum of trees, where an unknown column is averaged over the training rows at each split.
///
/// A leaf of value v whose path asks d columns counts v · ∏ (o or z) when a set of columns is known: o is 1 for a known
/// column that leads to the leaf and 0 for one that does not, z the share of the rows that an unknown column sends
/// there. The average over all orders of the columns is an integral over t in [0, 1], where t is how much is known:
///
///     φ_i = v (o_i − z_i) ∫ ∏_{j ≠ i} (t o_j + (1 − t) z_j) dt
///
/// The integrand is a polynomial of degree d − 1, so Gauss–Legendre points give the integral without error but rounding,
/// and as every factor is positive nothing cancels. A pass down the tree multiplies the factors at each point, a pass
/// up adds the leaves, each without the factors above it, so that leaving one out needs no division; where a column is
/// asked again, its factor replaces the earlier one. A tree is summed at as many points as its own depth asks for. The
/// values are those of TreeSHAP's path-dependent form (S. Lundberg et al., "From local explanations to global
/// understanding with explainable AI for trees", doi:10.1038/s42256-019-0138-9).
struct TreeExplainer: Sendable {
  /// Values at four points.
  typealias Points = SIMD4<Double>

  /// Points at which the sums are taken together, with their weights.
  struct Block: Sendable {
    let known: Points
    let weight: Points
  }

  private let paths: [ExplanationPaths]
  /// The points for trees that need one block of them, two blocks and so on.
  private let rules: [[Block]]
  /// The number of blocks that each tree needs.
  private let blockCounts: [Int]
  private let largestTree: Int

  /// The expected value of the sum of the trees over the training rows.
  let expectation: Double

  /// The explainer of trees over columns.
  init(_ trees: [RegressionTree], columnCount: Int) {
    paths = trees.map { ExplanationPaths($0, columnCount: columnCount) }
    expectation = paths.reduce(0) { $0 + $1.expectation }
    largestTree = paths.reduce(0) { max($0, $1.edges.count) }
    // n points integrate degree 2 n − 1 exactly.
    blockCounts = paths.map { max(1, (($0.columnDepth + 1) / 2 + 3) / 4) }
    rules = (1...(blockCounts.max() ?? 1)).map { blocks in
      let rule = GaussLegendre(count: 4 * blocks)
      return (0..<blocks).map { block in
        Block(
          known: Points(rule.points[(4 * block)..<(4 * block + 4)]),
          weight: Points(rule.weights[(4 * block)..<(4 * block + 4)]))
      }
    }
  }

  /// The Shapley value of each column for a row.
  ///
  /// - Complexity: O(splits · column depth).
  func contributions(of row: Span<Double>, trees: [RegressionTree]) -> [Double] {
    var sums = [Points](repeating: .zero, count: row.count)
    var taken = [Double](repeating: 0, count: largestTree)
    var scratch = ExplanationScratch(edgeCount: largestTree)
    for tree in paths.indices {
      Self.follow(row, through: trees[tree], paths[tree].edges, into: &taken)
      for block in rules[blockCounts[tree] - 1] {
        scratch.explain(paths[tree].edges, taken: taken, block, into: &sums)
      }
    }
    return sums.map { $0.sum() }
  }

  /// Says of each edge 1 when the row takes it and all earlier ones of its column, else 0.
  private static func follow(
    _ row: Span<Double>, through tree: RegressionTree, _ edges: [ExplanationPaths.Edge], into taken: inout [Double]
  ) {
    for index in tree.splits.indices {
      let goesLeft = tree.splits[index].sendsLeft(row[tree.splits[index].column])
      let earlier = Int(edges[2 * index].earlier)
      let before = earlier >= 0 ? taken[earlier] : 1
      taken[2 * index] = goesLeft ? before : 0
      taken[2 * index + 1] = goesLeft ? 0 : before
    }
  }
}

/// Values of the edges of one tree for one row, at four points.
private struct ExplanationScratch {
  typealias Points = TreeExplainer.Points

  /// What an edge lets through, beside the earlier one of its column.
  private var factors: [Points]
  /// The weight times the product of the factors between the root and the end of the edge.
  private var products: [Points]
  /// The sum over the leaves below of value and the product of the factors between the edge and the leaf.
  private var sums: [Points]

  init(edgeCount: Int) {
    factors = [Points](repeating: .zero, count: edgeCount)
    products = factors
    sums = factors
  }

  mutating func explain(
    _ edges: [ExplanationPaths.Edge], taken: [Double], _ block: TreeExplainer.Block, into contributions: inout [Points]
  ) {
    Self.descend(edges.span, taken.span, block, &factors, &products)
    Self.ascend(edges.span, taken.span, block, factors, products, &sums, into: &contributions)
  }

  private static func descend(
    _ edges: Span<ExplanationPaths.Edge>, _ taken: Span<Double>, _ block: TreeExplainer.Block,
    _ factors: inout [Points], _ products: inout [Points]
  ) {
    let (known, unknown) = (block.known, 1 - block.known)
    var factors = factors.mutableSpan
    var products = products.mutableSpan
    for index in edges.indices {
      let parent = Int(edges[unchecked: index].parent)
      let factor = factor(index, edges, taken, known: known, unknown: unknown)
      factors[unchecked: index] = factor
      products[unchecked: index] = (parent >= 0 ? products[unchecked: parent] : block.weight) * factor
    }
  }

  private static func ascend(
    _ edges: Span<ExplanationPaths.Edge>, _ taken: Span<Double>, _ block: TreeExplainer.Block, _ factors: [Points],
    _ products: [Points], _ sums: inout [Points], into contributions: inout [Points]
  ) {
    let (known, unknown) = (block.known, 1 - block.known)
    let (factors, products) = (factors.span, products.span)
    var sums = sums.mutableSpan
    var columns = contributions.mutableSpan
    for index in edges.indices.reversed() {
      let edge = edges[unchecked: index]
      var sum = Points(repeating: edge.leafValue)
      if edge.split >= 0 {
        let (left, right) = (2 * Int(edge.split), 2 * Int(edge.split) + 1)
        sum = factors[unchecked: left] * sums[unchecked: left] + factors[unchecked: right] * sums[unchecked: right]
      }
      sums[unchecked: index] = sum
      let above = edge.parent >= 0 ? products[unchecked: Int(edge.parent)] : block.weight
      let pull = pull(index, edges, taken, factor: factors[unchecked: index], known: known, unknown: unknown)
      columns[Int(edge.column)] += above * sum * pull
    }
  }

  /// What an edge lets through when the share `known` of the columns is known, over what the earlier edge of its column
  /// does.
  @inline(__always)
  private static func factor(
    _ index: Int, _ edges: Span<ExplanationPaths.Edge>, _ taken: Span<Double>, known: Points, unknown: Points
  ) -> Points {
    let edge = edges[unchecked: index]
    let own = known * taken[unchecked: index] + unknown * edge.share
    let earlier = Int(edge.earlier)
    if earlier < 0 { return own }
    // What does not take the earlier edge does not take this one either, and only the shares are left.
    if taken[unchecked: earlier] == 0 { return Points(repeating: edge.relativeShare) }
    return own / (known + unknown * edges[unchecked: earlier].share)
  }

  /// The factor's change with the column becoming known, less that of the earlier edge of the column.
  @inline(__always)
  private static func pull(
    _ index: Int, _ edges: Span<ExplanationPaths.Edge>, _ taken: Span<Double>, factor: Points, known: Points,
    unknown: Points
  ) -> Points {
    let edge = edges[unchecked: index]
    let own = taken[unchecked: index] - edge.share
    let earlier = Int(edge.earlier)
    if earlier < 0 { return Points(repeating: own) }
    if taken[unchecked: earlier] == 0 { return .zero }
    let share = edges[unchecked: earlier].share
    return (own - factor * (1 - share)) / (known + unknown * share)
  }
}
