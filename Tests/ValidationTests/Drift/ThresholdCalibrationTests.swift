import Foundation
import Sampling
import Testing
import Validation

@Suite("Thresholds from simulated run lengths")
struct ThresholdCalibrationTests {
  /// 100 days of 50 rows of standard normal values, those of a day moved together by half a deviation.
  private static let days = (0..<5_000).map { $0 / 50 }
  private static let rows = ReferenceRows(days: days)
  private static let values: [Double] = {
    var generator = SeededGenerator(seed: 3)
    let moves = (0..<100).map { _ in 0.5 * generator.normal() }
    return days.map { generator.normal() + moves[$0] }
  }()

  private func calibration(_ dependence: Dependence, seed: UInt64 = 1) throws -> ThresholdCalibration {
    try #require(
      ThresholdCalibration(averageRunLength: 300, precision: 0.05, dependence: dependence, seed: seed))
  }

  private static let methods: [MonitorDesign.Method] = [
    .cumulativeSum(slack: 0.25), .pageHinkley(tolerance: 0.1), .adaptiveWindow(range: 8),
    .stabilityIndex(reference: StabilityIndex(reference: values), halfLife: 100),
  ]

  private func monitor(_ method: MonitorDesign.Method) throws -> SeriesMonitor {
    try #require(MonitorDesign(series: .calibrationResidual, method: method, center: 0, deviation: 1)).monitor
  }

  /// Both means have a standard error of 5 %, so that 20 % is 2.8 standard errors of their difference.
  @Test("Fresh series have the run length asked for", arguments: methods, Dependence.allCases)
  func attained(method: MonitorDesign.Method, dependence: Dependence) throws {
    var monitor = try monitor(method)
    let found = try #require(try calibration(dependence).threshold(of: monitor, on: Self.values, of: Self.rows))
    #expect(try #require(found.runLengths.mean.value) >= 300)
    #expect(try #require(found.runLengths.mean.value) < 300 * 1.12)
    monitor.threshold = found.threshold
    let fresh = RunLengthSimulation(count: 400, longest: 9_000, dependence: dependence, seed: 77)
      .runLengths(of: monitor, on: Self.values, of: Self.rows)
    let mean = try #require(fresh.mean.value)
    #expect(abs(mean / 300 - 1) < 0.2, "\(method.name.rawValue), \(dependence): \(mean)")
  }

  @Test("The run lengths of the calibration are those of monitors with the threshold") func sameSeries() throws {
    var monitor = try monitor(Self.methods[0])
    let calibration = try calibration(.days)
    let found = try #require(calibration.threshold(of: monitor, on: Self.values, of: Self.rows))
    monitor.threshold = found.threshold
    let again = RunLengthSimulation(
      count: calibration.seriesCount, longest: 9_000, dependence: .days, seed: 1 &+ 0x5EED_0001
    ).runLengths(of: monitor, on: Self.values, of: Self.rows)
    #expect(again == found.runLengths)
  }

  @Test("Days that move together ask for a higher threshold, and the lower one speaks too often") func dependence()
    throws
  {
    var monitor = try monitor(Self.methods[0])
    let torn = try #require(try calibration(.rows).threshold(of: monitor, on: Self.values, of: Self.rows))
    let whole = try #require(try calibration(.days).threshold(of: monitor, on: Self.values, of: Self.rows))
    #expect(whole.threshold > 1.5 * torn.threshold)
    monitor.threshold = torn.threshold
    let lengths = RunLengthSimulation(count: 400, longest: 9_000, dependence: .days, seed: 5)
      .runLengths(of: monitor, on: Self.values, of: Self.rows)
    #expect(try #require(lengths.mean.value) < 200)
  }

  @Test("The same seed finds the same bits, another one nearly the same threshold") func seeds() throws {
    let monitor = try monitor(Self.methods[0])
    let found = try (0..<3).map { place in
      try #require(
        try calibration(.rows, seed: place < 2 ? 1 : 2).threshold(of: monitor, on: Self.values, of: Self.rows))
    }
    #expect(found[0] == found[1])
    #expect(found[0] != found[2] && abs(found[0].threshold / found[2].threshold - 1) < 0.1)
  }

  @Test("A larger shift is found sooner, a shift before nobody looks does not count") func delays() throws {
    var monitor = try monitor(Self.methods[0])
    monitor.threshold = 12
    let simulation = RunLengthSimulation(count: 200, longest: 2_000, dependence: .rows, seed: 6)
    let means = try [0.5, 1, 2].map { shift in
      let delays = simulation.delays(of: monitor, on: Self.rows, quiet: 100) { row, age, _ in
        Self.values[row] + (age < 0 ? 0 : shift)
      }
      #expect(delays.silentCount == 0)
      return try #require(delays.mean.value)
    }
    #expect(means[0] > means[1] && means[1] > means[2])
    #expect(means[2] > 12 / 2.25)
  }

  @Test("Nothing is found where nothing can be told") func refusals() throws {
    let monitor = try monitor(Self.methods[0])
    let calibration = try calibration(.rows)
    #expect(calibration.threshold(of: monitor, on: [], of: ReferenceRows(days: [])) == nil)
    #expect(calibration.threshold(of: monitor, on: [0, 0], of: ReferenceRows(days: [1, 2])) == nil)
    #expect(calibration.threshold(of: monitor, on: [.nan, .nan], of: ReferenceRows(days: [1, 2])) == nil)
    #expect(ThresholdCalibration(averageRunLength: 1, precision: 0.05, dependence: .rows, seed: 1) == nil)
    #expect(ThresholdCalibration(averageRunLength: .nan, precision: 0.05, dependence: .rows, seed: 1) == nil)
    #expect(ThresholdCalibration(averageRunLength: 100, precision: 0, dependence: .rows, seed: 1) == nil)
  }
}
