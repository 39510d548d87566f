import Features
import Foundation
import Markets
import Testing

@Suite("Derivative features")
struct DerivativeStateTests {
  private func book(_ seconds: Double, mid: Double = 100) throws -> MarketEvent {
    .book(try snapshot(seconds, FeaturesTests.book([(mid - 0.1, 10)], [(mid + 0.1, 20)])))
  }

  @Test("basis, funding and open interest are those of the worked stream")
  func worked() throws {
    let rows = ReportRows(
      [
        try figure(0, .markPrice, 101), try figure(0, .indexPrice, 100), try figure(1, .fundingRate, -0.0003),
        try figure(2, .openInterest, 5_000), try book(62),
      ], try .withReports())
    #expect(try agree(rows.value("basis"), log1p(100)))
    #expect(try agree(rows.value("basis", .buy), -log1p(100)))
    #expect(try agree(rows.value("funding_rate"), -log1p(3)))
    #expect(try agree(rows.value("funding_rate", .buy), log1p(3)))
    #expect(try agree(rows.value("open_interest_to_depth_100bp"), log((1 + 5e5) / (1 + 999))))
    #expect(try agree(rows.value("open_interest_to_depth_100bp", .buy), log((1 + 5e5) / (1 + 2_002))))
    #expect(try agree(rows.value("time_since_figure"), log1p(1)))
    #expect(try rows.value("open_interest_change_30m").isNaN)
    #expect(try rows.value("liquidated_to_depth_100bp_30m").isNaN)
  }

  @Test("open interest that the venue values itself is taken as it is, and contracts come first")
  func statedValue() throws {
    let events = [
      try figure(0, .openInterestValue, 3e5), try book(1), try figure(2, .openInterest, 5_000), try book(3),
      try figure(4, .openInterestValue, 6e5), try book(5), try figure(6, .openInterest, 10_000), try book(7),
    ]
    let rows = ReportRows(events, try .withReports())
    #expect(try agree(rows.value("open_interest_to_depth_100bp", row: 0), log((1 + 3e5) / 1_000)))
    #expect(try agree(rows.value("open_interest_to_depth_100bp", row: 1), log((1 + 5e5) / 1_000)))
    #expect(try rows.value("open_interest_change_30m", row: 1) == 0)
    #expect(try rows.value("open_interest_change_30m", row: 2) == 0)
    #expect(try agree(rows.value("open_interest_change_30m", row: 3), log(2)))
  }

  @Test("figures hold while figures keep coming, and at most a day")
  func staleness() throws {
    var events = [
      try figure(0, .fundingRate, 0.0001), try figure(0, .markPrice, 100), try figure(0, .indexPrice, 100),
    ]
    let hours = [0.5, 1.0, 1.1, 2, 23.9, 24.1]
    for hour in hours {
      if hour > 1.1 { events.append(try figure(hour * 3_600 - 60, .markPrice, 101)) }
      events.append(try book(hour * 3_600))
    }
    let rows = ReportRows(events, try .withReports())
    let funding = try hours.indices.map { try !rows.value("funding_rate", row: $0).isNaN }
    #expect(funding == [true, true, false, true, true, false])
    #expect(try rows.value("basis", row: 0) == 0)
    #expect(try rows.value("basis", row: 2).isNaN)
    #expect(try agree(rows.value("time_since_figure", row: 2), log1p(66)))
    #expect(try agree(rows.value("basis", row: 4), log1p(100)))
  }

  @Test("forced executions count on the side on which they execute, in the window")
  func liquidations() throws {
    let events = [
      try liquidation(-1, .sell, 100, 900), try book(0), try book(60), try liquidation(61, .sell, 99, 4),
      try liquidation(62, .buy, 101, 1), try book(120), try liquidation(121, .sell, 98, 1), try book(180),
      try book(1_900), try book(1_960),
    ]
    let rows = ReportRows(events, try .withReports())
    #expect(try rows.value("liquidated_to_depth_100bp_30m", row: 0).isNaN)
    #expect(try agree(rows.value("liquidated_to_depth_100bp_30m", row: 1), -log(1_000)))
    #expect(try agree(rows.value("liquidated_to_depth_100bp_30m", row: 2), log((1 + 396) / 1_000)))
    #expect(try agree(rows.value("liquidated_to_depth_100bp_30m", .buy, row: 2), log((1 + 101) / 2_003.0)))
    #expect(try agree(rows.value("liquidated_to_depth_100bp_30m", row: 3), log((1 + 396 + 98) / 1_000)))
    // The step that leads to the first book in the window is not inside it.
    #expect(try agree(rows.value("liquidated_to_depth_100bp_30m", row: 5), -log(1_000)))
    #expect(try agree(rows.value("liquidated_to_depth_100bp_2h", row: 5), log((1 + 396 + 98) / 1_000)))
  }

  @Test("windowed open interest and forced executions equal the slow twin", arguments: [71, 72] as [UInt64])
  func slowTwin(seed: UInt64) throws {
    let events = try randomEvents(seed: seed, markets: ["A"], count: 400, meanStep: 120).filter { event in
      if case .report(.figure(let figure)) = event { figure.kind != .openInterestValue } else { true }
    }
    let rows = ReportRows(events, try .withReports(windows: [.minutes(20), .hours(1)]))
    var seen: [MarketReport] = []
    var steps: [(time: Timestamp, reports: [MarketReport], interest: Double)] = []
    var pending: [MarketReport] = []
    var row = -1
    for event in events {
      switch event {
      case .report(let report):
        if report.fault == nil {
          seen.append(report)
          pending.append(report)
        }
      case .book(let snapshot):
        row += 1
        guard snapshot.book.mid != nil else { continue }
        steps.append((snapshot.time, pending, Self.openInterest(seen, at: snapshot.time)))
        pending = []
        let first = steps.indices.first { (snapshot.time - steps[$0].time).seconds < 1_200 } ?? 0
        let known = steps[first...].map(\.interest).filter { !$0.isNaN }
        let now = steps[steps.count - 1].interest
        let change = known.count > 1 && !now.isNaN ? log(now / known[0]) : .nan
        let found = try rows.value("open_interest_change_20m", row: row)
        #expect(agree(found, change), "row \(row): \(found), not \(change) of \(known)")
        let sold = steps[(first + 1)...].flatMap(\.reports).reduce(0.0) { sum, report in
          if case .liquidation(let order) = report, order.side == .sell { sum + order.price * order.size } else { sum }
        }
        let isHeard = steps.flatMap(\.reports).contains { if case .liquidation = $0 { true } else { false } }
        let depth = snapshot.book.depth(within: 0.01, on: .sell) ?? .nan
        let expected = isHeard && first + 1 < steps.count ? log(1 + sold) - log(1 + depth) : .nan
        #expect(try agree(rows.value("liquidated_to_depth_100bp_20m", row: row), expected, within: 1e-7))
      }
    }
  }

  /// The newest open interest in base units that holds and is above zero.
  private static func openInterest(_ reports: [MarketReport], at time: Timestamp) -> Double {
    let figures = reports.compactMap { if case .figure(let figure) = $0 { figure } else { nil } }
    guard let newest = figures.map(\.time).max(), (time - newest).seconds <= 3_600 else { return .nan }
    guard let held = figures.last(where: { $0.kind == .openInterest }) else { return .nan }
    return held.value > 0 && (time - held.time).seconds <= 86_400 ? held.value : .nan
  }
}
