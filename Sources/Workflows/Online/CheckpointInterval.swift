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
  private let interval: CheckpointInterval
  private var lines: Int
  private var time: Timestamp?

  /// Creates a schedule for a stream of which `lines` lines were answered, its state being kept already.
  public init(_ interval: CheckpointInterval, lines: Int) {
    self.interval = interval
    self.lines = lines
  }

  /// Whether the interval has passed since the last time it had; a stream without books has no time.
  public mutating func isDue(lines: Int, time: Timestamp?) -> Bool {
    let since = self.time ?? time
    self.time = since
    let span: TimeSpan = if let time, let since { time - since } else { .zero }
    guard passed(lines: lines, span: span) else { return false }
    self.lines = lines
    self.time = time ?? since
    return true
  }

  private func passed(lines: Int, span: TimeSpan) -> Bool {
    switch interval {
    case .lines(let count): lines - self.lines >= count
    case .time(let length): span >= length
    }
  }
}
