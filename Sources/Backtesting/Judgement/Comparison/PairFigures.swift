/// One of ours beside a competitor on the same weighted rows; NaN is undefined.
struct PairFigures: Sendable {
  /// Our mean margin at the target coverage.
  let ourMargin: Double
  /// Their mean margin at the target coverage.
  let theirMargin: Double
  /// Our loss above margin, in quote currency.
  let ourShortfallUSD: Double
  /// Their loss above margin when scaled to our mean margin, in quote currency.
  let theirShortfallUSD: Double

  /// The share of their margin that ours saves.
  var marginSaved: Double { theirMargin > 0 ? 1 - ourMargin / theirMargin : .nan }
  /// The share of their shortfall that ours saves.
  var shortfallSaved: Double { theirShortfallUSD > 0 ? 1 - ourShortfallUSD / theirShortfallUSD : .nan }

  /// Every pair of ours and a competitor, ours by ours.
  static func of(
    _ ours: [ScaledSample], _ competitors: [ScaledSample], target: Double, weights: [Double]
  ) -> [PairFigures] {
    func scaled(_ sample: ScaledSample) -> (mean: Double, atTarget: Double) {
      let mean = sample.meanMargin(weights: weights)
      return (mean, mean * sample.scale(toCover: target, weights: weights))
    }
    let theirs = competitors.map(scaled)
    return ours.flatMap { our in
      let (ourMean, ourMargin) = scaled(our)
      let ourShortfall = our.shortfallUSD(weights: weights)
      return zip(competitors, theirs).map { competitor, their in
        let scale = their.mean > 0 ? ourMean / their.mean : .nan
        return PairFigures(
          ourMargin: ourMargin, theirMargin: their.atTarget, ourShortfallUSD: ourShortfall,
          theirShortfallUSD: competitor.shortfallUSD(scaledBy: scale, weights: weights))
      }
    }
  }
}
