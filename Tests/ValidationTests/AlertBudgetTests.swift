import Markets
import Testing
import Validation

@Suite("Alert budgets")
struct AlertBudgetTests {
  private let definition = EpisodeDefinition(gap: .hours(2), horizon: .hours(1))

  @Test("A budget's threshold equals that of a search over every distinct score", arguments: 0..<6)
  func exhaustiveTwin(seed: Int) throws {
    let period = try SimulatedPeriod(seed: UInt64(seed), days: 4, rowsPerDay: 30)
    let scores = period.noisy.map { ($0 * 40).rounded() / 40 }
    for population in Population.allCases {
      func report(_ budget: AlertBudget) throws -> EpisodeReport {
        try EpisodeReport(
          rows: period.rows, scores: scores, population: population, definition: definition, budget: budget)
      }
      let present = zip(period.rows, scores).filter { population.contains($0.0) }.map(\.1)
      let candidates = Set(present).sorted(by: >)
      let reports = try candidates.map { try report(.threshold($0)) }
      for limit in [0.25, 0.5, 1, 2, 3] {
        let allowed = reports.prefix {
          ($0.falseAlarmsPerMarketDay ?? 0) <= limit
            && ($0.shareOfTimeInAlert ?? 0) <= AlertBudget.longestShareOfTime + 1e-12
        }.last?.threshold
        #expect(try report(.falseAlarmsPerMarketDay(limit)).threshold == allowed)
      }
      for limit in [0.01, 0.05, 0.2] {
        let allowed = reports.prefix { ($0.shareOfTimeInAlert ?? 0) <= limit + 1e-12 }.last?.threshold
        #expect(try report(.shareOfTime(limit)).threshold == allowed)
      }
    }
  }

  @Test("A scorer that cannot alert within the budget does not alert at all")
  func constantScore() throws {
    let report = try EpisodeReport(
      rows: try rows("....+#"), scores: scores("333333"), population: .state, definition: definition,
      budget: .shareOfTime(0.05))
    #expect(report.threshold == nil)
    #expect(report.shareOfTimeInAlert == 0 && report.hits == 0 && report.falseAlarms == 0)
  }

  @Test("However many false alarms are allowed, an alert that hardly ends is none")
  func generous() throws {
    let report = try EpisodeReport(
      rows: try rows("....+#"), scores: scores("123456"), population: .state, definition: definition,
      budget: .falseAlarmsPerMarketDay(5))
    #expect(report.threshold == 0.5)
    #expect(report.shareOfTimeInAlert ?? 1 <= AlertBudget.longestShareOfTime)
  }
}
