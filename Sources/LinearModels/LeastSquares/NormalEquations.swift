internal import Learning
internal import LinearAlgebra

/// The sums of a least-squares problem at given coefficients, the intercept first.
struct ResidualSums: Sendable {
  /// Σ w r x for the residuals r = y − ŷ.
  var products: [Double]
  /// Σ w r² over Σ w.
  var meanSquare: Double
}

extension RowBlocks {
  /// Σ w x xᵀ, with the residuals' sums at the coefficients.
  ///
  /// - Complexity: O(rows · columns²/2).
  func normalEquations(
    at coefficients: [Double], execution: Execution
  ) -> (gram: SymmetricMatrix, products: [Double], meanSquare: Double) {
    let parts = map(execution) { $0.gram(columnCount: columnCount) }
    var gram = [Double](repeating: 0, count: columnCount * columnCount)
    for part in parts {
      for index in gram.indices { gram[index] += part[index] }
    }
    let sums = residualProducts(at: coefficients, execution: execution)
    return (SymmetricMatrix(order: columnCount, lowerTriangleOf: gram), sums.products, sums.meanSquare)
  }

  /// The residuals' sums at the coefficients.
  ///
  /// - Complexity: O(rows · columns).
  func residualProducts(at coefficients: [Double], execution: Execution) -> ResidualSums {
    let parts = map(execution) { $0.residuals(at: coefficients) }
    var products = [Double](repeating: 0, count: columnCount)
    var (squares, weight) = (0.0, 0.0)
    for part in parts {
      for index in products.indices { products[index] += part.products[index] }
      squares += part.squares
      weight += part.weight
    }
    return ResidualSums(products: products, meanSquare: squares / weight)
  }
}

extension RowBlocks.Chunk {
  /// The lower triangle of Σ w x xᵀ, column by column.
  fileprivate func gram(columnCount: Int) -> [Double] {
    let lanes = RowBlocks.blockLanes
    var sums = [Double](repeating: 0, count: columnCount * columnCount)
    var weighted = [Lane](repeating: .zero, count: columnCount * lanes)
    var output = sums.mutableSpan
    for block in 0..<blockCount {
      let values = values.span.extracting(blockRange(block, columnCount: columnCount))
      var products = weighted.mutableSpan
      weigh(values, by: weights.span.extracting((block * lanes)..<((block + 1) * lanes)), into: &products)
      addGram(of: values, weighted: weighted.span, columnCount: columnCount, to: &output)
    }
    return sums
  }

  /// The residuals' products with the columns, their weighted squares and the weights, summed over the rows.
  fileprivate func residuals(
    at coefficients: [Double]
  ) -> (products: [Double], squares: Double, weight: Double) {
    let lanes = RowBlocks.blockLanes
    var products = [Double](repeating: 0, count: coefficients.count)
    var (squares, weight) = (Lane.zero, Lane.zero)
    var residuals = [Lane](repeating: .zero, count: lanes)
    var sums = products.mutableSpan
    for block in 0..<blockCount {
      let values = values.span.extracting(blockRange(block, columnCount: coefficients.count))
      var predictions = residuals.mutableSpan
      computeSums(of: values, coefficients: coefficients.span, into: &predictions)
      for lane in 0..<lanes {
        let place = block * lanes + lane
        let residual = outcomes[place] - residuals[lane]
        squares += weights[place] * residual * residual
        weight += weights[place]
        residuals[lane] = weights[place] * residual
      }
      addProducts(of: values, with: residuals.span, to: &sums)
    }
    return (products, squares.sum(), weight.sum())
  }
}
