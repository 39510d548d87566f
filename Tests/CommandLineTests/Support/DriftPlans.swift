import Foundation
import Markets
import ModelStore
import TestRecordings
import Validation

/// Files of drift monitors.
enum DriftPlans {
  /// Cumulative sums of the calibration and of the misses of every simulated market.
  static func file(threshold: Double, markets: Set<MarketName>? = nil) throws -> String {
    let monitors = [MonitoredSeries.calibrationResidual, .missExcess].compactMap {
      MonitorDesign(series: $0, method: .cumulativeSum(slack: 0.1), center: 0, deviation: 1, threshold: threshold)
    }
    let markets = markets ?? Set(SimulatedBooks.snapshots.map(\.market))
    let plan = DriftPlan(
      provenance: .simulated, averageRunLength: 1_000, dependence: .days, missTarget: 0.01,
      entries: markets.sorted().map { DriftPlan.Entry(market: $0, monitors: monitors) })
    return try Scratch.file("monitors.json", try StableJSON.text(of: plan))
  }

  /// Monitors that speak with each outcome that counts.
  static func speakingAlways() throws -> String { try file(threshold: -1) }
}
