package import Reporting
internal import Sampling
internal import Validation

/// Whether drift monitors of outcomes and losses spoke more often in a period than chance lets them.
///
/// Without change the signals of one monitor come about as a Poisson process, one in a run length. A monitor's p-value is the
/// probability of as many signals as it gave, or more, among as many values. Monitors watch the same outcomes and speak
/// together, so that nothing is assumed of how they hang together: the smallest p-value counts times the number of monitors
/// (C. E. Bonferroni). So the limit is broken by chance in no more than the stated share of periods, however many
/// monitors there are.
package struct SilenceLimit {
  /// The limit.
  package let limit: MonitorLimit

  /// Judges monitors by what they were told and said in a period.
  package init(_ monitors: [MonitoredSignals.Watcher], averageRunLength: Double) {
    let name = "silence of the drift monitors"
    let told = monitors.filter { $0.series != .logOdds && $0.values > 0 }
    let judged = told.map { monitor in
      let mean = Double(monitor.values) / averageRunLength
      return (monitor: monitor, pValue: PoissonDistribution.probability(ofAtLeast: monitor.signals, mean: mean))
    }
    guard let worst = judged.min(by: { $0.pValue < $1.pValue }) else {
      limit = MonitorLimit(name: name, state: .undecided, reason: "nothing matured in the last period")
      return
    }
    let signals = told.reduce(0) { $0 + $1.signals }
    let expected = told.reduce(0.0) { $0 + Double($1.values) } / averageRunLength
    let pValue = min(1, worst.pValue * Double(judged.count))
    let facts = """
      \(Figures.count(signals)) signals of \(judged.count) monitors in the last period, \(Figures.decimal(expected, 1)) expected by chance
      """
    let monitor = worst.monitor
    limit = MonitorLimit(
      name: name, state: pValue < MonitorLimits.significance ? .broken : .kept,
      reason: signals == 0
        ? facts
        : """
        \(facts); most by \(monitor.method.rawValue) of \(monitor.series.rawValue) in \(monitor.market): \(monitor.signals), \
        p \(Figures.decimal(pValue, 4)) among all; below \(Figures.decimal(MonitorLimits.significance, 2)) is too many
        """)
  }
}
