internal import Learning

/// Newton's method for a ridge logistic regression as one would first write it: row by row, one thread, dense loops.
enum PlainLogistic {
  /// The intercept and the coefficients.
  static func fit(_ examples: TrainingExamples, penalty: Double) -> [Double] {
    let rows = (0..<examples.count).flatMap { row -> [Double] in [1] + examples.matrix.row(row) }
    let order = examples.matrix.columnCount + 1
    var coefficients = [Double](repeating: 0, count: order)
    for _ in 0..<50 {
      var gradient = [Double](repeating: 0, count: order)
      var hessian = [Double](repeating: 0, count: order * order)
      for (row, outcome) in examples.outcomes.enumerated() {
        let start = row * order
        var logOdds = 0.0
        for index in 0..<order { logOdds += rows[start + index] * coefficients[index] }
        let probability = sigmoid(logOdds)
        let residual = probability - (outcome ? 1 : 0)
        let weight = probability * (1 - probability)
        for i in 0..<order {
          let weighted = weight * rows[start + i]
          gradient[i] += residual * rows[start + i]
          for j in 0...i { hessian[i * order + j] += weighted * rows[start + j] }
        }
      }
      for index in 1..<order {
        gradient[index] += penalty * coefficients[index]
        hessian[index * order + index] += penalty
      }
      let step = solve(hessian, gradient)
      for index in 0..<order { coefficients[index] -= step[index] }
      if zip(step, gradient).reduce(0, { $0 + $1.0 * $1.1 }) / 2 < 1e-14 { break }
    }
    return coefficients
  }

  /// The solution of A x = b by Cholesky's method, from the lower triangle of A.
  private static func solve(_ matrix: [Double], _ rightHandSide: [Double]) -> [Double] {
    var factor = matrix
    var solution = rightHandSide
    let order = solution.count
    for row in 0..<order {
      for column in 0...row {
        var sum = factor[row * order + column]
        for k in 0..<column { sum -= factor[row * order + k] * factor[column * order + k] }
        factor[row * order + column] = row == column ? sum.squareRoot() : sum / factor[column * order + column]
      }
    }
    for row in 0..<order {
      for k in 0..<row { solution[row] -= factor[row * order + k] * solution[k] }
      solution[row] /= factor[row * order + row]
    }
    for row in (0..<order).reversed() {
      for k in (row + 1)..<max(order, row + 1) { solution[row] -= factor[k * order + row] * solution[k] }
      solution[row] /= factor[row * order + row]
    }
    return solution
  }
}
