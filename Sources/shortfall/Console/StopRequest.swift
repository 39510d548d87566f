import Foundation
import Synchronization

/// Whether the process was asked to end, by an interrupt from the keyboard or a polite kill.
enum StopRequest {
  private static let isMade = Atomic(false)

  /// From now on the first such signal is a request, and the next one ends the process at once.
  static func listen() {
    // Reading it here makes sure that the handler never has to create it.
    _ = wasMade
    // A parent that holds signals back in the thread that starts this process passes that on.
    var awaited = sigset_t()
    sigemptyset(&awaited)
    for number in [SIGINT, SIGTERM] {
      sigaddset(&awaited, number)
      signal(number) { number in
        StopRequest.isMade.store(true, ordering: .relaxed)
        signal(number, SIG_DFL)
      }
    }
    pthread_sigmask(SIG_UNBLOCK, &awaited, nil)
  }

  /// Whether a signal has come.
  static var wasMade: Bool { isMade.load(ordering: .relaxed) }
}
