internal import Learning
internal import Parallelism
internal import Sampling

/// The loop of boosting: derivatives, a tree, new scores.
struct Training {
  private static let block = 1 << 13

  private let configuration: BoostingConfiguration
  private let examples: BoostingExamples
  private let objective: Objective
  private let pool: WorkerPool
  private let grower: TreeGrower
  private let units: FixedPoint
  private let base: Double
  private let scores: SharedMemory<Double>
  private let derivatives: SharedMemory<SIMD2<Int32>>
  private let totalWeight: Double
  private var watch: StoppingWatch?

  init(
    _ examples: BoostingExamples, configuration: BoostingConfiguration, constraints: [MonotoneConstraint],
    stopping: BoostingExamples?, pool: WorkerPool
  ) {
    let count = examples.matrix.rowCount
    self.configuration = configuration
    self.examples = examples
    self.pool = pool
    objective = Objective(examples)
    units = objective.units(rows: count)
    base = objective.base
    scores = SharedMemory(count: count, repeating: base)
    derivatives = SharedMemory(count: count, repeating: .zero)
    totalWeight = examples.weights?.reduce(0, +) ?? Double(count)
    let none = [MonotoneConstraint](repeating: .none, count: examples.matrix.columnCount)
    grower = TreeGrower(
      matrix: BinnedMatrix(examples.matrix, limit: configuration.bins, seed: configuration.seed, pool: pool),
      configuration: configuration, constraints: constraints.isEmpty ? none : constraints, units: units, pool: pool)
    watch = stopping.flatMap { $0.matrix.rowCount > 0 ? StoppingWatch($0, base: base, pool: pool) : nil }
  }

  /// Grows the trees.
  mutating func run() throws(BoostingFailure) -> BoostedFit {
    var trees: [RegressionTree] = []
    var losses: [Double] = []
    _ = derive()
    for round in 0..<configuration.rounds {
      let draw = Draws(configuration, round: round, matrix: examples.matrix)
      var grown = grower.grow(draw, derivatives: derivatives)
      renew(&grown)
      guard
        let tree = grown.tree(columns: grower.matrix.columns, units: units, learningRate: configuration.learningRate)
      else { throw .notFinite }
      if tree.splits.isEmpty, draw.isWhole, !trees.isEmpty { break }
      trees.append(tree)
      update(with: grown, draw)
      losses.append(derive() / totalWeight)
      let since = watch?.observe(tree)
      if let patience = configuration.patience, let since, since >= patience { break }
    }
    let kept = configuration.patience == nil ? trees.count : watch?.best ?? trees.count
    guard
      let ensemble = TreeEnsemble(
        columnNames: examples.matrix.columnNames, base: base, trees: Array(trees.prefix(kept)))
    else { throw .notFinite }
    return BoostedFit(
      ensemble: ensemble,
      report: BoostingReport(rounds: kept, trainingLosses: losses, stoppingLosses: watch?.losses ?? []))
  }

  /// Writes the derivatives at the scores and returns the sum of the losses, block by block, so that threads change no bit.
  private func derive() -> Double {
    let count = examples.matrix.rowCount
    let blocks = (count + Self.block - 1) / Self.block
    let losses = SharedMemory<Double>(count: blocks, repeating: 0)
    let (objective, scores, derivatives, units) = (self.objective, self.scores, self.derivatives, self.units)
    pool.run(blocks) { piece, _ in
      let rows = (piece * Self.block)..<min((piece + 1) * Self.block, count)
      losses.base[piece] = objective.derive(rows, scores: scores.base, units: units, into: derivatives.base)
    }
    return (0..<blocks).reduce(0) { $0 + losses.base[$1] }
  }

  private func renew(_ tree: inout GrowingTree) {
    guard case .quantile(let targets, let level) = examples.target else { return }
    LeafRenewal(
      level: level, targets: targets, weights: examples.weights, constraints: grower.constraints,
      partition: grower.partition, scores: scores.base
    ).renew(&tree, pool: pool)
  }

  /// Adds the tree to the scores: rows that it was grown on by their leaves, all rows by their bins after a draw.
  private func update(with grown: GrowingTree, _ draw: Draws) {
    let (scores, partition, matrix) = (self.scores, grower.partition, grower.matrix)
    let values = grown.nodes.map { $0.value * configuration.learningRate }
    if draw.rows == nil {
      let leaves = grown.leaves.map { (place: grown.nodes[$0].place, value: values[$0]) }
      pool.run(leaves.count) { leaf, _ in
        for row in partition.rows(at: leaves[leaf].place) { scores.base[Int(row)] += leaves[leaf].value }
      }
    } else {
      let routing = BinnedRouting(grown)
      pool.run((matrix.rowCount + Self.block - 1) / Self.block) { piece, _ in
        for row in (piece * Self.block)..<min((piece + 1) * Self.block, matrix.rowCount) {
          scores.base[row] += values[routing.leaf(of: row, in: matrix)]
        }
      }
    }
  }
}
