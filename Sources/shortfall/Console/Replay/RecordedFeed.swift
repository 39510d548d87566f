import Foundation
import Synchronization
import Workflows

/// Recorded books in a pipe, as if a feed wrote them: canonical lines, at the pace at which the books were recorded or
/// another.
///
/// What reads the pipe does all that it does with a live feed: it waits, is asked to stop, keeps its state.
final class RecordedFeed: Sendable {
  /// Hands over recorded books, the reports beside them and the losses of books, in their order.
  typealias Events = (_ each: (ReplayedEvent) throws -> Void) throws -> Void

  /// The reading end of the pipe.
  let descriptor: Int32
  private let entrance: Int32
  private let speed: ReplaySpeed
  private let events: Mutex<Events>
  private let failure = Mutex<(any Error)?>(nil)

  /// A line is written as soon as the next one is not due, and together with others up to this many bytes.
  private static let batch = 1 << 16

  /// Opens the pipe; nothing is read yet.
  init(_ speed: ReplaySpeed, _ events: sending @escaping Events) throws {
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else {
      throw FileFailure(path: "the recording", operation: "open a pipe", reason: String(cString: strerror(errno)))
    }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    descriptor = ends[0]
    entrance = ends[1]
    self.speed = speed
    self.events = Mutex(events)
  }

  deinit { close(descriptor) }

  /// Begins to feed, on a thread of its own.
  ///
  /// - Parameter count: How many lines come as fast as they are read, because they were answered before.
  func begin(passingOver count: Int) {
    Thread.detachNewThread { [self] in
      do {
        try feed(passingOver: count)
      } catch {
        failure.withLock { $0 = error }
      }
      close(entrance)
    }
  }

  /// To be asked after the end of the pipe: says why there was no more.
  ///
  /// - Throws: What a recording throws.
  func finish() throws {
    if let error = failure.withLock({ $0 }) { throw error }
  }

  /// What came before a failure is fed all the same.
  private func feed(passingOver count: Int) throws {
    var bytes: [UInt8] = []
    let result = Result { try feed(passingOver: count, waiting: &bytes) }
    try write(&bytes)
    try result.get()
  }

  private func feed(passingOver count: Int, waiting bytes: inout [UInt8]) throws {
    var pace = ReplayPace(speed)
    var passed = 0
    try events.withLock { events in
      try events { event in
        if passed < count {
          passed += 1
        } else {
          let wait = pace.wait(for: event.time, now: Clocks.steady())
          if wait > 0 {
            try write(&bytes)
            Self.sleep(nanoseconds: wait)
          }
        }
        event.append(to: &bytes)
        if bytes.count >= Self.batch { try write(&bytes) }
      }
    }
  }

  private func write(_ bytes: inout [UInt8]) throws {
    var position = 0
    while position < bytes.count {
      let written = bytes[position...].withUnsafeBytes { Foundation.write(entrance, $0.baseAddress, $0.count) }
      if written < 0 {
        if errno == EINTR { continue }
        throw FileFailure(path: "the recording", operation: "feed", reason: String(cString: strerror(errno)))
      }
      position += written
    }
    bytes.removeAll(keepingCapacity: true)
  }

  private static func sleep(nanoseconds: UInt64) {
    var wanted = timespec(
      tv_sec: Int(nanoseconds / 1_000_000_000), tv_nsec: Int(nanoseconds % 1_000_000_000))
    var left = timespec()
    while nanosleep(&wanted, &left) != 0, errno == EINTR { wanted = left }
  }
}
