internal import Learning
internal import LinearAlgebra

extension RowBlocks {
  /// What Jeffreys' prior adds to the gradient of the loss: −Σ h (½ − p) x, with the leverages h = w p (1 − p) xᵀ A⁻¹ x.
  ///
  /// - Parameters:
  ///   - coefficients: The coefficients at which the information was taken.
  ///   - inverse: The inverse A⁻¹ of the penalised information.
  /// - Complexity: O(rows · columns²).
  func jeffreysGradient(
    at coefficients: [Double], inverse: SymmetricMatrix, execution: Execution
  ) -> [Double] {
    let parts = map(execution) { chunk in
      var sums = [Double](repeating: 0, count: columnCount)
      var target = sums.mutableSpan
      for block in 0..<chunk.blockCount {
        let factors = chunk.jeffreysResiduals(ofBlock: block, coefficients: coefficients, inverse: inverse)
        let values = chunk.values.span.extracting(chunk.blockRange(block, columnCount: columnCount))
        addProducts(of: values, with: factors.span, to: &target)
      }
      return sums
    }
    var gradient = [Double](repeating: 0, count: columnCount)
    for part in parts {
      for index in gradient.indices { gradient[index] += part[index] }
    }
    return gradient
  }
}

extension RowBlocks.Chunk {
  /// −h (½ − p) for each row of a block.
  func jeffreysResiduals(ofBlock block: Int, coefficients: [Double], inverse: SymmetricMatrix) -> [Lane] {
    let values = values.span.extracting(blockRange(block, columnCount: coefficients.count))
    var scores = [Lane](repeating: .zero, count: RowBlocks.blockLanes)
    var forms = scores
    var output = scores.mutableSpan
    computeSums(of: values, coefficients: coefficients.span, into: &output)
    var leverages = forms.mutableSpan
    computeQuadraticForms(of: values, matrix: inverse.elements.span, into: &leverages)
    return scores.indices.map { lane in
      var residual = Lane.zero
      let weight = weights[block * RowBlocks.blockLanes + lane]
      for index in 0..<Lane.scalarCount where weight[index] != 0 {
        let terms = LogLoss.terms(logOdds: scores[lane][index], outcome: false)
        residual[index] = weight[index] * terms.hessian * forms[lane][index] * (terms.gradient - 0.5)
      }
      return residual
    }
  }

  /// The residuals w (p − y) of the rows of a block.
  func lossResiduals(ofBlock block: Int, coefficients: [Double]) -> [Lane] {
    let values = values.span.extracting(blockRange(block, columnCount: coefficients.count))
    var scores = [Lane](repeating: .zero, count: RowBlocks.blockLanes)
    var (residuals, curvatures) = (scores, scores)
    var output = scores.mutableSpan
    computeSums(of: values, coefficients: coefficients.span, into: &output)
    let rows = (block * RowBlocks.blockLanes)..<((block + 1) * RowBlocks.blockLanes)
    _ = computeLoss(
      logOdds: scores, outcomes: outcomes[rows], weights: weights[rows], residuals: &residuals,
      curvatures: &curvatures)
    return residuals
  }
}
