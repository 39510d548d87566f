/// Replaces the values of a tree's leaves by quantiles of what is left to explain.
struct LeafRenewal {
  let level: Double
  let targets: [Double]
  let weights: [Double]?
  let constraints: [MonotoneConstraint]
  let partition: RowPartition
  let scores: UnsafePointer<Double>

  /// Gives each leaf the quantile of its rows' residuals, kept within bounds that the constrained splits above it set
  /// halfway between the quantiles of their two sides, so that the constraints hold between any two leaves.
  func renew(_ tree: inout GrowingTree) {
    var bounds = [ValueBounds](repeating: ValueBounds(), count: tree.nodes.count)
    for split in tree.splits {
      guard let children = tree.nodes[split.node].children else { continue }
      let constraint = constraints[split.candidate.column]
      (bounds[children.left], bounds[children.right]) = (bounds[split.node], bounds[split.node])
      guard constraint != .none else { continue }
      let sides = (quantile(of: children.left, in: tree), quantile(of: children.right, in: tree))
      let boundary = bounds[split.node].clamped(sides.0 / 2 + sides.1 / 2)
      (bounds[children.left], bounds[children.right]) = bounds[split.node].divided(at: boundary, by: constraint)
    }
    for node in tree.nodes.indices {
      tree.nodes[node].value = bounds[node].clamped(quantile(of: node, in: tree))
    }
  }

  private func quantile(of node: Int, in tree: GrowingTree) -> Double {
    let range = tree.nodes[node].place.range
    let rows = tree.leaves.map { tree.nodes[$0].place }.filter { range.contains($0.range) }.flatMap {
      partition.rows(at: $0).map { Int($0) }
    }
    let residuals = rows.map { targets[$0] - scores[$0] }
    return Quantile.lower(residuals, weights: weights.map { weights in rows.map { weights[$0] } }, level: level) ?? 0
  }
}
