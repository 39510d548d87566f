internal import Markets
internal import Validation

/// The run lengths and delays of drift monitors, as tables.
public struct DriftText {
  private let report: DriftReport
  private let style: TextTable.Style

  /// Creates the text of a report.
  public init(_ report: DriftReport, style: TextTable.Style = .plain) {
    self.report = report
    self.style = style
  }

  /// Every table, market by market, and what was said of watched data.
  public func text() -> String {
    ([heading] + report.groups.flatMap { [runLengths($0), delays($0)] } + (report.watch.map { [watched($0)] } ?? []))
      .joined(separator: "\n")
  }

  private var heading: String {
    let setting = report.setting
    let drawn = setting.dependence == .days ? "whole days" : "single rows"
    return """
      \(report.provenance.rawValue) reference, drawn by \(drawn); series and planted changes are SIMULATED, seed \(setting.seed).
      Thresholds for an average run length of \(count(setting.averageRunLength)) values, each monitor alone; simulated means to \
      \(Figures.percent(setting.precision, 1)) (one standard error).
      Lengths and delays are numbers of matured outcomes of one market; 95 % intervals in brackets.

      """
  }

  private func runLengths(_ group: DriftReport.Group) -> String {
    var table = TextTable([
      ("series", .left), ("monitor", .left), ("configured", .right), ("threshold", .right),
      ("simulated run length, fresh seeds", .right), ("threshold by single rows", .right),
      ("its run length on whole days", .right),
    ])
    for monitor in group.monitors {
      table.append([
        monitor.series.rawValue, monitor.method.rawValue, count(report.setting.averageRunLength),
        Figures.decimal(monitor.threshold, 3), interval(monitor.runLength),
        Figures.decimal(monitor.thresholdByRows, 3), interval(monitor.runLengthByRows),
      ])
    }
    return title(
      "\(report.provenance.rawValue) · \(group.name): run length without change; reference of "
        + "\(Figures.count(group.outcomes)) outcomes, \(Figures.count(group.events)) events, "
        + "\(Figures.count(group.losses)) losses, \(Figures.count(group.misses)) misses, "
        + "\(Figures.count(group.days)) days"
        + (group.events < Evidence.required.positives || group.days < Evidence.required.days
          ? " · INSUFFICIENT EVIDENCE" : ""))
      + table.text(style)
  }

  private func delays(_ group: DriftReport.Group) -> String {
    var table = TextTable([
      ("planted change", .left), ("series", .left), ("monitor", .left), ("mean delay", .right), ("10 %", .right),
      ("50 %", .right), ("90 %", .right), ("missed", .right),
    ])
    let changes = group.monitors.flatMap(\.delays).map(\.change)
    for change in changes.enumerated().filter({ changes.firstIndex(of: $0.element) == $0.offset }).map(\.element) {
      for monitor in group.monitors {
        for delay in monitor.delays where delay.change == change {
          table.append(
            [change, monitor.series.rawValue, monitor.method.rawValue, interval(delay.mean)]
              + delay.quantiles.map { $0.map(count) ?? Figures.absent } + [Figures.percent(delay.missed, 1)])
        }
      }
    }
    return title(
      "SIMULATED · \(group.name): delay until a planted change is told, within "
        + "\(Figures.count(report.setting.longest)) values")
      + table.text(style)
  }

  private func watched(_ watch: DriftReport.Watch) -> String {
    var table = TextTable([
      ("market", .left), ("series", .left), ("monitor", .left), ("signals", .right), ("first", .left),
      ("direction", .left), ("last", .left),
    ])
    for monitor in watch.monitors {
      let said = watch.signals.filter {
        $0.signal.market == monitor.market && $0.signal.series == monitor.series && $0.signal.method == monitor.method
      }
      table.append([
        monitor.market.text, monitor.series.rawValue, monitor.method.rawValue, Figures.count(said.count),
        said.first?.time.description ?? Figures.absent, said.first?.signal.signal.direction.rawValue ?? "",
        said.last?.time.description ?? Figures.absent,
      ])
    }
    return title(
      "\(report.provenance.rawValue) · what the monitors said from \(watch.from) on, by matured outcomes; "
        + "\(Figures.count(watch.outcomes)) outcomes, \(Figures.count(watch.losses)) losses")
      + table.text(style)
  }

  private func title(_ text: String) -> String { style == .markdown ? "**\(text)**\n\n" : text + "\n" }

  private func count(_ value: Double) -> String { Figures.amount(value) }

  private func interval(_ estimate: Estimate) -> String {
    guard let value = estimate.value else { return Figures.absent }
    guard let low = estimate.low, let high = estimate.high else { return count(value) }
    return "\(count(value)) [\(count(low)), \(count(high))]"
  }
}
