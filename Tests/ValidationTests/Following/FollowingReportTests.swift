import Markets
import Testing
import Validation

@Suite("What following outcomes was worth")
struct FollowingReportTests {
  private func market(_ text: String) throws -> MarketName { try #require(MarketName(text)) }

  /// Twenty rows a day; the fixed quantile misses five of them and the adapted one two, on every other day more.
  private func quantiles(days: Range<Int>) throws -> [FollowedQuantile] {
    let names = try [market("SIM-A"), market("SIM-B")]
    return days.flatMap { day in
      (0..<20).map { row in
        FollowedQuantile(
          market: names[row % 2], side: row % 4 < 2 ? .sell : .buy, day: day, level: 0.9, fixed: 1,
          adapted: day % 2 == 0 ? 3 : 2, value: row < 5 ? Double(row) : 0.5)
      }
    }
  }

  @Test func coverageIsTheShareOfRowsAtOrBelowTheQuantile() throws {
    let report = FollowingReport(
      quantiles: try quantiles(days: 20_000..<20_040), probabilities: [], provenance: .simulated)
    let all = try #require(report.coverage.first)
    #expect(all.scope == .all && all.rows == 800 && all.days == 40)
    // The losses 2, 3 and 4 lie above 1; 3 and 4 above 2 on odd days, 4 alone above 3 on even ones.
    #expect(all.fixed.value == 0.85 && all.fixed.low == 0.85)
    #expect(abs(try #require(all.adapted.value) - 0.925) < 1e-12)
    #expect(try #require(all.adapted.low) < 0.925 && (try #require(all.adapted.high)) > 0.925)
    #expect(abs(try #require(all.adaptedMean.value) - 2.5) < 1e-12)
    #expect(
      report.coverage.map(\.scope).dropFirst() == [
        .side(try market("SIM-A"), .sell), .side(try market("SIM-A"), .buy), .side(try market("SIM-B"), .sell),
        .side(try market("SIM-B"), .buy),
      ])
    #expect(report.coverage.dropFirst().map(\.rows) == [200, 200, 200, 200])
    #expect(report.probabilities == nil)
  }

  @Test func monthsAndTwoWeeksTellWhenItWas() throws {
    // 20,000 is 2024-10-04; the month ends with day 20,027.
    let report = FollowingReport(
      quantiles: try quantiles(days: 20_000..<20_040), probabilities: [], provenance: .simulated)
    #expect(report.months.map(\.scope) == [.month("2024-10"), .month("2024-11")])
    #expect(report.months.map(\.days) == [28, 12])
    let rolling = try #require(report.rolling.first)
    #expect(rolling.points.count == 40)
    #expect(rolling.points[0].day.description == "2024-10-04T00:00:00Z")
    #expect(rolling.points[0].adapted == 0.95 && rolling.points[0].fixed == 0.85)
    #expect(abs(rolling.points[39].adapted - 0.925) < 1e-12)
  }

  @Test func probabilitiesAreComparedWhereBothWereSaid() throws {
    let rows = (0..<400).map { row in
      FollowedProbability(
        day: 20_000 + row / 20, fixed: 0.5, adapted: row < 100 ? nil : 0.25, happened: row % 4 == 0)
    }
    let report = FollowingReport(quantiles: [], probabilities: rows, provenance: .real)
    let figures = try #require(report.probabilities)
    #expect(figures.rows == 400 && figures.positives == 100 && figures.recalibratedRows == 300)
    #expect(figures.rate.value == 0.25 && figures.adaptedMean.value == 0.25 && figures.fixedMean.value == 0.5)
    #expect(try #require(figures.saved.value) > 0.1)
    #expect(report.coverage.isEmpty && report.months.isEmpty && report.rolling.isEmpty)
  }
}
