/// One scorer on one set of rows, reduced so that every metric under any reweighting of the days is cheap.
///
/// The scores are sorted once; what adds up over rows is summed per day; the calibration line starts at its unweighted
/// solution. The same code gives the figure itself (all weights one) and its replicates.
struct ScorerSample: Sendable {
  private let ranking: Ranking
  private let probabilistic: ProbabilisticPart?

  private struct ProbabilisticPart: Sendable {
    let sums: [LossSums]
    let calibration: CalibrationRows
  }

  init(_ rows: ScoredRows, days: DayIndex, referenceRate: Double) {
    let positions = rows.days.map(days.position(of:))
    let scores = rows.predictions.values
    ranking = Ranking(scores: scores, outcomes: rows.outcomes, groups: positions)
    guard rows.predictions.areProbabilities else {
      probabilistic = nil
      return
    }
    let grouping = DayGrouping(positions: positions, dayCount: days.days.count)
    var sums = [LossSums](repeating: LossSums(), count: days.days.count)
    for day in sums.indices {
      for row in grouping.order[grouping.starts[day]..<grouping.starts[day + 1]] {
        sums[day].add(probability: scores[row], outcome: rows.outcomes[row], referenceRate: referenceRate)
      }
    }
    let calibration = CalibrationRows(
      logOdds: grouping.order.map { ProbabilityLoss.logOdds(scores[$0]) },
      outcomes: grouping.order.map { rows.outcomes[$0] }, groupStarts: grouping.starts)
    probabilistic = ProbabilisticPart(sums: sums, calibration: calibration)
  }

  /// Every metric when the rows of day d count `dayWeights[d]` times.
  func metrics(dayWeights: Span<Double>) -> MetricValues {
    var values = MetricValues()
    let areas = ranking.areas(groupWeights: dayWeights)
    values.averagePrecision = areas.averagePrecision ?? .nan
    values.rocArea = areas.rocArea ?? .nan
    guard let probabilistic else { return values }
    var total = LossSums()
    for day in dayWeights.indices { total.add(probabilistic.sums[day], weight: dayWeights[day]) }
    values.logLoss = total.logarithmic / total.rows
    values.brierSkill = total.referenceQuadratic > 0 ? 1 - total.quadratic / total.referenceQuadratic : .nan
    values.observedToExpected = total.expected > 0 ? total.observed / total.expected : .nan
    if let line = probabilistic.calibration.line(groupWeights: dayWeights) {
      values.calibrationIntercept = line.intercept
      values.calibrationSlope = line.slope
    }
    return values
  }
}

/// What adds up over rows; without rows, means over it are NaN.
private struct LossSums: Sendable {
  var rows = 0.0
  var observed = 0.0
  var expected = 0.0
  var logarithmic = 0.0
  var quadratic = 0.0
  var referenceQuadratic = 0.0

  mutating func add(probability: Double, outcome: Bool, referenceRate: Double) {
    rows += 1
    observed += outcome ? 1 : 0
    expected += probability
    logarithmic += ProbabilityLoss.logarithmic(probability, outcome)
    quadratic += ProbabilityLoss.quadratic(probability, outcome)
    referenceQuadratic += ProbabilityLoss.quadratic(referenceRate, outcome)
  }

  mutating func add(_ other: LossSums, weight: Double) {
    rows += weight * other.rows
    observed += weight * other.observed
    expected += weight * other.expected
    logarithmic += weight * other.logarithmic
    quadratic += weight * other.quadratic
    referenceQuadratic += weight * other.referenceQuadratic
  }
}
