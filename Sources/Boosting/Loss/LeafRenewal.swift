internal import Parallelism

/// Replaces the values of a tree's leaves by quantiles of what is left to explain.
struct LeafRenewal: @unchecked Sendable {
  let level: Double
  let targets: [Double]
  let weights: [Double]?
  let constraints: [MonotoneConstraint]
  let partition: RowPartition
  let scores: UnsafePointer<Double>

  /// Gives each node the quantile of its rows' residuals, kept within bounds that the constrained splits above it set
  /// halfway between the quantiles of their two sides, so that the constraints hold between any two leaves.
  func renew(_ tree: inout GrowingTree, pool: WorkerPool) {
    let quantiles = quantiles(of: tree, pool: pool)
    var bounds = [ValueBounds](repeating: ValueBounds(), count: tree.nodes.count)
    for split in tree.splits {
      guard let (left, right) = tree.nodes[split.node].children else { continue }
      let own = bounds[split.node]
      let boundary = own.clamped(quantiles[left] / 2 + quantiles[right] / 2)
      (bounds[left], bounds[right]) = own.divided(at: boundary, by: constraints[split.candidate.column])
    }
    for node in tree.nodes.indices { tree.nodes[node].value = bounds[node].clamped(quantiles[node]) }
  }

  /// The quantile of the residuals of each node's rows; 0 for rows that weigh nothing.
  private func quantiles(of tree: GrowingTree, pool: WorkerPool) -> [Double] {
    let found = SharedMemory<Double>(count: tree.nodes.count, repeating: 0)
    let leaves = tree.leaves.map { tree.nodes[$0].place }
    let ranges = tree.nodes.map(\.place.range)
    pool.run(ranges.count) { node, _ in
      // A node's rows are those of the leaves below it, whose places lie within its own.
      let rows = leaves.filter { ranges[node].contains($0.range) }.flatMap { partition.rows(at: $0).map { Int($0) } }
      let residuals = rows.map { targets[$0] - scores[$0] }
      let weights = self.weights.map { weights in rows.map { weights[$0] } }
      found.base[node] = Quantile.lower(residuals, weights: weights, level: level) ?? 0
    }
    return ranges.indices.map { found.base[$0] }
  }
}
