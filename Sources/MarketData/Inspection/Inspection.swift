public import Markets

/// Counts what a recording holds, event by event, in memory that grows with the number of markets only.
public struct Inspection: Sendable {
  private static let faultLimit = 10

  private var tallies: [MarketName: MarketTally] = [:]
  private var rejectedRecords = 0
  private var firstFaults: [String] = []

  /// Creates an inspection that has seen nothing.
  public init() {}

  /// Takes notice of the next event; a market's books come in time order.
  public mutating func observe(_ event: RecordedEvent) {
    switch event {
    case .snapshot(let snapshot):
      tallies[snapshot.market, default: MarketTally()].count(snapshot)
    case .report(let report):
      tallies[report.market, default: MarketTally()].count(report)
    case .rejected(let fault):
      rejectedRecords += 1
      if firstFaults.count < Self.faultLimit { firstFaults.append(fault.description) }
      if let market = fault.market { tallies[market, default: MarketTally()].count(fault) }
    }
  }

  /// Takes notice that a market's rebuilt book was lost, until a new snapshot of it.
  public mutating func observe(lossOf market: MarketName) {
    tallies[market, default: MarketTally()].countLoss()
  }

  /// The report on everything observed.
  public func finish() -> InspectionReport { finish { _ in nil } }

  /// The report on everything observed, with the number of source lines of each market.
  public func finish(rows: (MarketName) -> Int?) -> InspectionReport {
    InspectionReport(
      markets: tallies.sorted { $0.key < $1.key }.map { market, tally in
        tally.finish(market: market, rows: rows(market))
      },
      rejectedRecords: rejectedRecords, firstFaults: firstFaults)
  }
}
