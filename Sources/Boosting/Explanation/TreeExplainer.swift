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
/// up adds the leaves; where a column is asked again, its factor replaces the earlier one. The values are those of
/// TreeSHAP's path-dependent form (S. Lundberg et al., "From local explanations to global understanding with
/// explainable AI for trees", doi:10.1038/s42256-019-0138-9).
struct TreeExplainer: Sendable {
  /// Values at eight points.
  typealias Points = SIMD8<Double>

  private let paths: [ExplanationPaths]
  private let points: [Points]
  private let weights: [Points]
  private let largestTree: Int

  /// The expected value of the sum of the trees over the training rows.
  let expectation: Double

  /// The explainer of trees over columns.
  init(_ trees: [RegressionTree], columnCount: Int) {
    paths = trees.map { ExplanationPaths($0, columnCount: columnCount) }
    expectation = paths.reduce(0) { $0 + $1.expectation }
    largestTree = paths.reduce(0) { max($0, $1.edges.count) }
    let degrees = paths.reduce(1) { max($0, $1.columnDepth) }
    let blocks = ((degrees + 1) / 2 + 7) / 8
    let rule = GaussLegendre(count: 8 * blocks)
    points = (0..<blocks).map { Points(rule.points[(8 * $0)..<(8 * $0 + 8)]) }
    weights = (0..<blocks).map { Points(rule.weights[(8 * $0)..<(8 * $0 + 8)]) }
  }

  /// The Shapley value of each column for a row.
  ///
  /// - Complexity: O(splits · column depth).
  func contributions(of row: Span<Double>, trees: [RegressionTree]) -> [Double] {
    var contributions = [Double](repeating: 0, count: row.count)
    var scratch = Scratch(edgeCount: largestTree)
    for (tree, path) in zip(trees, paths) {
      scratch.follow(row, through: tree, edges: path.edges)
      for (known, weight) in zip(points, weights) {
        scratch.descend(path.edges, known: known)
        scratch.ascend(path.edges, known: known, weight: weight, into: &contributions)
      }
    }
    return contributions
  }

  /// Values of the edges of one tree for one row.
  private struct Scratch {
    /// 1 when the row takes the edge and all earlier ones of its column, else 0.
    private var taken: [Double]
    /// The product of the factors between the root and the end of the edge.
    private var products: [Points]
    /// The sum over the leaves below of value and product.
    private var sums: [Points]

    init(edgeCount: Int) {
      taken = [Double](repeating: 0, count: edgeCount)
      products = [Points](repeating: .zero, count: edgeCount)
      sums = products
    }

    mutating func follow(_ row: Span<Double>, through tree: RegressionTree, edges: [ExplanationPaths.Edge]) {
      for (index, split) in tree.splits.enumerated() {
        let goesLeft = split.sendsLeft(row[split.column])
        let earlier = edges[2 * index].earlier
        let before = earlier >= 0 ? taken[Int(earlier)] : 1
        taken[2 * index] = goesLeft ? before : 0
        taken[2 * index + 1] = goesLeft ? 0 : before
      }
    }

    /// The factor of an edge: what it lets through when the share `known` of the columns is known.
    private func factor(_ index: Int, _ edge: ExplanationPaths.Edge, known: Points) -> Points {
      known * taken[index] + (1 - known) * edge.share
    }

    /// No row of either kind takes the edge, so that nothing below it counts.
    private func isClosed(_ index: Int, _ edge: ExplanationPaths.Edge) -> Bool {
      taken[index] == 0 && edge.share == 0
    }

    mutating func descend(_ edges: [ExplanationPaths.Edge], known: Points) {
      for (index, edge) in edges.enumerated() {
        if isClosed(index, edge) {
          products[index] = .zero
          continue
        }
        var product = factor(index, edge, known: known)
        if edge.earlier >= 0 {
          product /= factor(Int(edge.earlier), edges[Int(edge.earlier)], known: known)
        }
        products[index] = edge.parent >= 0 ? products[Int(edge.parent)] * product : product
      }
    }

    mutating func ascend(
      _ edges: [ExplanationPaths.Edge], known: Points, weight: Points, into contributions: inout [Double]
    ) {
      for index in edges.indices.reversed() {
        let edge = edges[index]
        var sum = products[index] * edge.leafValue
        if edge.split >= 0 { sum = sums[2 * Int(edge.split)] + sums[2 * Int(edge.split) + 1] }
        sums[index] = sum
        if isClosed(index, edge) { continue }
        var pull = Points(repeating: taken[index] - edge.share) / factor(index, edge, known: known)
        if edge.earlier >= 0 {
          let earlier = Int(edge.earlier)
          pull -=
            Points(repeating: taken[earlier] - edges[earlier].share) / factor(earlier, edges[earlier], known: known)
        }
        contributions[Int(edge.column)] += (weight * sum * pull).sum()
      }
    }
  }
}
