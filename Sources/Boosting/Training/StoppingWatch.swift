internal import Learning
internal import Parallelism

/// Watches the loss on rows that the trees are not grown on.
struct StoppingWatch {
  private static let block = 1 << 13

  private let matrix: FeatureMatrix
  private let objective: Objective
  private let pool: WorkerPool
  private let scores: SharedMemory<Double>
  private let totalWeight: Double
  /// The mean loss after each tree.
  private(set) var losses: [Double] = []
  /// The number of trees with the lowest loss, of equal ones the fewest.
  private(set) var best = 0

  init(_ examples: BoostingExamples, base: Double, pool: WorkerPool) {
    matrix = examples.matrix
    objective = Objective(examples)
    self.pool = pool
    scores = SharedMemory(count: examples.matrix.rowCount, repeating: base)
    totalWeight = examples.weights?.reduce(0, +) ?? Double(examples.matrix.rowCount)
  }

  /// Adds a tree and returns the number of trees since the lowest loss.
  mutating func observe(_ tree: RegressionTree) -> Int {
    let (matrix, objective, scores, count) = (self.matrix, self.objective, self.scores, self.matrix.rowCount)
    let blocks = (count + Self.block - 1) / Self.block
    let sums = SharedMemory<Double>(count: blocks, repeating: 0)
    pool.run(blocks) { piece, _ in
      var sum = 0.0
      for row in (piece * Self.block)..<min((piece + 1) * Self.block, count) {
        scores.base[row] += tree.leaves[tree.leaf(of: row, in: matrix)].value
        sum += objective.loss(row, score: scores.base[row])
      }
      sums.base[piece] = sum
    }
    let loss = (0..<blocks).reduce(0) { $0 + sums.base[$1] } / totalWeight
    losses.append(loss)
    if losses.count == 1 || loss < losses[best - 1] { best = losses.count }
    return losses.count - best
  }
}

extension RegressionTree {
  /// The leaf that a row of a matrix falls into.
  fileprivate func leaf(of row: Int, in matrix: FeatureMatrix) -> Int {
    var node = splits.isEmpty ? ~0 : 0
    while node >= 0 {
      let split = splits[node]
      let value = matrix[row, split.column]
      let goesLeft = value.isNaN ? split.missing == .left : value <= split.threshold
      node = goesLeft ? split.left : split.right
    }
    return ~node
  }
}
