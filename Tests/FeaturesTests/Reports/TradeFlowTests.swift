import Features
import Foundation
import Markets
import Testing

@Suite("Trade features")
struct TradeFlowTests {
  private func book(_ seconds: Double, mid: Double, bids: Double = 10, asks: Double = 20) throws -> MarketEvent {
    .book(try snapshot(seconds, FeaturesTests.book([(mid - 0.1, bids)], [(mid + 0.1, asks)])))
  }

  @Test("a step's trades are those of the worked stream")
  func worked() throws {
    let rows = ReportRows(
      [
        try trade(-1, 100, 50, .buy), try book(0, mid: 100), try trade(10, 99.9, 3, .sell), try trade(20, 100, 1, .buy),
        try trade(30, 100, 2, nil), try book(60, mid: 99.8), try book(70, mid: 99.8),
      ], try .withReports())
    let (sold, bought, unknown) = (99.9 * 3, 100.0, 200.0)
    let (bids, asks) = (99.7 * 10, 99.9 * 20)
    #expect(try agree(rows.value("trade_imbalance_30m"), (bought - sold) / (bought + sold)))
    #expect(try agree(rows.value("trade_imbalance_30m", .buy), (sold - bought) / (bought + sold)))
    #expect(try agree(rows.value("taken_to_depth_100bp_30m"), log((1 + sold) / (1 + bids))))
    #expect(try agree(rows.value("taken_to_depth_100bp_30m", .buy), log((1 + bought) / (1 + asks))))
    #expect(try agree(rows.value("traded_to_depth_100bp_30m"), log((1 + sold + bought + unknown) / (1 + bids))))
    let illiquidity = abs(log(99.8 / 100)) / (sold + bought + unknown)
    #expect(try agree(rows.value("amihud_30m"), log1p(illiquidity * 1e10)))
    #expect(try rows.value("kyle_lambda_30m").isNaN)
    #expect(try agree(rows.value("time_since_trade"), log1p(40.0 / 60)))
  }

  @Test("without a trade in the longest window nothing is known, and with one silence is a zero")
  func silence() throws {
    let events = [
      try book(0, mid: 100), try book(60, mid: 100), try trade(61, 100, 1, .sell), try book(120, mid: 100),
      try book(4_000, mid: 100), try book(9_000, mid: 100), try book(9_060, mid: 100),
    ]
    let rows = ReportRows(events, try .withReports())
    #expect(try rows.value("taken_to_depth_100bp_30m", row: 1).isNaN)
    #expect(try rows.value("time_since_trade", row: 1).isNaN)
    #expect(try rows.value("taken_to_depth_100bp_30m", row: 2) > -7)
    #expect(try agree(rows.value("taken_to_depth_100bp_2h", .buy, row: 2), -log(1 + 100.1 * 20)))
    #expect(try rows.value("trade_imbalance_30m", row: 3).isNaN)
    #expect(try rows.value("trade_imbalance_2h", row: 3) == -1)
    #expect(try rows.value("taken_to_depth_100bp_2h", row: 5).isNaN)
    #expect(try rows.value("time_since_trade", row: 5) > 0)
  }

  @Test("Kyle's lambda and its error are those of least squares on planted impact")
  func plantedImpact() throws {
    var events = [try book(0, mid: 100)]
    var log = Foundation.log(100.0)
    var pairs: [(x: Double, y: Double)] = []
    for step in 1...24 {
      let size = Double(step % 7) - 3
      let noise = step % 2 == 0 ? 1e-6 : -1e-6
      if size != 0 { events.append(try trade(Double(step) * 10 - 5, 100, abs(size), size > 0 ? .buy : .sell)) }
      pairs.append((size * 100, 2e-7 * size * 100 + noise))
      log += pairs[pairs.count - 1].y
      events.append(try book(Double(step) * 10, mid: exp(log)))
    }
    let rows = ReportRows(events, try .withReports())
    let count = Double(pairs.count)
    let (meanX, meanY) = (pairs.map(\.x).reduce(0, +) / count, pairs.map(\.y).reduce(0, +) / count)
    let squares = pairs.map { ($0.x - meanX) * ($0.x - meanX) }.reduce(0, +)
    let slope = pairs.map { ($0.x - meanX) * ($0.y - meanY) }.reduce(0, +) / squares
    let residuals = pairs.map { $0.y - meanY - slope * ($0.x - meanX) }
    let error = (residuals.map { $0 * $0 }.reduce(0, +) / (count - 2) / squares).squareRoot()
    #expect(abs(slope - 2e-7) < 1e-9)
    #expect(try agree(rows.value("kyle_lambda_30m"), log1p(slope * 1e10), within: 1e-6))
    #expect(try agree(rows.value("kyle_lambda_error_30m"), log1p(error * 1e10), within: 1e-4))
    #expect(try rows.value("kyle_lambda_30m", row: 9).isNaN)
    #expect(try !rows.value("kyle_lambda_30m", row: 10).isNaN)
  }

  @Test("windowed trades are those of the steps inside the window", arguments: [61, 62] as [UInt64])
  func slowTwin(seed: UInt64) throws {
    let events = try randomEvents(seed: seed, markets: ["A"], count: 400)
    let configuration = try FeatureConfiguration.withReports(windows: [.hours(1), .hours(6)])
    let rows = ReportRows(events, configuration)
    var steps: [SlowStep] = []
    var row = -1
    var pending: [Trade] = []
    for event in events {
      if case .report(.trade(let trade)) = event, event.fault == nil { pending.append(trade) }
      guard case .book(let snapshot) = event else { continue }
      row += 1
      guard let mid = snapshot.book.mid else { continue }
      steps.append(SlowStep(time: snapshot.time, mid: mid, trades: pending))
      pending = []
      for (hours, name) in [(1.0, "1h"), (6, "6h")] {
        let inside = SlowStep.inside(steps, hours: hours)
        let isHeard = SlowStep.inside(steps, hours: 6).contains { !$0.trades.isEmpty }
        let sums = SlowSums(inside)
        #expect(try agree(rows.value("trade_imbalance_\(name)", row: row), isHeard ? sums.imbalance : .nan))
        let depth = snapshot.book.depth(within: 0.01, on: .sell) ?? .nan
        let taken = isHeard && !inside.isEmpty ? log(1 + sums.sold) - log(1 + depth) : .nan
        #expect(try agree(rows.value("taken_to_depth_100bp_\(name)", row: row), taken, within: 1e-7))
        let amihud = isHeard ? log1p(sums.moves / sums.total * 1e10) : .nan
        #expect(try agree(rows.value("amihud_\(name)", row: row), amihud, within: 1e-7))
      }
    }
  }
}

private struct SlowStep {
  let time: Timestamp
  let mid: Double
  let trades: [Trade]
  var move = 0.0

  init(time: Timestamp, mid: Double, trades: [Trade]) {
    self.time = time
    self.mid = mid
    self.trades = trades
  }

  /// The steps whose two ends lie in the window that ends with the last.
  static func inside(_ steps: [SlowStep], hours: Double) -> [SlowStep] {
    guard let last = steps.last else { return [] }
    return steps.indices.dropFirst().compactMap { index in
      guard (last.time - steps[index - 1].time).seconds < hours * 3_600 else { return nil }
      var step = steps[index]
      step.move = log(step.mid / steps[index - 1].mid)
      return step
    }
  }
}

private struct SlowSums {
  var bought = 0.0
  var sold = 0.0
  var total = 0.0
  var moves = 0.0

  init(_ steps: [SlowStep]) {
    for step in steps {
      for trade in step.trades {
        let notional = trade.price * trade.size
        total += notional
        if trade.aggressor == .buy { bought += notional }
        if trade.aggressor == .sell { sold += notional }
      }
      if !step.trades.isEmpty { moves += abs(step.move) }
    }
  }

  var imbalance: Double { bought + sold > 0 ? (bought - sold) / (bought + sold) : .nan }
}

extension MarketEvent {
  fileprivate var fault: MarketReport.Fault? {
    if case .report(let report) = self { report.fault } else { nil }
  }
}
