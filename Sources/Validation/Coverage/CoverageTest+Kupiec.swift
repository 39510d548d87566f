extension CoverageTest {
  /// What counts against the promised rate of hits.
  public enum Alternative: Hashable, Sendable {
    /// More hits than promised.
    case tooManyHits
    /// More or fewer hits than promised.
    case anotherRate
  }

  /// Tests whether the share of hits is the promised rate.
  ///
  /// Against another rate the statistic is the likelihood ratio, χ² with one degree of freedom. Against too many hits
  /// it is the ratio's root with the sign of the excess, standard normal, and only large values count. Both are
  /// large-sample distributions. It cannot tell without trials or with a rate outside 0 to 1, ends excluded.
  ///
  /// Source: P. H. Kupiec, doi:10.3905/jod.1995.407942.
  public static func kupiec(
    sequences: [[Bool]], missRate: Double, alternative: Alternative
  ) -> CoverageTestResult {
    var counts = BinaryCounts()
    for sequence in sequences {
      for isHit in sequence { if isHit { counts.hits += 1 } else { counts.misses += 1 } }
    }
    guard counts.total > 0, isProperRate(missRate) else { return kupiec.result(statistic: nil) { $0 } }
    let ratio = likelihoodRatio(wide: counts.maximalLogLikelihood, narrow: counts.logLikelihood(at: missRate))
    switch alternative {
    case .anotherRate:
      return kupiec.result(statistic: ratio) { ChiSquareDistribution.survival($0, degreesOfFreedom: 1) }
    case .tooManyHits:
      let isExcess = Double(counts.hits) >= missRate * Double(counts.total)
      let root = isExcess ? ratio.squareRoot() : -ratio.squareRoot()
      return kupiec.result(statistic: root, pValue: NormalDistribution.survival)
    }
  }
}
