public import ArgumentParser
public import Logging
import Markets
public import Telemetry

/// What a stream says of itself while it runs.
struct TelemetryOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp("Say on standard error how long each stage took, at such intervals.", valueName: "interval"))
  var stats: TimeSpan?

  @Option(
    help: ArgumentHelp(
      "Keep metrics in a file for a collector of Prometheus' text format; its name should end with '.prom'.",
      valueName: "file"))
  var metrics: String?

  @Option(help: ArgumentHelp("How often the metrics are written (default: 15s).", valueName: "interval"))
  var metricsEvery: TimeSpan?

  @Option(
    help: ArgumentHelp(
      "A label of every metric, such as shard=eu, by which several processes are told apart.", valueName: "name=value"))
  var metricsLabel: [MetricLabel] = []

  @Option(help: "How messages on standard error are written: text or json.")
  var logFormat = LogFormat.text

  @Option(help: "The least level of messages: trace, debug, info, notice, warning, error or critical.")
  var logLevel = Logger.Level.info

  func validate() throws {
    for (name, interval) in [("--stats", stats), ("--metrics-every", metricsEvery)] {
      if let interval, interval < TimeSpan(nanoseconds: 10_000_000) {
        throw ValidationError("\(name) must be at least 10ms.")
      }
    }
    if metrics == nil, metricsEvery != nil || !metricsLabel.isEmpty {
      throw ValidationError("--metrics-every and --metrics-label need --metrics.")
    }
    if Set(metricsLabel.map(\.name)).count != metricsLabel.count {
      throw ValidationError("--metrics-label names a label twice.")
    }
  }

  /// The log on standard error.
  var log: Logger {
    Logger(label: "shortfall") { label in
      LineLogHandler(
        label: label, format: logFormat, level: logLevel, clock: { Clocks.now().description },
        sink: { StandardError.write($0) })
    }
  }
}

extension LogFormat: ExpressibleByArgument {}

extension Logger.Level: @retroactive ExpressibleByArgument {}

extension MetricLabel: ExpressibleByArgument {
  /// Reads `name=value`.
  public init?(argument: String) {
    let parts = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    guard parts.count == 2 else { return nil }
    self.init(name: parts[0], value: parts[1])
  }
}
