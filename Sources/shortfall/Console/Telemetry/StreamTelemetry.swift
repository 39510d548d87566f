import Foundation
import Logging
import Markets
import ModelStore
import Telemetry
import Validation
import Workflows

/// What a stream says of itself while it runs: a log, latencies at intervals, and a file of metrics.
///
/// Clocks are read only when something is asked for.
struct StreamTelemetry {
  /// The log on standard error.
  let log: Logger
  /// What is counted beside what the session counts.
  var counts = StreamCounts()

  private let metrics: MetricsOutput?
  private let labels: [MetricLabel]
  private let process = ProcessMetrics()
  private var statsPeriod: Period?
  private var metricsPeriod: Period?
  /// The latencies that were said last.
  private var latest: StageLatencies?
  private var saidFailure: String?

  init(_ options: TelemetryOptions) {
    log = options.log
    labels = options.metricsLabel
    metrics = options.metrics.map { MetricsOutput(MetricsFile(path: $0)) }
    let now = Clocks.steady()
    statsPeriod = options.stats.map { Period($0, from: now) }
    if metrics != nil { metricsPeriod = Period(options.metricsEvery ?? .seconds(15), from: now) }
  }

  /// Gives a session what it counts and times with, when that was asked for, and writes the first metrics.
  ///
  /// - Throws: `MetricsFile.Failure`
  mutating func begin(_ session: inout ScoringSession, _ checkpoints: Checkpoints?) throws {
    if metrics != nil { session.tally = StreamTally() }
    if statsPeriod != nil { session.timer = StageTimer(clock: Clocks.steady) }
    try metrics?.keep(sheet(session, checkpoints))
  }

  /// Takes note of the model that scores from now on, when metrics were asked for: its digest takes its time.
  mutating func take(_ model: StoredModel) throws {
    if metrics != nil { try counts.take(model) }
  }

  /// How long input may be waited for, in milliseconds as `poll` counts them; -1 for ever.
  var patience: Int32 {
    let periods = [statsPeriod, metricsPeriod].compactMap(\.self)
    if periods.isEmpty { return -1 }
    let now = Clocks.steady()
    let nearest = periods.map { $0.remaining(at: now) }.min() ?? 0
    return Int32(clamping: nearest / 1_000_000 + 1)
  }

  /// Says what is due, between two lines.
  mutating func follow(_ session: inout ScoringSession, _ checkpoints: Checkpoints?) {
    if statsPeriod == nil, metricsPeriod == nil { return }
    let now = Clocks.steady()
    if statsPeriod?.isDue(at: now) == true, let latencies = session.timer?.takeLatest() {
      say(latencies, "latest")
      latest = latencies
    }
    guard metricsPeriod?.isDue(at: now) == true, let metrics else { return }
    metrics.send(sheet(session, checkpoints))
    if let failure = metrics.failure?.description, failure != saidFailure {
      log.warning("the metrics were not written: \(failure)")
    }
    saidFailure = metrics.failure?.description
  }

  /// Says the last things.
  mutating func finish(_ session: inout ScoringSession, _ checkpoints: Checkpoints?) {
    if let all = session.timer?.all {
      say(all, "all")
      latest = all
    }
    do {
      try metrics?.keep(sheet(session, checkpoints))
    } catch {
      log.warning("the metrics were not written: \(error)")
    }
  }

  /// Makes a stream that says of itself what this does; a failure to make it is put into the metrics.
  mutating func following(_ make: (StreamTelemetry) throws -> ScoreStream) throws -> ScoreStream {
    do {
      return try make(self)
    } catch {
      fail(nil, nil, error)
      throw error
    }
  }

  /// Writes the metrics of a process that ends with a failure; a session that was not made yet counts nothing.
  mutating func fail(_ session: ScoringSession?, _ checkpoints: Checkpoints?, _ failure: any Error) {
    // Metrics that cannot be written are the failure itself.
    if failure is MetricsFile.Failure { return }
    counts.hasFailed = true
    do {
      try metrics?.keep(sheet(session, checkpoints))
    } catch {
      log.warning("the metrics were not written: \(error)")
    }
  }

  /// Says that the venue is not heard.
  func say(_ unheard: VenueNotHeard) { log.warn(unheard) }

  /// Says that most books are refused.
  func say(_ refused: LeapsRefused) {
    var details: Logger.Metadata = [
      "limit": "\(refused.limit)", "books": .stringConvertible(refused.bookCount),
      "refused": .stringConvertible(refused.refusedCount),
    ]
    details["usual_gap"] = refused.usualGap.map { "\($0.cut)" }
    log.warning(
      "most books are further ahead than --leap-limit, and refused: shorter than the stream's silences, or a wrong clock?",
      metadata: details)
  }

  /// Says what a drift monitor says.
  func say(_ notice: DriftNotice) {
    let said = notice.said
    log.warning(
      "a drift monitor speaks",
      metadata: [
        "market": "\(said.market)", "series": "\(said.series.rawValue)", "monitor": "\(said.method.rawValue)",
        "direction": "\(said.signal.direction.rawValue)", "known_at": "\(notice.time)",
        "evidence": .stringConvertible(said.signal.statistic), "threshold": .stringConvertible(said.signal.threshold),
      ])
  }

  private func say(_ latencies: StageLatencies, _ which: String) {
    for stage in Stage.allCases where latencies[stage].count > 0 {
      let summary = latencies[stage]
      var details: Logger.Metadata = ["stage": "\(stage.name)", "count": .stringConvertible(summary.count)]
      for (level, nanoseconds) in summary.quantiles {
        let name = level == 1 ? "max" : "p\(Self.percent(level))"
        details["\(name)_us"] = .stringConvertible(Double(nanoseconds) / 1_000)
      }
      log.notice("latency, \(which)", metadata: details)
    }
  }

  private static func percent(_ level: Double) -> String {
    let tenths = Int((level * 1_000).rounded())
    return tenths % 10 == 0 ? "\(tenths / 10)" : "\(tenths / 10).\(tenths % 10)"
  }

  private func sheet(_ session: ScoringSession?, _ checkpoints: Checkpoints?) -> MetricSheet {
    var sheet = MetricSheet(shared: labels)
    process.report(to: &sheet)
    session?.report(to: &sheet, at: Clocks.now())
    counts.report(to: &sheet)
    checkpoints?.report(to: &sheet)
    if let latest, let all = session?.timer?.all {
      for stage in Stage.allCases {
        sheet.set(Self.latency, [stage.name], quantiles: latest[stage], all: all[stage])
      }
    }
    return sheet
  }

  private static let latency = MetricFamily.summary(
    "shortfall_stage_latency_seconds", "From line to answer, by stage; quantiles of the last interval of --stats.",
    by: ["stage"])
}
