public import Markets
public import Reporting
public import Validation

/// Finds the thresholds of drift monitors and shows what they are worth: run lengths without change, delays with one.
public struct DriftStudy: Sendable {
  /// The settings of a study.
  public struct Settings: Hashable, Sendable {
    /// How thresholds are found.
    public let calibration: ThresholdCalibration
    /// How long the stability index remembers, in values.
    public let halfLife: Double

    /// Creates settings.
    public init(calibration: ThresholdCalibration, halfLife: Double) {
      self.calibration = calibration
      self.halfLife = halfLife
    }

    /// The number of values before a planted change.
    var quiet: Int { Int(min(calibration.averageRunLength / 5, 2_000)) }
    /// The number of values over which the slow change comes.
    var slowSpan: Int { max(1, Int(calibration.averageRunLength / 4)) }
    /// The number of values after a change within which a signal counts.
    var longest: Int { Int(calibration.averageRunLength) }
  }

  /// The monitors with their thresholds.
  public let plan: DriftPlan
  /// What is known of them.
  public let report: DriftReport

  /// Studies a simulated reference: a model that is right.
  ///
  /// - Throws: `DriftFailure`.
  public static func simulated(_ settings: Settings, talk: any Talk) throws(DriftFailure) -> DriftStudy {
    guard let market = SimulatedReference.market else { throw .nothingToWatch }
    return try DriftStudy(
      [(market, SimulatedReference.rows(seed: settings.calibration.seed))],
      missTarget: SimulatedReference.missTarget, settings: settings, watch: nil, talk: talk)
  }

  /// Studies recorded outcomes: those that had matured before `from` are the reference, those after it are watched.
  ///
  /// - Throws: `DriftFailure`.
  public static func recorded(
    _ history: OutcomeHistory, from: Timestamp, settings: Settings, talk: any Talk
  ) throws(DriftFailure) -> DriftStudy {
    let references = history.markets.map { ($0.market, $0.rows.matured(from: .distantPast, to: from)) }
    return try DriftStudy(
      references, missTarget: history.missTarget, settings: settings, watch: (history, from), talk: talk)
  }

  private init(
    _ references: [(market: MarketName, rows: WatchedRows)], missTarget: Double, settings: Settings,
    watch: (history: OutcomeHistory, from: Timestamp)?, talk: any Talk
  ) throws(DriftFailure) {
    var pooled = WatchedRows()
    for (_, rows) in references {
      pooled.outcomes += rows.outcomes
      pooled.losses += rows.losses
    }
    var unreachable: (failure: DriftFailure, least: Double)?
    func studied(
      _ series: [MonitoredSeries], _ rows: WatchedRows, name: String
    ) -> [MonitorStudy.Result] {
      series.flatMap { series in
        let reference = SeriesReference(series, rows, missTarget: missTarget)
        return reference.methods.compactMap { method -> MonitorStudy.Result? in
          talk.step("\(name): \(method.rawValue) of \(series.rawValue)")
          switch MonitorStudy(method, on: reference, settings: settings)?.finding {
          case .found(let result): return result
          case .unreachable(let least):
            if least > unreachable?.least ?? 0 {
              let wanted = settings.calibration.averageRunLength
              unreachable = (.unreachable(method, of: series, wanted: wanted, least: least), least)
            }
          case .nothing, nil: break
          }
          return nil
        }
      }
    }
    let shared = studied(MonitoredSeries.allCases.filter(\.isOfOutcomes), pooled, name: Self.allMarkets)
    var groups: [DriftReport.Group] = []
    var entries: [DriftPlan.Entry] = []
    for (market, rows) in references {
      let own = studied(MonitoredSeries.allCases.filter { !$0.isOfOutcomes }, rows, name: market.text)
      let shown = references.count == 1 ? shared + own : own
      groups.append(Self.group(market.text, rows, monitors: shown.map(\.figures)))
      entries.append(DriftPlan.Entry(market: market, monitors: (shared + own).map(\.design)))
    }
    if references.count > 1 {
      groups.insert(Self.group(Self.allMarkets, pooled, monitors: shared.map(\.figures)), at: 0)
    }
    if let unreachable { throw unreachable.failure }
    guard entries.contains(where: { !$0.monitors.isEmpty }) else { throw .nothingToWatch }
    let provenance = Provenance(of: entries.map(\.market))
    let calibration = settings.calibration
    plan = DriftPlan(
      provenance: provenance, averageRunLength: calibration.averageRunLength, dependence: calibration.dependence,
      missTarget: missTarget, entries: entries)
    report = DriftReport(
      provenance: provenance,
      setting: DriftReport.Setting(
        averageRunLength: calibration.averageRunLength, precision: calibration.precision,
        dependence: calibration.dependence, quiet: settings.quiet, slowSpan: settings.slowSpan,
        longest: settings.longest, seed: calibration.seed),
      groups: groups, watch: watch.map { [plan] in $0.history.watched(by: plan, from: $0.from) })
  }

  private static let allMarkets = "all markets"

  private static func group(_ name: String, _ rows: WatchedRows, monitors: [DriftReport.Monitor]) -> DriftReport.Group {
    DriftReport.Group(
      name: name, outcomes: rows.outcomes.count, events: rows.outcomes.count(where: \.happened),
      losses: rows.losses.count, misses: rows.losses.count(where: \.missed),
      days: Set((rows.outcomes.map(\.matured) + rows.losses.map(\.matured)).map(\.day)).count, monitors: monitors)
  }
}

extension MonitoredSeries {
  /// Whether an outcome must be known.
  ///
  /// Such series have mean zero in every market, and events are few, so that the days of
  /// all markets are one reference for them.
  fileprivate var isOfOutcomes: Bool { self != .logOdds }
}

/// Why no monitor could be made.
public enum DriftFailure: Error, Hashable, Sendable, CustomStringConvertible {
  /// No series of the reference varies enough for a threshold.
  case nothingToWatch
  /// The model knows none of the markets, or no outcome is known.
  case noOutcomes
  /// A monitor cannot speak as often as it should; of several, the one that speaks least.
  case unreachable(MonitorDesign.MethodName, of: MonitoredSeries, wanted: Double, least: Double)

  /// The failure in one sentence.
  public var description: String {
    switch self {
    case .nothingToWatch: "the reference holds no series for which a threshold can be found"
    case .unreachable(let method, let series, let wanted, let least):
      "a run length of \(Figures.amount(wanted)) cannot be reached: \(method.rawValue) of \(series.rawValue) speaks once in "
        + "\(Figures.amount(least)) values at most, whatever its threshold; ask for no less"
    case .noOutcomes: "no outcome is known of a market that the model knows"
    }
  }
}
