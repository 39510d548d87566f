/// Precision against recall as the alert threshold falls: the curve whose step-wise area is the average precision.
public struct PrecisionRecallCurve: Hashable, Sendable, Codable {
  /// What alerting from one score on would have given.
  public struct Point: Hashable, Sendable, Codable {
    /// The score from which on rows are alerts; all rows of one score enter together.
    public let threshold: Double
    /// The share of positive rows that are alerts.
    public let recall: Double
    /// The share of alerts that are positive rows.
    public let precision: Double
  }

  /// Points of rising recall; empty without positive rows.
  public let points: [Point]

  /// The standard number of steps of recall.
  public static let standardSteps = 200

  /// The curve of scores that must all be defined; the lists must have one length.
  ///
  /// Of the points within one of `steps` equal steps of recall the last is kept; the point of the highest score is kept as
  /// well, so that a long curve can be drawn and the same rows always give the same points.
  /// - Complexity: O(n log n).
  public init(scores: [Double], outcomes: [Bool], steps: Int = standardSteps) {
    precondition(scores.count == outcomes.count, "lists of different lengths")
    let order = scores.indices.sorted { (scores[$1], $0) < (scores[$0], $1) }
    let positives = outcomes.count(where: \.self)
    var points: [Point] = []
    var (alerts, hits, lastStep) = (0, 0, -1)
    for position in order.indices {
      let row = order[position]
      alerts += 1
      if outcomes[row] { hits += 1 }
      let isTied = position + 1 < order.count && scores[order[position + 1]] == scores[row]
      if isTied || positives == 0 || hits == 0 { continue }
      let point = Point(
        threshold: scores[row], recall: Double(hits) / Double(positives), precision: Double(hits) / Double(alerts))
      let step = hits * max(1, steps) / positives
      // Further rows without a hit lower the precision at the same recall: the first point of a recall is the best.
      if points.last?.recall == point.recall { continue }
      if step == lastStep, points.count > 1 { points[points.count - 1] = point } else { points.append(point) }
      lastStep = step
    }
    self.points = points
  }
}
