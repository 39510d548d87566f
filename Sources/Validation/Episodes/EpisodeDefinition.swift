public import Markets

/// What counts as one episode and as a timely warning of it.
///
/// - An *episode* of one market and side is a longest run of positive rows in which neighbours lie closer together in
///   time than `gap`.
/// - Its *onset* is the time of the first row in shortfall from the run's first row to one `horizon` after its last
///   and before the next run; an episode without such a row (the book was not seen there) has no known onset and
///   enters no recall.
/// - An alert is a row whose score reaches the threshold. It *hits* an episode when it stands at least `minimumLead`
///   and at most `horizon` before the onset: its forecast then covered the onset and left time to act.
/// - The lead time of a hit is the time from the earliest such alert to the onset, so it is at most `horizon`.
/// - A *false-alarm episode* is a longest run of alerts of one market and side closer than `gap`, of which no row is
///   positive, in shortfall or censored.
/// - A row lasts until the next row of its market and side, but no longer than `gap`; *time in alert* adds up the
///   alerts' lasting.
public struct EpisodeDefinition: Hashable, Sendable, Codable {
  /// Rows closer than this belong together.
  public let gap: TimeSpan
  /// The shortest warning that is of use.
  public let minimumLead: TimeSpan
  /// How far a label looks: decision latency plus horizon.
  public let horizon: TimeSpan

  /// Creates a definition; by default a gap of two hours and a lead of at least 30 seconds.
  public init(gap: TimeSpan = .hours(2), minimumLead: TimeSpan = .seconds(30), horizon: TimeSpan) {
    self.gap = gap
    self.minimumLead = minimumLead
    self.horizon = horizon
  }
}

/// How many alerts may be raised; a threshold follows from it for each scorer.
public enum AlertBudget: Hashable, Sendable {
  /// A given threshold: a row is an alert when its score is at least this.
  case threshold(Double)
  /// The lowest threshold before lowering it first gives more false-alarm episodes per market and day than this, or
  /// keeps the alert on for more than `longestShareOfTime`: an alarm that never ends would count as few alarms.
  case falseAlarmsPerMarketDay(Double)
  /// The lowest threshold with at most this share of time in alert, 0 to 1.
  case shareOfTime(Double)

  /// The largest share of time in alert under a budget of false alarms.
  public static let longestShareOfTime = 0.25

  /// 0.5, 1 and 2 false-alarm episodes per market-day; 1 % and 5 % of the time in alert.
  public static let standard: [AlertBudget] = [
    .falseAlarmsPerMarketDay(0.5), .falseAlarmsPerMarketDay(1), .falseAlarmsPerMarketDay(2), .shareOfTime(0.01),
    .shareOfTime(0.05),
  ]
}

extension AlertBudget: Codable {
  private enum Kind: String, Codable {
    case threshold
    case falseAlarmsPerMarketDay
    case shareOfTime
  }

  private enum CodingKeys: String, CodingKey {
    case kind
    case limit
  }

  /// Reads a kind and its limit.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    let limit = try container.decode(Double.self, forKey: .limit)
    switch try container.decode(Kind.self, forKey: .kind) {
    case .threshold: self = .threshold(limit)
    case .falseAlarmsPerMarketDay: self = .falseAlarmsPerMarketDay(limit)
    case .shareOfTime: self = .shareOfTime(limit)
    }
  }

  /// Writes a kind and its limit.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    switch self {
    case .threshold(let limit):
      try container.encode(Kind.threshold, forKey: .kind)
      try container.encode(limit, forKey: .limit)
    case .falseAlarmsPerMarketDay(let limit):
      try container.encode(Kind.falseAlarmsPerMarketDay, forKey: .kind)
      try container.encode(limit, forKey: .limit)
    case .shareOfTime(let limit):
      try container.encode(Kind.shareOfTime, forKey: .kind)
      try container.encode(limit, forKey: .limit)
    }
  }
}
