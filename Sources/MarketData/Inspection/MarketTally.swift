internal import Markets

/// What was counted of one market so far.
struct MarketTally: Sendable {
  private static let gapLimit = 5

  private struct Pause: Sendable {
    let start: Timestamp
    let length: TimeSpan
  }

  private var snapshots = 0
  private var first: Timestamp?
  private var previous: BookSnapshot?
  private var intervals = QuantileSketch()
  private var longestPauses: [Pause] = []
  private var conditions: [BookCondition: Int] = [:]
  private var staleRepeats = 0
  private var staleRun = 0
  private var longestStaleRun = 0
  private var duplicates = 0
  private var outOfOrder = 0
  private var malformed = 0
  private var reports: ReportCounts?
  private var losses: Int?
  private var coverage = BySide(sell: QuantileSketch(), buy: QuantileSketch())

  mutating func count(_ snapshot: BookSnapshot) {
    snapshots += 1
    first = first ?? snapshot.time
    conditions[snapshot.book.condition, default: 0] += 1
    for side in LiquidationSide.allCases {
      // Prices at the ends of the range of numbers can put a level infinitely far away.
      if let reach = snapshot.book.coverage(on: side).map({ $0 * 10_000 }), reach.isFinite { coverage[side].add(reach) }
    }
    if let previous { compare(snapshot, with: previous) }
    previous = snapshot
  }

  mutating func count(_ report: MarketReport) {
    var counts = reports ?? ReportCounts()
    counts.count(report)
    reports = counts
  }

  mutating func count(_ fault: RecordFault) {
    switch fault.kind {
    case .malformed: malformed += 1
    case .outOfOrder: outOfOrder += 1
    }
  }

  mutating func countLoss() { losses = (losses ?? 0) + 1 }

  private mutating func compare(_ snapshot: BookSnapshot, with previous: BookSnapshot) {
    staleRun = snapshot.book == previous.book ? staleRun + 1 : 0
    if staleRun > 0 { staleRepeats += 1 }
    longestStaleRun = max(longestStaleRun, staleRun)
    let interval = snapshot.time - previous.time
    if interval == .zero { return duplicates += 1 }
    intervals.add(interval.seconds)
    note(Pause(start: previous.time, length: interval))
  }

  /// Keeps the longest pauses, longest first, the earlier first among equals.
  private mutating func note(_ pause: Pause) {
    let place = longestPauses.firstIndex { $0.length < pause.length } ?? longestPauses.count
    if place >= Self.gapLimit { return }
    longestPauses.insert(pause, at: place)
    if longestPauses.count > Self.gapLimit { longestPauses.removeLast() }
  }

  func finish(market: MarketName, rows: Int?) -> MarketInspection {
    MarketInspection(
      market: market.text, rows: rows, snapshots: snapshots, first: first?.description,
      last: previous?.time.description, cadence: cadence, gaps: gaps, staleRepeats: staleRepeats,
      longestStaleRun: longestStaleRun, crossed: conditions[.crossed] ?? 0, locked: conditions[.locked] ?? 0,
      oneSided: conditions[.oneSided] ?? 0, empty: conditions[.empty] ?? 0, outOfOrder: outOfOrder,
      duplicates: duplicates, malformed: malformed, lostBooks: losses, reports: reports,
      bidCoverage: coverage(on: .sell),
      askCoverage: coverage(on: .buy))
  }

  private var cadence: MarketInspection.Cadence? {
    guard let median = intervals.quantile(0.5), let ninetieth = intervals.quantile(0.9),
      let longest = intervals.maximum
    else { return nil }
    return MarketInspection.Cadence(median: median, ninetieth: ninetieth, longest: longest)
  }

  private var gaps: MarketInspection.Gaps {
    guard let median = intervals.quantile(0.5) else { return MarketInspection.Gaps(limit: nil, count: 0, longest: []) }
    let limit = max(5 * median, 10)
    let longest = longestPauses.filter { $0.length.seconds > limit }.map { pause in
      MarketInspection.Gap(start: pause.start.description, seconds: pause.length.seconds)
    }
    return MarketInspection.Gaps(limit: limit, count: intervals.count(above: limit), longest: longest)
  }

  private func coverage(on side: LiquidationSide) -> MarketInspection.Coverage? {
    let sketch = coverage[side]
    guard let minimum = sketch.minimum, let tenth = sketch.quantile(0.1), let median = sketch.quantile(0.5) else {
      return nil
    }
    return MarketInspection.Coverage(minimum: minimum, tenth: tenth, median: median)
  }
}
