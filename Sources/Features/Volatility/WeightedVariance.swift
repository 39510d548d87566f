import Checkpoints

/// The variance per second of a price with exponentially decaying weights.
struct WeightedVariance: Sendable {
  let halfLife: Double
  private var squares = 0.0
  private var seconds = 0.0

  init(halfLife: Double) {
    self.halfLife = halfLife
  }

  mutating func add(_ step: Double, seconds elapsed: Double) {
    let weight = decay(over: elapsed, halfLife: halfLife)
    squares = squares * weight + step * step
    seconds = seconds * weight + max(0, elapsed)
  }

  /// The variance per second; NaN before any time has passed.
  var perSecond: Double { seconds > 0 ? squares / seconds : undefined }

  /// `ln(1 + bp per √hour)`; NaN before any time has passed.
  var logVolatility: Double { Features.logVolatility(variance: squares, seconds: seconds) }

  /// Half of the log ratio of two variances; NaN where either is not above zero.
  func logRatio(to other: WeightedVariance) -> Double {
    guard squares > 0, seconds > 0, other.squares > 0, other.seconds > 0 else { return undefined }
    return 0.5 * (naturalLog(squares / seconds) - naturalLog(other.squares / other.seconds))
  }
}

extension WeightedVariance: Resumable {
  mutating func exchange(with archive: inout StateArchive) throws(StateFault) {
    try archive.exchange(&squares)
    try archive.exchange(&seconds)
  }
}
