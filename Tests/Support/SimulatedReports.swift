import MarketData
package import Markets

/// The simulated books with invented trades, figures and forced executions among them.
package enum SimulatedReports {
  /// Books and reports, in time order.
  package static let events: [MarketEvent] = SimulatedBooks.snapshots.enumerated().flatMap { number, snapshot in
    reports(before: snapshot, number: number) + [.book(snapshot)]
  }

  /// A training configuration that asks for them.
  package static let training = SimulatedBooks.training(name: "reports").replacing(
    "  slowHalfLife: 6h\n",
    with: """
        slowHalfLife: 6h
        families: [depth, persistence, flow, volatility, context, trades, derivatives, cross-market]

      """
  ).replacing(
    "    - depth_50bp\n",
    with: """
          - depth_50bp
          - taken_to_depth_100bp_1h
          - basis
          - liquidated_to_depth_100bp_6h

      """)

  /// Canonical JSON lines of some events.
  package static func lines(_ events: some Sequence<MarketEvent>) -> [UInt8] {
    var bytes: [UInt8] = []
    let writer = CanonicalLineWriter()
    for event in events { writer.append(event, to: &bytes) }
    return bytes
  }

  /// The reports that arrive one second before a book; the pattern repeats every 35 books.
  private static func reports(before snapshot: BookSnapshot, number: Int) -> [MarketEvent] {
    guard let mid = snapshot.book.mid else { return [] }
    let (time, market) = (snapshot.time - .seconds(1), snapshot.market)
    func figure(_ kind: MarketFigure.Kind, _ value: Double) -> MarketReport {
      .figure(MarketFigure(time: time, market: market, kind: kind, value: value))
    }
    let side = LiquidationSide.allCases[number % 2]
    var reports: [MarketReport] = []
    if number % 5 != 0 {
      let aggressor: Aggressor? = number % 7 == 0 ? nil : side == .sell ? .sell : .buy
      reports.append(
        .trade(
          Trade(
            time: time, market: market, price: mid, size: 10_000 * Double(1 + number % 7) / mid, aggressor: aggressor)))
    }
    reports += [
      figure(.markPrice, mid * (1 + 1e-4 * Double(number % 7 - 3))), figure(.indexPrice, mid),
      figure(.openInterest, 5e6 * Double(20 + number % 35) / mid), figure(.fundingRate, 1e-5 * Double(number % 5 - 2)),
    ]
    if number % 11 == 0 {
      let size = 20_000 / mid
      reports.append(.liquidation(Liquidation(time: time, market: market, side: side, price: mid, size: size)))
    }
    return reports.map(MarketEvent.report)
  }
}
