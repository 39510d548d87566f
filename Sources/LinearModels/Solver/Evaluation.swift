internal import Learning
package import LinearAlgebra
internal import Parallelism

/// How the chunks of a fit are worked through; the sums are the same bits either way.
package enum Execution: Sendable {
  /// One after the other.
  case sequential
  /// On all cores.
  case concurrent
}

/// The log loss of coefficients over all rows, with its derivatives.
package struct Evaluation: Sendable {
  /// Σ w · log loss, without a penalty.
  package var loss: Double
  /// The largest absolute log-odds of a row.
  var extent: Double
  /// Σ w (p − y) x, for the intercept and each term.
  package var gradient: [Double]
  /// Σ w p (1 − p) x xᵀ, the information.
  package var information: SymmetricMatrix
}

extension RowBlocks {
  /// The loss with its gradient and its information at the coefficients, the intercept first.
  ///
  /// - Complexity: O(rows · columns²/2).
  package func evaluate(_ coefficients: [Double], execution: Execution) -> Evaluation {
    let parts = map(execution) { Self.sums(of: $0, coefficients: coefficients) }
    var (loss, extent) = (0.0, 0.0)
    var gradient = [Double](repeating: 0, count: columnCount)
    var gram = [Double](repeating: 0, count: columnCount * columnCount)
    for part in parts {
      loss += part.loss
      extent = max(extent, part.extent)
      for index in gradient.indices { gradient[index] += part.gradient[index] }
      for index in gram.indices { gram[index] += part.gram[index] }
    }
    return Evaluation(
      loss: loss, extent: extent, gradient: gradient,
      information: SymmetricMatrix(order: columnCount, lowerTriangleOf: gram))
  }

  /// The results for each chunk, in order.
  func map<Result: Sendable>(_ execution: Execution, _ transform: @Sendable (Chunk) -> Result) -> [Result] {
    switch execution {
    case .sequential: chunks.map(transform)
    case .concurrent: concurrentMap(chunks, transform)
    }
  }

  private struct Sums: Sendable {
    var loss: Double
    var extent: Double
    var gradient: [Double]
    var gram: [Double]
  }

  private static func sums(of chunk: Chunk, coefficients: [Double]) -> Sums {
    let columnCount = coefficients.count
    var (loss, extent) = (0.0, 0.0)
    var gradientSums = [Double](repeating: 0, count: columnCount)
    var gramSums = [Double](repeating: 0, count: columnCount * columnCount)
    var logOdds = [Lane](repeating: .zero, count: blockLanes)
    var residuals = logOdds
    var curvatures = logOdds
    var weighted = [Lane](repeating: .zero, count: columnCount * blockLanes)
    var gradient = gradientSums.mutableSpan
    var gram = gramSums.mutableSpan
    for block in 0..<chunk.blockCount {
      let values = chunk.values.span.extracting(chunk.blockRange(block, columnCount: columnCount))
      var scores = logOdds.mutableSpan
      computeSums(of: values, coefficients: coefficients.span, into: &scores)
      let rows = (block * blockLanes)..<((block + 1) * blockLanes)
      let part = computeLoss(
        logOdds: logOdds, outcomes: chunk.outcomes[rows], weights: chunk.weights[rows], residuals: &residuals,
        curvatures: &curvatures)
      loss += part.loss
      extent = max(extent, part.extent)
      addProducts(of: values, with: residuals.span, to: &gradient)
      var product = weighted.mutableSpan
      weigh(values, by: curvatures.span, into: &product)
      addGram(of: values, weighted: weighted.span, columnCount: columnCount, to: &gram)
    }
    return Sums(loss: loss, extent: extent, gradient: gradientSums, gram: gramSums)
  }
}
