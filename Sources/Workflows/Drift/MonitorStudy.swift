internal import Reporting
internal import Validation

/// One monitor on one series: its threshold, its run length and its delays.
struct MonitorStudy {
  /// What is found.
  struct Result {
    let design: MonitorDesign
    let figures: DriftReport.Monitor
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

  /// The design with its threshold, and the figures; nil when no threshold is found.
  var result: Result? {
    guard let threshold = lowestThreshold(drawnBy: settings.calibration.dependence) else { return nil }
    var found = design
    found.threshold = threshold
    let byRows = settings.calibration.dependence == .rows ? threshold : lowestThreshold(drawnBy: .rows)
    var torn = design
    torn.threshold = byRows ?? .infinity
    let figures = DriftReport.Monitor(
      found, runLength: runLength(of: found, drawnBy: settings.calibration.dependence), rowsThreshold: byRows,
      rowsRunLength: byRows == nil ? .undefined : runLength(of: torn, drawnBy: .days), delays: delays(of: found))
    return Result(design: found, figures: figures)
  }

  private func lowestThreshold(drawnBy dependence: Dependence) -> Double? {
    let asked = settings.calibration
    let calibration = ThresholdCalibration(
      averageRunLength: asked.averageRunLength, precision: asked.precision, dependence: dependence, seed: asked.seed)
    return calibration?.threshold(of: design.monitor, on: reference.values, of: reference.rows)?.threshold
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
