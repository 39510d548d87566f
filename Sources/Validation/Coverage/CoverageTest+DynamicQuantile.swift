extension CoverageTest {
  /// The number of earlier hits that the dynamic quantile test looks at.
  public static let dynamicQuantileLags = 4

  /// Tests whether the excess of hits over the promised rate can be predicted by a constant and the last four hits.
  ///
  /// With H the hits less the rate p, and X a one and the lagged hits, the statistic is HᵀX (XᵀX)⁻¹ XᵀH / (p (1 − p)),
  /// χ² with five degrees of freedom. Lags do not cross sequences. It cannot tell when XᵀX is singular, as without
  /// hits, nor with a rate outside 0 to 1, ends excluded. With few expected hits it rejects too often.
  ///
  /// - Complexity: O(trials).
  ///
  /// Source: R. F. Engle and S. Manganelli, doi:10.1198/073500104000000370.
  public static func dynamicQuantile(sequences: [[Bool]], missRate: Double) -> CoverageTestResult {
    guard isProperRate(missRate) else { return dynamicQuantile.result(statistic: nil) { $0 } }
    var equations = NormalEquations(order: dynamicQuantileLags + 1)
    for sequence in sequences where sequence.count > dynamicQuantileLags {
      for trial in dynamicQuantileLags..<sequence.count {
        let columns = [0] + (1...dynamicQuantileLags).filter { sequence[trial - $0] }
        equations.add(onesAt: columns, target: (sequence[trial] ? 1 : 0) - missRate)
      }
    }
    let statistic = equations.explainedSquares.map { $0 / (missRate * (1 - missRate)) }
    return dynamicQuantile.result(statistic: statistic) {
      ChiSquareDistribution.survival($0, degreesOfFreedom: dynamicQuantileLags + 1)
    }
  }
}
