/// The normal equations of a least-squares regression on columns of zeros and ones.
struct NormalEquations {
  private let order: Int
  /// XᵀX row by row; only the lower triangle is filled.
  private var gram: [Double]
  /// Xᵀy.
  private var moments: [Double]

  init(order: Int) {
    self.order = order
    gram = [Double](repeating: 0, count: order * order)
    moments = [Double](repeating: 0, count: order)
  }

  /// Adds a row with ones in the given rising columns and zeros elsewhere.
  mutating func add(onesAt columns: [Int], target: Double) {
    for (position, row) in columns.enumerated() {
      moments[row] += target
      for column in columns[...position] { gram[row * order + column] += 1 }
    }
  }

  /// The sum of squares of the fitted values, yᵀX (XᵀX)⁻¹ Xᵀy; nil when XᵀX is singular.
  ///
  /// With the Cholesky factor L of XᵀX it is the squared length of L⁻¹ Xᵀy.
  var explainedSquares: Double? {
    var factor = gram
    var sum = 0.0
    var solution = moments
    for row in 0..<order {
      for column in 0...row {
        var element = factor[row * order + column]
        for k in 0..<column { element -= factor[row * order + k] * factor[column * order + k] }
        if column < row {
          factor[row * order + column] = element / factor[column * order + column]
        } else {
          guard element > 1e-10 * gram[row * order + row] else { return nil }
          factor[row * order + row] = element.squareRoot()
        }
      }
      for k in 0..<row { solution[row] -= factor[row * order + k] * solution[k] }
      solution[row] /= factor[row * order + row]
      sum += solution[row] * solution[row]
    }
    return sum
  }
}
