import Foundation
import Synchronization
import Telemetry
import Workflows

/// Writes sheets of metrics into a file, beside the scoring.
final class MetricsOutput: Sendable {
  private struct Progress {
    var isBusy = false
    var failure: MetricsFile.Failure?
  }

  private let file: MetricsFile
  private let queue = DispatchQueue(label: "metrics")
  private let progress = Mutex(Progress())

  init(_ file: MetricsFile) { self.file = file }

  /// Why the last sheet was not written; nil when it was.
  var failure: MetricsFile.Failure? { progress.withLock { $0.failure } }

  /// Sends a sheet on its way; does nothing while another is.
  func send(_ sheet: @autoclosure () -> MetricSheet) {
    let isFree = progress.withLock { progress in
      defer { progress.isBusy = true }
      return !progress.isBusy
    }
    guard isFree else { return }
    let taken = sheet()
    queue.async { [self] in
      let failure = write(taken)
      progress.withLock { $0 = Progress(isBusy: false, failure: failure) }
    }
  }

  /// Puts a sheet into the file before it returns, after any that is on its way.
  func keep(_ sheet: MetricSheet) throws(MetricsFile.Failure) {
    if let failure = queue.sync(execute: { write(sheet) }) { throw failure }
  }

  private func write(_ sheet: MetricSheet) -> MetricsFile.Failure? {
    do throws(MetricsFile.Failure) {
      try file.write(sheet)
      return nil
    } catch {
      return error
    }
  }
}
