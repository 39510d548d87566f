import Markets
import Testing
import Validation

@Suite("Episodes")
struct EpisodeTests {
  private let definition = EpisodeDefinition(gap: .hours(1), minimumLead: .minutes(10), horizon: .minutes(40))

  @Test("Positive rows closer than the gap form one episode; at the gap they form two")
  func gap() throws {
    // Rows every ten minutes: 50 minutes apart is one episode, 60 minutes apart two.
    #expect(ShortfallEpisode.all(in: try rows("+....+"), definition).count == 1)
    #expect(ShortfallEpisode.all(in: try rows("+.....+"), definition).count == 2)
    #expect(ShortfallEpisode.all(in: try rows("......"), definition).isEmpty)
  }

  @Test("The onset is the first row in shortfall, positive or not, within a horizon of the run")
  func onset() throws {
    let inside = try #require(ShortfallEpisode.all(in: try rows("..++##+"), definition).first)
    #expect(inside.firstPositive == (try instant(minute: 20)))
    #expect(inside.lastPositive == (try instant(minute: 60)))
    #expect(inside.onset == (try instant(minute: 40)))
    let after = try #require(ShortfallEpisode.all(in: try rows("++..s"), definition).first)
    #expect(after.onset == (try instant(minute: 40)))
    let censored = try #require(ShortfallEpisode.all(in: try rows("++!"), definition).first)
    #expect(censored.onset == (try instant(minute: 20)))
    let tooLate = try #require(ShortfallEpisode.all(in: try rows("++.....s"), definition).first)
    #expect(tooLate.onset == nil)
    let before = try #require(ShortfallEpisode.all(in: try rows("s.++"), definition).first)
    #expect(before.onset == nil)
  }

  @Test("A row in shortfall of the next run is not this run's onset")
  func nextRun() throws {
    let wide = EpisodeDefinition(gap: .minutes(20), horizon: .hours(5))
    let episodes = ShortfallEpisode.all(in: try rows("+....+#"), wide)
    #expect(episodes.map(\.onset) == [nil, try instant(minute: 60)])
  }

  @Test("An episode that is positive only while in shortfall is not in the onset population")
  func populations() throws {
    let persistent = try #require(ShortfallEpisode.all(in: try rows("##"), definition).first)
    #expect(!persistent.isIn(.onset) && persistent.isIn(.state))
    let warned = try #require(ShortfallEpisode.all(in: try rows("+#"), definition).first)
    #expect(warned.isIn(.onset))
  }

  @Test("Markets and sides have episodes of their own, in name order")
  func streams() throws {
    var all = try rows("+++", market: "XRPUSDT", side: .buy)
    all += try rows("+++", market: "ETHUSDT", side: .buy)
    all += try rows("+++", market: "ETHUSDT", side: .sell)
    all.sort { $0.time < $1.time }
    let episodes = ShortfallEpisode.all(in: all, definition)
    #expect(episodes.map { "\($0.market) \($0.side)" } == ["ETHUSDT sell", "ETHUSDT buy", "XRPUSDT buy"])
  }
}

@Suite("Alerts and episodes")
struct EpisodeReportTests {
  private let definition = EpisodeDefinition(gap: .hours(1), minimumLead: .minutes(20), horizon: .minutes(40))

  private func report(
    _ rowText: String, _ scoreText: String, _ budget: AlertBudget = .threshold(0.5),
    population: Population = .state
  ) throws -> EpisodeReport {
    try EpisodeReport(
      rows: try rows(rowText), scores: scores(scoreText), population: population, definition: definition,
      budget: budget)
  }

  @Test("An alert at least the minimum lead before the onset is a hit with that lead")
  func hit() throws {
    let report = try report("..++++##", "00009000")
    #expect(report.episodes == 1 && report.hits == 1 && report.recall == 1)
    #expect(report.leadTimes?.median == 1_200.0)
    #expect(report.falseAlarms == 0)
  }

  @Test("Of several alerts the earliest inside the horizon gives the lead")
  func earliest() throws {
    let report = try report("..++++##", "99999999")
    #expect(report.leadTimes?.median == 2_400.0)
  }

  @Test("An alert later than the minimum lead, or earlier than the horizon, is a miss")
  func missed() throws {
    #expect(try report("..++++##", "00000999").hits == 0)
    #expect(try report("..++++##", "09000000").hits == 0)
    #expect(try report("..++++##", "09000000").recall == 0)
  }

  @Test("Runs of alerts that touch nothing positive, in shortfall or censored are false alarms")
  func falseAlarms() throws {
    // Two separate runs of false alerts, one that reaches an episode, one on a censored row.
    let rowText = "........................+##s........?"
    let scoreText = "990900000000900000000009900000000009900"
    let report = try report(rowText, String(scoreText.prefix(rowText.count)))
    #expect(report.falseAlarms == 2)
    // Rows of six hours lie in one UTC day of one market.
    #expect(report.falseAlarmsPerMarketDay == 2)
  }

  @Test("Time in alert is the share of the rows' lasting, a row lasting at most the gap")
  func timeInAlert() throws {
    #expect(isClose(try report("....", "0990").shareOfTimeInAlert, 2.0 / 3))
    let name = try #require(MarketName("ETHUSDT"))
    let sparse = try [0, 10, 600, 610].map {
      EvaluationRow(
        market: name, side: .sell, time: try instant(minute: $0), outcome: false, inShortfall: false)
    }
    // Lasting 10, 60 (capped), 10 and 0 minutes.
    let report = try EpisodeReport(
      rows: sparse, scores: scores("0900"), population: .state, definition: definition, budget: .threshold(0.5))
    #expect(isClose(report.shareOfTimeInAlert, 60.0 / 80))
  }

  @Test("Onset alerts stand only on rows that are not in shortfall")
  func onsetPopulation() throws {
    #expect(try report("..##++", "009900", population: .onset).shareOfTimeInAlert == 0)
    #expect(try report("..##++", "009900", population: .state).shareOfTimeInAlert == 0.4)
  }

  @Test("An episode whose onset was not seen enters no recall")
  func unknownOnset() throws {
    let report = try report("..++.....", "009000000")
    #expect(report.episodes == 0 && report.unknownOnsets == 1 && report.recall == nil && report.leadTimes == nil)
  }

  @Test("Without rows everything is undefined")
  func empty() throws {
    let report = try report("", "", .shareOfTime(0.05))
    #expect(report.threshold == nil && report.shareOfTimeInAlert == nil && report.falseAlarmsPerMarketDay == nil)
  }

  @Test("Lead-time quantiles are linear between order statistics")
  func quantiles() throws {
    var all: [EvaluationRow] = []
    var alerts: [Double] = []
    for (index, scoreText) in ["090000", "009000", "000900"].enumerated() {
      all += try rows("..+++#", from: 600 * index)
      alerts += scores(scoreText)
    }
    let report = try EpisodeReport(
      rows: all, scores: alerts, population: .state, definition: definition, budget: .threshold(0.5))
    // Leads of 40, 30 and 20 minutes.
    let leads = try #require(report.leadTimes)
    #expect(leads.median == 1_800 && leads.lowerQuartile == 1_500 && leads.upperQuartile == 2_100)
    #expect(isClose(leads.tenthPercentile, 1_320, within: 1e-9))
    #expect(isClose(leads.ninetiethPercentile, 2_280, within: 1e-9))
  }

  @Test("Rows out of order and a wrong number of scores are named")
  func faults() throws {
    let backwards = Array(try rows("..").reversed())
    #expect(throws: EvaluationFault.rowsOutOfOrder(row: 1)) {
      try EpisodeReport(
        rows: backwards, scores: [0, 0], population: .state, definition: definition, budget: .threshold(1))
    }
    #expect(throws: EvaluationFault.self) { try report("..", "0") }
  }
}
