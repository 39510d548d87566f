import Markets
import Telemetry

/// What is counted of the states that were put into their file.
struct CheckpointCounts: MetricSource {
  private static let outcomes = MetricFamily.counter(
    "shortfall_checkpoints_total", "States that were to be put into their file.", by: ["result"])
  private static let duration = MetricFamily.gauge(
    "shortfall_checkpoint_duration_seconds", "How long the last state took to reach the disk.")
  private static let size = MetricFamily.gauge("shortfall_checkpoint_bytes", "The size of the last state.")
  private static let time = MetricFamily.gauge(
    "shortfall_checkpoint_time_seconds", "When the last state reached the disk, since the epoch.")

  /// States that did not reach their file.
  var failed = 0

  private var kept = 0
  private var last: (bytes: Int, nanoseconds: UInt64, time: Timestamp)?

  /// Counts a state that reached the disk now.
  mutating func keep(bytes: Int, nanoseconds: UInt64) {
    kept += 1
    last = (bytes, nanoseconds, Clocks.now())
  }

  func report(to sheet: inout MetricSheet) {
    sheet.set(Self.outcomes, ["kept"], to: kept)
    sheet.set(Self.outcomes, ["failed"], to: failed)
    guard let last else { return }
    sheet.set(Self.duration, to: Double(last.nanoseconds) / 1e9)
    sheet.set(Self.size, to: last.bytes)
    sheet.set(Self.time, to: Double(last.time.nanoseconds) / 1e9)
  }
}
