import Parallelism
import Validation

extension PolicyJudgement {
  /// Each competitor beside each of ours at the headline size, over everything and by market.
  ///
  /// The day-block intervals draw the same days for both policies and find both scales again in every resample.
  public func comparisons() -> [PolicyComparison] {
    let margins = concurrentMap(everyPath) { $0.margins(of: rows) }
    let scores = concurrentMap(margins) { RowScores(of: $0, rows: rows, tails: tails, target: target) }
    return headlineGroups().flatMap { comparisons(over: $0, margins: margins, scores: scores) }
  }

  private func comparisons(over group: RowGroup, margins: [[Double]], scores: [RowScores]) -> [PolicyComparison] {
    let samples = samples(of: group, margins: margins)
    let ourSamples = Array(samples.samples.prefix(ours.count))
    let theirSamples = Array(samples.samples.dropFirst(ours.count))
    @Sendable func pairs(_ weights: [Double]) -> [PairFigures] {
      PairFigures.of(ourSamples, theirSamples, target: target, weights: weights)
    }
    let figures = pairs([Double](repeating: 1, count: samples.dayCount))
    let replicates = concurrentMap(Array(0..<bootstrap.resamples)) { resample in
      pairs(bootstrap.multiplicities(ofResample: resample, dayCount: samples.dayCount))
    }
    return figures.indices.map { pair in
      let (our, their) = (pair / competitors.count, ours.count + pair % competitors.count)
      let figure = figures[pair]
      func estimate(_ value: (PairFigures) -> Double) -> Estimate {
        bootstrap.estimate(value: value(figure), replicates: replicates.map { value($0[pair]) })
      }
      return PolicyComparison(
        group: group.group.name, ours: everyPath[our].name, competitor: everyPath[their].name,
        ourMarginAtTarget: figure.ourMargin.finite, theirMarginAtTarget: figure.theirMargin.finite,
        marginSaved: estimate(\.marginSaved), ourShortfallUSD: figure.ourShortfallUSD,
        theirShortfallUSD: figure.theirShortfallUSD.finite, shortfallSaved: estimate(\.shortfallSaved),
        pinball: ScoreComparison(
          of: scores[our].pinball, scores[their].pinball, members: group.members, rows: rows),
        tail: ScoreComparison(of: scores[our].tail, scores[their].tail, members: group.members, rows: rows))
    }
  }

  /// Every policy's sample of a group, over the group's days.
  private func samples(of group: RowGroup, margins: [[Double]]) -> (samples: [ScaledSample], dayCount: Int) {
    let members = group.members.map { rows[$0] }
    var positions: [Int: Int] = [:]
    for row in members where positions[row.day] == nil { positions[row.day] = 0 }
    let days = positions.keys.sorted()
    for (position, day) in days.enumerated() { positions[day] = position }
    let dayOfRow = members.map { positions[$0.day] ?? 0 }
    let samples = concurrentMap(margins) { margins in
      ScaledSample(
        rows: members, margins: group.members.map { margins[$0] }, days: dayOfRow, dayCount: days.count)
    }
    return (samples, days.count)
  }
}

extension Double {
  /// The number; nil when it is not finite.
  var finite: Double? { isFinite ? self : nil }
}
