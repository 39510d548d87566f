import Foundation
import Synchronization

/// What a process that follows a stream is asked by signals, none of which interrupts a line.
///
/// The first interrupt or polite kill is a request to stop and the next one ends the process at once; a hang-up is a
/// request to read model and policy again.
enum StreamSignals {
  /// What ended a wait.
  enum Event {
    /// Input came, or its end.
    case input
    /// A signal came.
    case request
    /// Neither came in time.
    case nothing
  }

  private static let stop = Atomic(false)
  private static let reload = Atomic(false)
  /// The writing end of a pipe that wakes a waiting process.
  private static let bell = Atomic<Int32>(-1)
  private static let listener = Atomic<Int32>(-1)

  /// Begins to take signals as requests.
  static func listen() {
    // Touching them here makes sure that the handlers never have to create them.
    _ = (wantsStop, takeReload(), bell.load(ordering: .relaxed))
    var ends: [Int32] = [-1, -1]
    if pipe(&ends) == 0 {
      for end in ends {
        _ = fcntl(end, F_SETFL, O_NONBLOCK)
        _ = fcntl(end, F_SETFD, FD_CLOEXEC)
      }
      listener.store(ends[0], ordering: .relaxed)
      bell.store(ends[1], ordering: .relaxed)
    }
    var awaited = sigset_t()
    sigemptyset(&awaited)
    for number in [SIGINT, SIGTERM] {
      sigaddset(&awaited, number)
      signal(number) { number in
        StreamSignals.stop.store(true, ordering: .relaxed)
        signal(number, SIG_DFL)
        StreamSignals.ring()
      }
    }
    sigaddset(&awaited, SIGHUP)
    signal(SIGHUP) { _ in
      StreamSignals.reload.store(true, ordering: .relaxed)
      StreamSignals.ring()
    }
    pthread_sigmask(SIG_UNBLOCK, &awaited, nil)
  }

  private static func ring() {
    let before = errno
    var byte: UInt8 = 1
    _ = write(bell.load(ordering: .relaxed), &byte, 1)
    errno = before
  }

  /// Whether the process was asked to stop.
  static var wantsStop: Bool { stop.load(ordering: .relaxed) }

  /// Whether the process was asked to read model and policy again since it was last asked here.
  static func takeReload() -> Bool { reload.exchange(false, ordering: .relaxed) }

  /// Waits until a descriptor has something to read, or has ended, or until a signal comes; none is missed.
  ///
  /// - Parameter patience: The milliseconds after which waiting ends; -1 for never.
  static func wait(for descriptor: Int32, patience: Int32) -> Event {
    let listener = listener.load(ordering: .relaxed)
    var requests = [descriptor, listener].map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
    var ready: Int32
    repeat {
      ready = poll(&requests, nfds_t(requests.count), patience)
    } while ready < 0 && errno == EINTR
    if ready == 0 { return .nothing }
    guard requests[1].revents != 0 else { return .input }
    var bytes = [UInt8](repeating: 0, count: 64)
    while read(listener, &bytes, bytes.count) > 0 {}
    return .request
  }
}
