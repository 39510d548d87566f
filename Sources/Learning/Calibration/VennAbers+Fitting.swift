extension VennAbers {
  /// Fits both steps to the scores and outcomes of rows that the model was not trained on; rows of equal score count as
  /// one.
  ///
  /// - Throws: `insufficientEvidence` below ``neededEvidence``; `scoreNotFinite`.
  /// - Complexity: O(rows · log rows).
  public static func fitted(logOdds: [Double], outcomes: [Bool]) throws(CalibrationFailure) -> VennAbers {
    try checkCalibration(logOdds: logOdds, outcomes: outcomes, needed: neededEvidence)
    return VennAbers(groups: ScoreGroup.all(of: logOdds, outcomes: outcomes))
  }

  /// The predictor of any rows, however few; there must be one, and scores must be finite.
  package init(unchecked logOdds: [Double], outcomes: [Bool]) {
    self.init(groups: ScoreGroup.all(of: logOdds, outcomes: outcomes))
  }

  private init(groups: [ScoreGroup]) {
    let events = slopesWithOneMoreEvent(groups).map { Double($0.rise) / Double($0.run) }
    // One more row without an event is one more event of the opposite kind, seen from the other end.
    let opposite = groups.reversed().map { ScoreGroup(score: $0.score, rows: $0.rows, events: $0.rows - $0.events) }
    let others = slopesWithOneMoreEvent(opposite).reversed().map { Double($0.run - $0.rise) / Double($0.run) }
    var lower: (scores: [Double], probabilities: [Double]) = ([], [])
    for (group, probability) in zip(groups, others) where probability > (lower.probabilities.last ?? 0) {
      lower.scores.append(group.score)
      lower.probabilities.append(probability)
    }
    var upper: (scores: [Double], probabilities: [Double]) = ([], [])
    for (group, probability) in zip(groups, events).reversed() where probability < (upper.probabilities.last ?? 1) {
      upper.scores.append(group.score)
      upper.probabilities.append(probability)
    }
    let steps = VennAbers(
      lowerScores: lower.scores, lowerProbabilities: lower.probabilities, upperScores: upper.scores.reversed(),
      upperProbabilities: upper.probabilities.reversed())
    guard let steps else { preconditionFailure("isotonic rates rise, and one more event raises them") }
    self = steps
  }
}

/// The rows of one score.
private struct ScoreGroup {
  let score: Double
  var rows: Int
  var events: Int

  /// The groups in rising order of their score.
  static func all(of logOdds: [Double], outcomes: [Bool]) -> [ScoreGroup] {
    var groups: [ScoreGroup] = []
    for row in logOdds.indices.sorted(by: { logOdds[$0] < logOdds[$1] }) {
      if groups.last?.score != logOdds[row] { groups.append(ScoreGroup(score: logOdds[row], rows: 0, events: 0)) }
      groups[groups.count - 1].rows += 1
      groups[groups.count - 1].events += outcomes[row] ? 1 : 0
    }
    return groups
  }
}

/// A point of the cumulative diagram: rows so far, and events among them.
private struct DiagramPoint {
  var run: Int
  var rise: Int

  static func - (left: DiagramPoint, right: DiagramPoint) -> DiagramPoint {
    DiagramPoint(run: left.run - right.run, rise: left.rise - right.rise)
  }

  /// Above zero when `other` turns left of this direction.
  func cross(_ other: DiagramPoint) -> Int { run * other.rise - rise * other.run }
}

/// For each group the isotonic rate of its rows when it had one more row, with an event, as rise over run.
///
/// The rate is a slope of the lower convex hull of the cumulative diagram. From one group to the next a single point of
/// the diagram moves by one row and one event, so one hull is kept up to date. Whole numbers keep every turn exact.
/// - Complexity: O(groups). Source: arXiv:1511.00213, algorithms 1 and 2.
private func slopesWithOneMoreEvent(_ groups: [ScoreGroup]) -> [DiagramPoint] {
  var points: [DiagramPoint] = []
  var end = DiagramPoint(run: 0, rise: 0)
  for group in groups {
    end = DiagramPoint(run: end.run + group.rows, rise: end.rise + group.events)
    points.append(end)
  }
  var forward = [DiagramPoint(run: -1, rise: -1), DiagramPoint(run: 0, rise: 0)]
  for point in points { extend(&forward, to: point) { ($0, $1, $2) } }
  var corners = Array(forward.reversed())
  return points.map { point in
    let left = corners[corners.count - 1]
    let edge = corners[corners.count - 2] - left
    let moved = point - DiagramPoint(run: 1, rise: 1)
    if edge.cross(moved - left) < 0 {
      corners.removeLast()
      extend(&corners, to: moved) { ($2, $1, $0) }
    }
    return edge
  }
}

/// Appends a corner to a hull after removing those that no longer are corners; `order` puts three of them from left to
/// right.
private func extend(
  _ corners: inout [DiagramPoint], to point: DiagramPoint,
  order: (DiagramPoint, DiagramPoint, DiagramPoint) -> (DiagramPoint, DiagramPoint, DiagramPoint)
) {
  while corners.count > 1 {
    let (left, middle, right) = order(corners[corners.count - 2], corners[corners.count - 1], point)
    if (middle - left).cross(right - middle) > 0 { break }
    corners.removeLast()
  }
  corners.append(point)
}
