internal import Learning

/// The linear form that every linear model is: an intercept and a coefficient for each term.
extension Design {
  /// The intercept with the weighted terms of a row; nothing is allocated.
  ///
  /// - Precondition: `row` has a value for each raw column, and there is a coefficient for each term.
  /// - Complexity: O(terms).
  func weightedSum(of row: Span<Double>, group: Int, intercept: Double, coefficients: [Double]) -> Double {
    precondition(row.count == columnNames.count, "the row must fit the model")
    let place = place(ofGroup: group)
    var sum = intercept
    for index in coefficients.indices {
      let term = terms[index]
      let scaled = scaled(row[term.column], column: term.column, place: place)
      sum += value(of: term, scaled: scaled) * coefficients[index]
    }
    return sum
  }

  /// The weighted sum of each row of a matrix, the same bits as one row at a time.
  ///
  /// - Complexity: O(rows · terms).
  func weightedSums(
    of matrix: FeatureMatrix, groups: [Int], intercept: Double, coefficients: [Double]
  ) -> [Double] {
    precondition(
      matrix.columnCount == columnNames.count && groups.count == matrix.rowCount, "the rows must fit the model")
    var sums = [Double](repeating: intercept, count: matrix.rowCount)
    let places = places(of: groups)
    for (term, coefficient) in zip(terms, coefficients) {
      let values = values(of: term, in: matrix, places: places, rows: 0..<matrix.rowCount)
      for row in sums.indices { sums[row] += values[row] * coefficient }
    }
    return sums
  }
}
