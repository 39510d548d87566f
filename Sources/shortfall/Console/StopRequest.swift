import Foundation
import Synchronization

/// Whether the process was asked to end, by an interrupt from the keyboard or a polite kill.
enum StopRequest {
  private static let isMade = Atomic(false)

  /// From now on the first such signal is a request, and the next one ends the process at once.
  static func listen() {
    // Reading it here makes sure that the handler never has to create it.
    _ = wasMade
    for number in [SIGINT, SIGTERM] {
      signal(number) { number in
        StopRequest.isMade.store(true, ordering: .relaxed)
        signal(number, SIG_DFL)
      }
    }
  }

  /// Whether a signal has come.
  static var wasMade: Bool { isMade.load(ordering: .relaxed) }
}
