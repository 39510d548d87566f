public import Markets

/// How often a stream's state is kept.
public enum CheckpointInterval: Hashable, Sendable {
  /// After so many lines.
  case lines(Int)
  /// After so much time, as the books tell it.
  case time(TimeSpan)

  /// Reads a number of lines such as `10000` or a length of time such as `1m`, above zero; nil for other text.
  public init?(_ text: String) {
    if let count = Int(text) {
      guard count > 0 else { return nil }
      self = .lines(count)
    } else {
      guard let span = TimeSpan(text), span > .zero else { return nil }
      self = .time(span)
    }
  }
}

/// Says when a stream's state is to be kept.
public struct CheckpointSchedule: Sendable {
  /// Refused books may claim any times, so theirs count only after so many lines.
  private static let fewestLines = 10

  private let interval: CheckpointInterval
  private var lines: Int
  private var time: Timestamp?
  private var refusedNanoseconds: UInt64 = 0

  /// Creates a schedule for a stream of which `lines` lines were answered, its state being kept already.
  public init(_ interval: CheckpointInterval, lines: Int) {
    self.interval = interval
    self.lines = lines
  }

  /// Whether the interval has passed since the last time it had; a stream without books has no time.
  public mutating func isDue(lines: Int, clock: StreamClock) -> Bool {
    time = time ?? clock.time
    guard passed(lines: lines, clock) else { return false }
    self.lines = lines
    time = clock.time ?? time
    refusedNanoseconds = clock.refusedNanoseconds
    return true
  }

  private func passed(lines: Int, _ clock: StreamClock) -> Bool {
    switch interval {
    case .lines(let count): return lines - self.lines >= count
    case .time(let length):
      if let now = clock.time, let time, now - time >= length { return true }
      return clock.refusedNanoseconds &- refusedNanoseconds >= UInt64(bitPattern: length.nanoseconds)
        && lines - self.lines >= Self.fewestLines
    }
  }
}
