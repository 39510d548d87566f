public import MarketData
public import Markets
public import Telemetry
internal import Validation
public import VenueFeeds

/// What a process counts of the stream that it follows, for its metrics.
///
/// It is no state: counters begin at zero with each process, as those who read them expect. What the data can name without
/// end (markets, fields) is told apart up to a bound and counted together beyond it.
public struct StreamTally: Sendable {
  /// How one market is followed.
  private struct Following: Sendable {
    var time: Timestamp
    var warming: TimeSpan?
    var scored = 0
  }

  /// What is counted by market and reason.
  private struct Case: Hashable, Comparable, Sendable {
    let market: String
    let reason: String
    /// Which monitor; empty for what none says.
    var monitor = ""

    static func < (left: Case, right: Case) -> Bool {
      (left.market, left.reason, left.monitor) < (right.market, right.reason, right.monitor)
    }
  }

  /// How many markets are told apart; each costs about ten lines of metrics.
  package static let marketLimit = 1_000
  /// What stands for all that is not told apart.
  package static let other = "other"

  private var lines = 0
  private var passedOver = 0
  private var rejected = Tally<String>(limit: 100)
  private var unscored = Tally<Case>(limit: 4 * marketLimit)
  private var invalid = Tally<Case>(limit: 4 * marketLimit)
  private var signals = Tally<Case>(limit: 16 * marketLimit)
  private var followings: [MarketName: Following] = [:]
  /// Books with a score in markets beyond the bound.
  private var scoredElsewhere = 0

  /// Creates a tally of nothing.
  public init() {}

  /// Counts a line that was read.
  public mutating func countLine() { lines += 1 }

  /// Counts a line of a venue that said nothing of a market.
  public mutating func countPassedOver() { passedOver += 1 }

  /// Counts a book by what the model said of it.
  public mutating func observe(_ result: OnlineScorer.Result) {
    if case .failure(let refusal) = result.scores {
      unscored.count(Case(market: known(result.market), reason: refusal.kind))
    }
    // A book out of order was not seen.
    guard result.row != nil else { return }
    let isScored = if case .success = result.scores { true } else { false }
    if let index = followings.index(forKey: result.market) {
      followings.values[index].time = result.time
      followings.values[index].warming = result.warming
      if isScored { followings.values[index].scored += 1 }
    } else if followings.count < Self.marketLimit {
      followings[result.market] = Following(time: result.time, warming: result.warming, scored: isScored ? 1 : 0)
    } else if isScored {
      scoredElsewhere += 1
    }
  }

  /// Counts the loss of a book.
  public mutating func observe(_ lost: InvalidBook) {
    invalid.count(Case(market: known(lost.market), reason: lost.reason.kind))
  }

  /// Counts what a drift monitor said.
  public mutating func observe(_ notice: DriftNotice) {
    signals.count(
      Case(market: known(notice.said.market), reason: notice.said.series.rawValue, monitor: notice.said.method.rawValue)
    )
  }

  /// Counts a line that could not be read, by the field that was wrong; places in lists are not told apart.
  public mutating func observe(_ fault: FieldFault) { rejected.count(Self.family(of: fault.field)) }

  private func known(_ market: MarketName) -> String {
    followings.count < Self.marketLimit || followings[market] != nil ? market.text : Self.other
  }

  /// `bids[3].price` as `bids[].price`.
  package static func family(of field: String) -> String {
    var family = ""
    var isInside = false
    for character in field.prefix(60) {
      if character == "]" { isInside = false }
      if !isInside { family.append(character) }
      if character == "[" { isInside = true }
    }
    return family
  }
}

extension StreamTally {
  private static let lines = MetricFamily.counter("shortfall_lines_total", "Input lines that were read.")
  private static let passedOver = MetricFamily.counter(
    "shortfall_lines_passed_over_total", "Lines of a venue that said nothing of a market.")
  private static let scored = MetricFamily.counter(
    "shortfall_books_scored_total", "Books that were answered with scores.", by: ["market"])
  private static let unscored = MetricFamily.counter(
    "shortfall_books_unscored_total", "Books that were answered without scores.", by: ["market", "reason"])
  private static let invalid = MetricFamily.counter(
    "shortfall_books_lost_total", "Times that a book could not be followed until the next snapshot.",
    by: ["market", "reason"])
  private static let rejected = MetricFamily.counter(
    "shortfall_lines_rejected_total", "Input lines that could not be read, by the field that was wrong.", by: ["field"])
  private static let signals = MetricFamily.counter(
    "shortfall_drift_signals_total", "Times that a drift monitor spoke.", by: ["market", "series", "monitor"])
  private static let bookTime = MetricFamily.gauge(
    "shortfall_book_time_seconds", "When the last book was received, since the epoch.", by: ["market"])
  private static let bookAge = MetricFamily.gauge(
    "shortfall_book_age_seconds", "How long ago that was when this was written.", by: ["market"])
  private static let warming = MetricFamily.gauge(
    "shortfall_market_warming_seconds", "How much more of the market must be seen; 0 once it is warm.", by: ["market"])

  /// Puts the counts onto a sheet that is written at `now`.
  public func report(to sheet: inout MetricSheet, at now: Timestamp) {
    sheet.set(Self.lines, to: lines)
    sheet.set(Self.passedOver, to: passedOver)
    for (field, count) in rejected.entries { sheet.set(Self.rejected, [field], to: count) }
    if rejected.others > 0 { sheet.set(Self.rejected, [Self.other], to: rejected.others) }
    report(unscored, as: Self.unscored, to: &sheet)
    report(invalid, as: Self.invalid, to: &sheet)
    for (key, count) in signals.entries { sheet.set(Self.signals, [key.market, key.reason, key.monitor], to: count) }
    for (market, following) in followings {
      let labels = [market.text]
      sheet.set(Self.scored, labels, to: following.scored)
      sheet.set(Self.bookTime, labels, to: Double(following.time.nanoseconds) / 1e9)
      sheet.set(Self.bookAge, labels, to: (now - following.time).seconds)
      sheet.set(Self.warming, labels, to: following.warming?.seconds ?? 0)
    }
    if scoredElsewhere > 0 { sheet.set(Self.scored, [Self.other], to: scoredElsewhere) }
  }

  private func report(_ tally: Tally<Case>, as family: MetricFamily, to sheet: inout MetricSheet) {
    for (key, count) in tally.entries { sheet.set(family, [key.market, key.reason], to: count) }
    if tally.others > 0 { sheet.set(family, [Self.other, Self.other], to: tally.others) }
  }
}

extension OnlineScorer.Refusal {
  /// One word for the reason, without what differs from book to book.
  fileprivate var kind: String {
    switch self {
    case .noMid(let condition): condition.rawValue
    case .unknownMarket: "unknown-market"
    case .outOfOrder: "out-of-order"
    }
  }
}

extension InvalidBookReason {
  /// One word for the reason, without what differs from time to time.
  fileprivate var kind: String {
    switch self {
    case .awaitingSnapshot: "awaiting-snapshot"
    case .gap: "gap"
    case .connectionGap: "connection-gap"
    case .checksum: "checksum"
    case .contradiction: "contradiction"
    case .unreadable: "unreadable"
    case .interrupted: "interrupted"
    }
  }
}
