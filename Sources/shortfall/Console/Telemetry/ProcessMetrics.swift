import Foundation
import Markets
import Telemetry

/// What the process itself says: since when it runs, and in how much memory.
struct ProcessMetrics: MetricSource {
  // Not the usual names: the collector that gathers the file has metrics of its own process under those.
  private static let start = MetricFamily.gauge(
    "shortfall_process_start_time_seconds", "When the process began, since the epoch.")
  private static let written = MetricFamily.gauge(
    "shortfall_metrics_time_seconds", "When these metrics were taken, since the epoch.")
  private static let memory = MetricFamily.gauge(
    "shortfall_process_resident_memory_bytes", "Memory that the process has in use.")

  private let begin = Clocks.now()

  func report(to sheet: inout MetricSheet) {
    sheet.set(Self.start, to: Double(begin.nanoseconds) / 1e9)
    sheet.set(Self.written, to: Double(Clocks.now().nanoseconds) / 1e9)
    if let bytes = Self.residentBytes() { sheet.set(Self.memory, to: bytes) }
  }

  /// The resident memory; nil where the system does not say.
  private static func residentBytes() -> Int? {
    guard let text = try? String(contentsOfFile: "/proc/self/statm", encoding: .ascii) else { return nil }
    let pages = text.split(separator: " ").dropFirst().first.flatMap { Int($0) }
    return pages.map { $0 * sysconf(Int32(_SC_PAGESIZE)) }
  }
}
