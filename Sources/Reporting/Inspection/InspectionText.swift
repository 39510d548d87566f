public import MarketData
internal import Markets

/// What a recording holds, as a table with a column for each market.
public struct InspectionText {
  private let report: InspectionReport

  /// Creates the text of a report.
  public init(_ report: InspectionReport) {
    self.report = report
  }

  /// The tables.
  public func text() -> String {
    let provenance = Provenance(of: report.markets.compactMap { MarketName($0.market) })
    let markets = report.markets.count == 1 ? "1 market" : "\(report.markets.count) markets"
    let records = report.rejectedRecords == 1 ? "1 rejected record" : "\(report.rejectedRecords) rejected records"
    var text = "\(provenance.rawValue) · \(markets), \(records)\n"
    text += table().text()
    for fault in report.firstFaults { text += "rejected \(fault)\n" }
    if report.rejectedRecords > report.firstFaults.count, !report.firstFaults.isEmpty {
      text += "… and \(report.rejectedRecords - report.firstFaults.count) more\n"
    }
    return text
  }

  private func table() -> TextTable {
    var table = TextTable([("", .left)] + report.markets.map { ($0.market, TextTable.Alignment.right) })
    func row(_ title: String, _ value: (MarketInspection) -> String) {
      table.append([title] + report.markets.map(value))
    }
    row("source rows") { $0.rows.map(Figures.count) ?? Figures.absent }
    row("snapshots") { Figures.count($0.snapshots) }
    appendReports(to: &table)
    row("first") { $0.first ?? Figures.absent }
    row("last") { $0.last ?? Figures.absent }
    row("cadence, median (s)") { Figures.decimal($0.cadence?.median, 1) }
    row("cadence, 90 % (s)") { Figures.decimal($0.cadence?.ninetieth, 1) }
    row("longest silence (s)") { Figures.decimal($0.cadence?.longest, 0) }
    row("gaps") { Figures.count($0.gaps.count) }
    row("gap limit (s)") { Figures.decimal($0.gaps.limit, 0) }
    row("longest gap (s)") { Figures.decimal($0.gaps.longest.first?.seconds, 0) }
    row("longest gap starts") { $0.gaps.longest.first?.start ?? Figures.absent }
    row("stale repeats") { Figures.count($0.staleRepeats) }
    row("longest stale run") { Figures.count($0.longestStaleRun) }
    row("locked") { Figures.count($0.locked) }
    row("crossed") { Figures.count($0.crossed) }
    row("one-sided") { Figures.count($0.oneSided) }
    row("empty") { Figures.count($0.empty) }
    row("duplicates") { Figures.count($0.duplicates) }
    row("out of order, rejected") { Figures.count($0.outOfOrder) }
    row("malformed, rejected") { Figures.count($0.malformed) }
    if report.markets.contains(where: { $0.lostBooks != nil }) {
      row("lost books") { Figures.count($0.lostBooks ?? 0) }
    }
    row("bid coverage, median (bp)") { Figures.decimal($0.bidCoverage?.median, 0) }
    row("bid coverage, least (bp)") { Figures.decimal($0.bidCoverage?.minimum, 0) }
    row("ask coverage, median (bp)") { Figures.decimal($0.askCoverage?.median, 0) }
    row("ask coverage, least (bp)") { Figures.decimal($0.askCoverage?.minimum, 0) }
    return table
  }

  /// One row for each kind of report that some market has.
  private func appendReports(to table: inout TextTable) {
    let kinds: [(title: String, count: (ReportCounts) -> Int)] = [
      ("trades", \.trades), ("mark prices", \.markPrices), ("index prices", \.indexPrices),
      ("open interests", \.openInterests), ("funding rates", \.fundingRates), ("liquidations", \.liquidations),
    ]
    for kind in kinds {
      let counts = report.markets.map { $0.reports.map(kind.count) ?? 0 }
      if counts.contains(where: { $0 > 0 }) { table.append([kind.title] + counts.map(Figures.count)) }
    }
  }
}
