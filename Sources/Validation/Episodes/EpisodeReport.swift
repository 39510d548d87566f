import Markets

/// How a scorer's alerts meet the episodes at one threshold; see ``EpisodeDefinition`` for the terms.
///
/// Episodes and alarms are counted per market and side.
public struct EpisodeReport: Hashable, Sendable {
  /// The budget from which the threshold follows.
  public let budget: AlertBudget
  /// The score from which a row is an alert; nil when the budget allows no alert at all.
  public let threshold: Double?
  /// The number of episodes whose onset is known.
  public let episodes: Int
  /// The number of episodes whose onset was not seen; they are left out of everything else.
  public let unknownOnsets: Int
  /// The number of episodes with a timely alert.
  public let hits: Int
  /// Hits over episodes; nil without episodes.
  public let recall: Double?
  /// The number of false-alarm episodes.
  public let falseAlarms: Int
  /// False-alarm episodes per market and UTC day with rows; nil without rows.
  public let falseAlarmsPerMarketDay: Double?
  /// The share of the time covered by rows that was in alert, 0 to 1; nil when rows cover no time.
  public let shareOfTimeInAlert: Double?
  /// The lead times of the hits; nil without hits.
  public let leadTimes: LeadTimes?

  init(_ timeline: AlertTimeline, budget: AlertBudget, scores: AlertScores) {
    let threshold = timeline.threshold(budget, scores: scores)
    let isAlert = scores.values.map { score in threshold.map { score >= $0 } ?? false }
    var leads: [Double] = []
    var falseAlarms = 0
    for stream in timeline.streams {
      let alerts = stream.range.filter { isAlert[$0] }
      leads += timeline.leads(of: stream.episodes, alerts: alerts)
      let alertRuns = runs(ofTimes: alerts.map { timeline.times[$0] }, closerThan: timeline.definition.gap)
      falseAlarms += alertRuns.count { run in alerts[run].allSatisfy { timeline.isFalseAlarm[$0] } }
    }
    let all = timeline.streams.flatMap(\.episodes)
    let known = all.count { $0.onset != nil }
    let time = timeline.durations.reduce(0, +)
    let timeInAlert = zip(timeline.durations, isAlert).reduce(0) { $0 + ($1.1 ? $1.0 : 0) }
    self.budget = budget
    self.threshold = threshold
    episodes = known
    unknownOnsets = all.count - known
    hits = leads.count
    recall = known > 0 ? Double(leads.count) / Double(known) : nil
    self.falseAlarms = falseAlarms
    falseAlarmsPerMarketDay =
      timeline.marketDays > 0 ? Double(falseAlarms) / Double(timeline.marketDays) : nil
    shareOfTimeInAlert = time > 0 ? timeInAlert / time : nil
    leadTimes = LeadTimes(seconds: leads)
  }

  /// The report of one scorer's scores for rows in time order.
  public init(
    rows: [EvaluationRow], scores: [Double], population: Population, definition: EpisodeDefinition,
    budget: AlertBudget
  ) throws(EvaluationFault) {
    try rows.checkOrder()
    guard scores.count == rows.count else {
      throw .countMismatch(scorer: "the scorer", rows: rows.count, predictions: scores.count)
    }
    let timeline = AlertTimeline(
      rows, streams: RowStream.all(of: rows), population: population, definition: definition)
    self.init(timeline, budget: budget, scores: AlertScores(timeline.rows.map { scores[$0] }))
  }
}

extension AlertTimeline {
  /// The lead times, in seconds, of the episodes that some alert hits; alerts and episodes in time order.
  fileprivate func leads(of episodes: [ShortfallEpisode], alerts: [Int]) -> [Double] {
    var first = 0
    return episodes.compactMap { episode in
      guard let onset = episode.onset else { return nil }
      while first < alerts.count, times[alerts[first]] < onset - definition.horizon { first += 1 }
      guard first < alerts.count, times[alerts[first]] <= onset - definition.minimumLead else { return nil }
      return (onset - times[alerts[first]]).seconds
    }
  }
}

extension [EvaluationRow] {
  /// Throws when a row is earlier than the row before it.
  func checkOrder() throws(EvaluationFault) {
    for row in indices.dropFirst() where self[row].time < self[row - 1].time { throw .rowsOutOfOrder(row: row) }
  }
}

/// Quantiles of lead times, in seconds, linear between order statistics.
public struct LeadTimes: Hashable, Sendable, Codable {
  /// The tenth percentile.
  public let tenthPercentile: Double
  /// The lower quartile.
  public let lowerQuartile: Double
  /// The median.
  public let median: Double
  /// The upper quartile.
  public let upperQuartile: Double
  /// The ninetieth percentile.
  public let ninetiethPercentile: Double

  init?(seconds: [Double]) {
    let sorted = seconds.sorted()
    guard let value = sorted.quantile(0.5) else { return nil }
    median = value
    tenthPercentile = sorted.quantile(0.1) ?? value
    lowerQuartile = sorted.quantile(0.25) ?? value
    upperQuartile = sorted.quantile(0.75) ?? value
    ninetiethPercentile = sorted.quantile(0.9) ?? value
  }
}

extension EpisodeReport: Codable {
  private enum CodingKeys: String, CodingKey {
    case budget
    case threshold
    case episodes
    case unknownOnsets
    case hits
    case recall
    case falseAlarms
    case falseAlarmsPerMarketDay
    case shareOfTimeInAlert
    case leadTimes
  }

  /// Writes every key, with null for what is undefined.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(budget, forKey: .budget)
    try container.encode(threshold.flatMap { $0.isFinite ? $0 : nil }, forKey: .threshold)
    try container.encode(episodes, forKey: .episodes)
    try container.encode(unknownOnsets, forKey: .unknownOnsets)
    try container.encode(hits, forKey: .hits)
    try container.encode(recall, forKey: .recall)
    try container.encode(falseAlarms, forKey: .falseAlarms)
    try container.encode(falseAlarmsPerMarketDay, forKey: .falseAlarmsPerMarketDay)
    try container.encode(shareOfTimeInAlert, forKey: .shareOfTimeInAlert)
    try container.encode(leadTimes, forKey: .leadTimes)
  }
}
