import ArgumentParser
import Markets

/// How fast recorded books come, beside how fast they came when they were recorded.
enum ReplaySpeed: Hashable, Sendable, ExpressibleByArgument {
  /// So many times as fast.
  case times(Double)
  /// As fast as they are read.
  case unlimited

  /// Reads `60x`, `0.5x` or `max`.
  init?(argument: String) {
    if argument == "max" {
      self = .unlimited
    } else {
      guard argument.hasSuffix("x"), let factor = Double(argument.dropLast()), factor > 0, factor.isFinite else {
        return nil
      }
      self = .times(factor)
    }
  }
}

/// When recorded books are due on a steady clock.
struct ReplayPace {
  private let speed: ReplaySpeed
  private var origin: (recorded: Timestamp, due: UInt64)?

  init(_ speed: ReplaySpeed) { self.speed = speed }

  /// The nanoseconds until a book is due, 0 when it is late; the first is due now.
  mutating func wait(for time: Timestamp, now: UInt64) -> UInt64 {
    guard case .times(let factor) = speed else { return 0 }
    let origin = origin ?? (time, now)
    self.origin = origin
    let passed = (time - origin.recorded).seconds * 1e9 / factor
    // Centuries are as good as for ever, and no number to convert.
    let due = origin.due &+ UInt64(min(max(passed, 0), 1e19 - 1))
    return due > now ? due - now : 0
  }
}
