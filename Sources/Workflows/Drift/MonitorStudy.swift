internal import Reporting
internal import Validation

/// One monitor on one series: its threshold, its run length and its delays.
struct MonitorStudy {
  /// What is found.
  struct Result {
    let design: MonitorDesign
    let figures: DriftReport.Monitor
  }

  /// What a study comes to.
  enum Finding {
    /// The design with its threshold, and the figures.
    case found(Result)
    /// Whatever its threshold, the monitor speaks less often than it should: once in so many values at most.
    case unreachable(least: Double)
    /// No threshold is found, because the monitor speaks too rarely.
    case nothing
  }

  private let reference: SeriesReference
  private let settings: DriftStudy.Settings
  private let design: MonitorDesign

  /// Creates a study; nil for a series without variation.
  init?(_ method: MonitorDesign.MethodName, on reference: SeriesReference, settings: DriftStudy.Settings) {
    let design = MonitorDesign(
      method, of: reference.series, reference: reference.values, shift: reference.shift, halfLife: settings.halfLife)
    guard let design else { return nil }
    self.design = design
    self.reference = reference
    self.settings = settings
  }

  /// The study itself.
  var finding: Finding {
    guard let own = calibrated(drawnBy: settings.calibration.dependence) else { return .nothing }
    guard own.isReached else { return .unreachable(least: own.runLengths.mean.value ?? .infinity) }
    let threshold = own.threshold
    var found = design
    found.threshold = threshold
    let byRows = settings.calibration.dependence == .rows ? threshold : calibrated(drawnBy: .rows)?.threshold
    var torn = design
    torn.threshold = byRows ?? .infinity
    let figures = DriftReport.Monitor(
      found, runLength: runLength(of: found, drawnBy: settings.calibration.dependence), rowsThreshold: byRows,
      rowsRunLength: byRows == nil ? .undefined : runLength(of: torn, drawnBy: .days), delays: delays(of: found))
    return .found(Result(design: found, figures: figures))
  }

  private func calibrated(drawnBy dependence: Dependence) -> ThresholdCalibration.Result? {
    let asked = settings.calibration
    let calibration = ThresholdCalibration(
      averageRunLength: asked.averageRunLength, precision: asked.precision, dependence: dependence, seed: asked.seed)
    return calibration?.threshold(of: design.monitor, on: reference.values, of: reference.rows)
  }

  private static let longestFactor = 30.0
  private static let freshSeed: UInt64 = 0xF5E5_0001
  private static let delaySeed: UInt64 = 0xF5E5_0002

  private func runLength(of design: MonitorDesign, drawnBy dependence: Dependence) -> Estimate {
    RunLengthSimulation(
      count: settings.calibration.seriesCount,
      longest: Int(settings.calibration.averageRunLength * Self.longestFactor), dependence: dependence,
      seed: settings.calibration.seed &+ Self.freshSeed
    ).runLengths(of: design.monitor, on: reference.values, of: reference.rows).mean
  }

  private func delays(of design: MonitorDesign) -> [DriftReport.Delay] {
    let simulation = RunLengthSimulation(
      count: settings.calibration.seriesCount, longest: settings.longest,
      dependence: settings.calibration.dependence, seed: settings.calibration.seed &+ Self.delaySeed)
    return PlantedChange.allCases.filter { $0.shows(in: reference.series) }.map { change in
      let slowSpan = settings.slowSpan
      let delays = simulation.delays(of: design.monitor, on: reference.rows, quiet: settings.quiet) {
        [reference] row, age, uniform in
        reference.value(row, change, progress: change.progress(age: age, slowSpan: slowSpan), uniform: uniform)
      }
      return DriftReport.Delay(change: change.name(slowSpan: slowSpan), delays: delays)
    }
  }
}
