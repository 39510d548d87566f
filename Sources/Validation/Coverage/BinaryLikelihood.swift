#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Hits and misses of one probability, and how likely they are.
struct BinaryCounts: Hashable, Sendable {
  var hits = 0
  var misses = 0

  var total: Int { hits + misses }

  /// The log-likelihood at a probability strictly between 0 and 1.
  func logLikelihood(at rate: Double) -> Double {
    Double(hits) * log(rate) + Double(misses) * log1p(-rate)
  }

  /// The log-likelihood at the share of hits, with 0 · ln 0 = 0.
  var maximalLogLikelihood: Double {
    func term(_ count: Int) -> Double {
      count == 0 ? 0 : Double(count) * log(Double(count) / Double(total))
    }
    return term(hits) + term(misses)
  }
}

/// Twice the log-likelihood that the wider model gains, which rounding never makes negative.
func likelihoodRatio(wide: Double, narrow: Double) -> Double {
  max(0, 2 * (wide - narrow))
}

/// Whether a rate lies strictly between 0 and 1.
func isProperRate(_ rate: Double) -> Bool {
  rate > 0 && rate < 1
}
