import Foundation
import Synchronization
import Telemetry
import Workflows

/// Keeps the states of a stream in a file, beside the scoring.
///
/// A state is taken between two lines; digest, writing and syncing happen on a thread of their own. No more than one
/// state is on its way.
final class Checkpoints: Sendable {
  private enum Progress {
    case idle
    case underway
    case failed(any Error)
  }

  private let file: StateFile
  private let outputs: StreamOutputs
  private let queue = DispatchQueue(label: "checkpoints")
  private let progress = Mutex(Progress.idle)
  private let counts = Mutex(CheckpointCounts())

  init(_ file: StateFile, outputs: StreamOutputs) {
    self.file = file
    self.outputs = outputs
  }

  /// Whether a state is still on its way.
  var isBusy: Bool {
    progress.withLock { if case .underway = $0 { true } else { false } }
  }

  /// The failure of the last state that was sent on its way, once.
  func takeFailure() -> (any Error)? {
    progress.withLock { progress in
      guard case .failed(let error) = progress else { return nil }
      progress = .idle
      return error
    }
  }

  /// Sends a state on its way.
  func send(_ state: TakenState) {
    progress.withLock { $0 = .underway }
    queue.async { [self] in
      let result = Result { try write(state) }
      progress.withLock { progress in
        progress = if case .failure(let error) = result { .failed(error) } else { .idle }
      }
    }
  }

  /// Puts a state into the file before it returns, after any that is on its way.
  func keep(_ state: TakenState) throws {
    try queue.sync { try write(state) }
  }

  /// The answers are on disk before the state says that they stand.
  private func write(_ state: TakenState) throws {
    let begin = Clocks.steady()
    do {
      try outputs.sync()
      try file.save(state)
    } catch {
      counts.withLock { $0.failed += 1 }
      throw error
    }
    let nanoseconds = Clocks.steady() &- begin
    counts.withLock { $0.keep(bytes: state.size, nanoseconds: nanoseconds) }
  }
}

extension Checkpoints: MetricSource {
  func report(to sheet: inout MetricSheet) { counts.withLock { $0 }.report(to: &sheet) }
}
