extension CoverageTest {
  /// Tests whether a hit is as likely after a hit as after a miss.
  ///
  /// The statistic is the likelihood ratio of a first-order Markov chain to independent trials, χ² with one degree of
  /// freedom. Transitions are counted within sequences and pooled. It cannot tell unless some trial follows a hit and
  /// some trial follows a miss. With few expected hits it rejects too often: at a level of 5 %, in 8 % of correct
  /// back-tests of 1000 trials and 50 expected hits.
  ///
  /// Source: P. F. Christoffersen, doi:10.2307/2527341.
  public static func independence(sequences: [[Bool]]) -> CoverageTestResult {
    let transitions = Transitions(sequences)
    guard transitions.startFromBoth else { return independence.result(statistic: nil) { $0 } }
    let ratio = likelihoodRatio(
      wide: transitions.maximalLogLikelihood, narrow: transitions.pooled.maximalLogLikelihood)
    return independence.result(statistic: ratio) { ChiSquareDistribution.survival($0, degreesOfFreedom: 1) }
  }

  /// Tests whether a hit has the promised rate both after a hit and after a miss.
  ///
  /// The statistic is the likelihood ratio of a first-order Markov chain to independent trials of the promised rate,
  /// χ² with two degrees of freedom. The first trial of each sequence is given, so that the statistic is the sum of
  /// the independence statistic and the two-sided Kupiec statistic of the other trials. It cannot tell where
  /// `independence` cannot, nor with a rate outside 0 to 1, ends excluded.
  ///
  /// Source: P. F. Christoffersen, doi:10.2307/2527341.
  public static func conditionalCoverage(sequences: [[Bool]], missRate: Double) -> CoverageTestResult {
    let transitions = Transitions(sequences)
    guard transitions.startFromBoth, isProperRate(missRate) else {
      return conditionalCoverage.result(statistic: nil) { $0 }
    }
    let ratio = likelihoodRatio(
      wide: transitions.maximalLogLikelihood, narrow: transitions.pooled.logLikelihood(at: missRate))
    return conditionalCoverage.result(statistic: ratio) { ChiSquareDistribution.survival($0, degreesOfFreedom: 2) }
  }
}

/// What followed hits and misses.
private struct Transitions {
  private(set) var afterHit = BinaryCounts()
  private(set) var afterMiss = BinaryCounts()

  init(_ sequences: [[Bool]]) {
    for sequence in sequences {
      for (before, isHit) in zip(sequence, sequence.dropFirst()) {
        switch (before, isHit) {
        case (true, true): afterHit.hits += 1
        case (true, false): afterHit.misses += 1
        case (false, true): afterMiss.hits += 1
        case (false, false): afterMiss.misses += 1
        }
      }
    }
  }

  var startFromBoth: Bool { afterHit.total > 0 && afterMiss.total > 0 }

  /// All that followed anything.
  var pooled: BinaryCounts {
    BinaryCounts(hits: afterHit.hits + afterMiss.hits, misses: afterHit.misses + afterMiss.misses)
  }

  /// The log-likelihood of the Markov chain with the observed shares.
  var maximalLogLikelihood: Double {
    afterHit.maximalLogLikelihood + afterMiss.maximalLogLikelihood
  }
}
