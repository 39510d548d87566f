internal import Learning

typealias Lane = RowBlocks.Lane

/// Fills the sums X β of a block, adding the terms in their order as the models do.
func computeSums(of block: Span<Lane>, coefficients: Span<Double>, into output: inout MutableSpan<Lane>) {
  let lanes = RowBlocks.blockLanes
  precondition(block.count == coefficients.count * lanes && output.count == lanes, "the block must fit")
  for lane in 0..<lanes { output[unchecked: lane] = Lane(repeating: coefficients[0]) }
  for column in 1..<max(1, coefficients.count) {
    let coefficient = coefficients[column]
    let start = column * lanes
    for lane in 0..<lanes { output[unchecked: lane] += block[unchecked: start + lane] * coefficient }
  }
}

/// Fills the residuals w (p − y) and the curvatures w p (1 − p) of a block.
///
/// - Returns: The weighted loss and the largest absolute log-odds of a row that counts.
func computeLoss(
  logOdds: [Lane], outcomes: ArraySlice<Lane>, weights: ArraySlice<Lane>, residuals: inout [Lane],
  curvatures: inout [Lane]
) -> (loss: Double, extent: Double) {
  var (loss, extent) = (0.0, 0.0)
  for (lane, (outcome, weight)) in zip(outcomes, weights).enumerated() {
    let score = logOdds[lane]
    var (residual, curvature) = (Lane.zero, Lane.zero)
    for index in 0..<Lane.scalarCount where weight[index] != 0 {
      let terms = LogLoss.terms(logOdds: score[index], outcome: outcome[index] > 0.5)
      loss += weight[index] * terms.value
      extent = max(extent, abs(score[index]))
      residual[index] = weight[index] * terms.gradient
      curvature[index] = weight[index] * terms.hessian
    }
    residuals[lane] = residual
    curvatures[lane] = curvature
  }
  return (loss, extent)
}

/// Adds Σ factor · x over the rows of a block, for each column.
func addProducts(of block: Span<Lane>, with factors: Span<Lane>, to sums: inout MutableSpan<Double>) {
  let lanes = RowBlocks.blockLanes
  precondition(block.count == sums.count * lanes && factors.count == lanes, "the block must fit")
  for column in sums.indices {
    var sum = Lane.zero
    let start = column * lanes
    for lane in 0..<lanes { sum += block[unchecked: start + lane] * factors[unchecked: lane] }
    sums[column] += sum.sum()
  }
}

/// Fills the columns of a block multiplied by one factor a row.
func weigh(_ block: Span<Lane>, by factors: Span<Lane>, into output: inout MutableSpan<Lane>) {
  let lanes = RowBlocks.blockLanes
  precondition(block.count == output.count && factors.count == lanes, "the block must fit")
  var start = 0
  while start + lanes <= block.count {
    for lane in 0..<lanes {
      output[unchecked: start + lane] = block[unchecked: start + lane] * factors[unchecked: lane]
    }
    start += lanes
  }
}

/// Fills the quadratic forms xᵀ A x of the rows of a block, A in full, column by column.
func computeQuadraticForms(of block: Span<Lane>, matrix: Span<Double>, into output: inout MutableSpan<Lane>) {
  let lanes = RowBlocks.blockLanes
  let columnCount = block.count / lanes
  precondition(block.count == columnCount * lanes && matrix.count == columnCount * columnCount, "the block must fit")
  precondition(output.count == lanes, "each lane needs a place")
  for lane in 0..<lanes {
    var form = Lane.zero
    for column in 0..<columnCount {
      var product = Lane.zero
      for row in 0..<columnCount {
        product += block[unchecked: row * lanes + lane] * matrix[unchecked: column * columnCount + row]
      }
      form += product * block[unchecked: column * lanes + lane]
    }
    output[unchecked: lane] = form
  }
}
