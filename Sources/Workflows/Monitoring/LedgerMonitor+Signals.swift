internal import Ledger
internal import Markets
internal import Reporting
internal import Validation

extension LedgerMonitor {
  private struct Watched {
    enum Value {
      case outcome(probability: Double, happened: Bool)
      case loss(missed: Bool)

      /// Whether a series is made of such values.
      func isOf(_ series: MonitoredSeries) -> Bool {
        switch self {
        case .outcome: series != .missExcess
        case .loss: series == .missExcess
        }
      }
    }

    let time: Timestamp
    let market: MarketName
    let value: Value
  }

  /// Tells the monitors of the plan what is known, in the order in which it became known; nil without a plan.
  ///
  /// As where thresholds are found, outcomes are those of rows not in shortfall and losses those of all rows, beside the
  /// model's own quantile of the highest level.
  func signals() -> MonitoredSignals? {
    guard let plan = settings.monitors else { return nil }
    let watched = (outcomes() + losses()).sorted { $0.time < $1.time }
    var panel = DriftPanel(plan)
    var entries: [MonitoredSignals.Entry] = []
    for row in watched {
      let said =
        switch row.value {
        case .outcome(let probability, let happened):
          panel.observe(market: row.market, probability: probability, outcome: happened)
        case .loss(let missed): panel.observe(market: row.market, missed: missed)
        }
      entries += said.map { MonitoredSignals.Entry(time: row.time, said: $0) }
    }
    return MonitoredSignals(
      provenance: plan.provenance, averageRunLength: plan.averageRunLength, watched: watched.count, signals: entries,
      lastPeriod: lastPeriod(plan, watched, entries))
  }

  /// What each monitor was told and said in the last period.
  private func lastPeriod(
    _ plan: DriftPlan, _ watched: [Watched], _ entries: [MonitoredSignals.Entry]
  ) -> [MonitoredSignals.Watcher] {
    guard let last = rows.last?.origin.time else { return [] }
    let start = last - settings.period
    let (watched, entries) = (watched.filter { $0.time > start }, entries.filter { $0.time > start })
    return plan.entries.flatMap { entry in
      entry.monitors.map { monitor in
        let method = monitor.method.name
        return MonitoredSignals.Watcher(
          market: entry.market, series: monitor.series, method: method,
          values: watched.count { $0.market == entry.market && $0.value.isOf(monitor.series) },
          signals: entries.count {
            entry.market == $0.said.market && $0.said.series == monitor.series && $0.said.method == method
          })
      }
    }
  }

  private func outcomes() -> [Watched] {
    judged.compactMap { row in
      guard let happened = row.row.outcome, Population.onset.contains(row.row) else { return nil }
      return Watched(
        time: row.row.time + champion.informationSpan, market: row.row.market,
        value: .outcome(probability: row.said.probability, happened: happened))
    }
  }

  private func losses() -> [Watched] {
    let own = quantiles.filter { $0.role == .champion }
    let highest = own.map(\.level).max()
    return own.filter { $0.level == highest }.map { row in
      Watched(
        time: row.origin.time + champion.informationSpan, market: row.origin.market,
        value: .loss(missed: row.loss > row.said))
    }
  }

  /// The monitors' limit; none without monitors.
  func silence(_ monitors: MonitoredSignals?) -> [MonitorLimit] {
    guard let monitors else { return [] }
    return [SilenceLimit(monitors.lastPeriod, averageRunLength: monitors.averageRunLength).limit]
  }
}
