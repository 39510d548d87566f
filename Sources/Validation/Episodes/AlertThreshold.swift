import Markets

/// A scorer's scores on the rows of a timeline, sorted once for all budgets.
struct AlertScores: Sendable {
  /// The scores, in the timeline's order.
  let values: [Double]
  /// The rows by falling score, tied rows in their old order.
  let fallingOrder: [Int]

  init(_ values: [Double]) {
    self.values = values
    fallingOrder = values.indices.sorted { (values[$1], $0) < (values[$0], $1) }
  }
}

/// Choice of the alert threshold that a budget allows.
extension AlertTimeline {
  /// The threshold of a budget, or nil when even the highest score would exceed it.
  ///
  /// Rows of one score become alerts together.
  /// - Complexity: O(n), nearly.
  func threshold(_ budget: AlertBudget, scores: AlertScores) -> Double? {
    switch budget {
    case .threshold(let threshold): return threshold
    case .shareOfTime(let limit):
      return lowestThreshold(scores, shareOfTime: limit) { true }
    case .falseAlarmsPerMarketDay(let limit):
      var runs = AlertRuns(self, insertionOrder: scores.fallingOrder)
      return lowestThreshold(scores, shareOfTime: AlertBudget.longestShareOfTime) {
        runs.insertNext()
        return Double(runs.falseCount) <= limit * Double(marketDays)
      }
    }
  }

  /// The lowest score down to which, whenever all rows of one score have been admitted, the budget holds and no more
  /// than a share of the time is in alert.
  private func lowestThreshold(
    _ alertScores: AlertScores, shareOfTime limit: Double, admitNext: () -> Bool
  ) -> Double? {
    let total = durations.reduce(0, +)
    var inAlert = 0.0
    let order = alertScores.fallingOrder
    let scores = alertScores.values
    var threshold: Double?
    for (position, row) in order.enumerated() {
      inAlert += durations[row]
      let holds = admitNext() && inAlert <= limit * total
      let isLastOfScore = position + 1 == order.count || scores[order[position + 1]] != scores[row]
      if !isLastOfScore { continue }
      if !holds { break }
      threshold = scores[row]
    }
    return threshold
  }
}

/// The runs of alerts while rows become alerts one by one, with the number of runs that are false alarms.
///
/// Each row's neighbours at the moment it becomes an alert are found by unlinking the rows in the opposite order from
/// a list that holds them all; runs are merged with disjoint sets.
struct AlertRuns {
  private let timeline: AlertTimeline
  private let order: [Int]
  private var inserted = 0
  private var previous: [Int?]
  private var next: [Int?]
  private var parent: [Int]
  private var isFalse: [Bool]
  /// The number of runs made of false alarms only.
  private(set) var falseCount = 0

  init(_ timeline: AlertTimeline, insertionOrder: [Int]) {
    self.timeline = timeline
    order = insertionOrder
    previous = [Int?](repeating: nil, count: timeline.rows.count)
    next = previous
    parent = Array(timeline.rows.indices)
    isFalse = timeline.isFalseAlarm
    for stream in timeline.streams {
      for row in stream.range.dropFirst() {
        previous[row] = row - 1
        next[row - 1] = row
      }
    }
    for row in insertionOrder.reversed() {
      if let before = previous[row] { next[before] = next[row] }
      if let after = next[row] { previous[after] = previous[row] }
    }
  }

  /// Makes the next row of the order an alert.
  mutating func insertNext() {
    guard inserted < order.count else { return }
    let row = order[inserted]
    inserted += 1
    if isFalse[row] { falseCount += 1 }
    if let before = previous[row] { joinIfClose(before, row) }
    if let after = next[row] { joinIfClose(row, after) }
  }

  private mutating func joinIfClose(_ earlier: Int, _ later: Int) {
    guard timeline.times[later] - timeline.times[earlier] < timeline.definition.gap else { return }
    let kept = root(of: earlier)
    let joined = root(of: later)
    if kept == joined { return }
    falseCount -= (isFalse[kept] ? 1 : 0) + (isFalse[joined] ? 1 : 0)
    parent[joined] = kept
    isFalse[kept] = isFalse[kept] && isFalse[joined]
    if isFalse[kept] { falseCount += 1 }
  }

  private mutating func root(of row: Int) -> Int {
    var row = row
    while parent[row] != row {
      parent[row] = parent[parent[row]]
      row = parent[row]
    }
    return row
  }
}
