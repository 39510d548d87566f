import ArgumentParser
import Ledger
import Markets
import ModelStore
import Reporting
import Validation
import Workflows

struct Monitor: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Shows from a stream's ledger how its probabilities, quantiles, alerts and margins do.",
    discussion: """
      The ledger is what 'score --ledger' writes, and may be written meanwhile. Only labels that have matured are judged, \
      and where there is too little to judge by, that is said.
      """)

  enum Format: String, CaseIterable, ExpressibleByArgument {
    case text, markdown, json
  }

  @Option(help: ArgumentHelp("The ledger.", valueName: "file"))
  var ledger: String

  @OptionGroup var window: WindowOptions

  @Option(help: ArgumentHelp("The time that drift compares, a week unless given.", valueName: "span"))
  var period: TimeSpan?

  @Option(
    help: ArgumentHelp("Drift monitors with their thresholds, as 'drift --output' writes them.", valueName: "file"))
  var monitors: String?

  @Option(name: .customLong("output-format"), help: "How the result is written; docs/monitor-json.md documents json.")
  var outputFormat = Format.text

  @Flag(help: "Exit with 1 when a limit is broken.")
  var gate = false

  func validate() throws {
    if let period, period <= .zero { throw ValidationError("--period must be above zero.") }
  }

  func run() throws {
    try Rim.run {
      var settings = LedgerMonitor.Settings()
      settings.window = LedgerWindow(from: window.start, to: window.end)
      if let period { settings.period = period }
      settings.monitors = try monitors.map(DriftPlanFile.plan)
      let report = try LedgerMonitor(try Ledger(ledger, for: .reading), settings).report()
      switch outputFormat {
      case .text: StandardOutput.write(MonitorText(report).text())
      case .markdown: StandardOutput.write(MonitorText(report, style: .markdown).text())
      case .json: StandardOutput.write(try StableJSON.text(of: report))
      }
      let broken = report.limits.filter { $0.state == .broken }
      if gate, !broken.isEmpty {
        throw Refusal.gate("broken limits: \(broken.map(\.name).joined(separator: "; "))")
      }
    }
  }
}
