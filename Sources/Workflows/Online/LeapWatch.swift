public import Markets

/// Notices that a stream's books are mostly refused as leaps: the limit is shorter than the stream's silences, or clocks are
/// wrong.
///
/// It is no state: it looks at what one process reads, a thousand books at a time.
struct LeapWatch: Sendable {
  /// Of how many books it is judged.
  static let patience = 1_000

  private enum Phase {
    case watching
    case found(LeapsRefused)
    case told
  }

  private let limit: TimeSpan
  private var phase = Phase.watching
  private var bookCount = 0
  private var refusedCount = 0
  /// By how much refused books were ahead of the book before.
  private var gaps: [TimeSpan] = []
  private var last: Timestamp?

  init(_ limit: TimeSpan) { self.limit = limit }

  /// Takes a book that was admitted.
  mutating func admit(_ time: Timestamp) {
    guard case .watching = phase else { return }
    count(time)
  }

  /// Takes a book that was refused.
  mutating func refuse(_ time: Timestamp) {
    guard case .watching = phase else { return }
    refusedCount += 1
    if let last, time - last > limit { gaps.append(time - last) }
    count(time)
  }

  private mutating func count(_ time: Timestamp) {
    bookCount += 1
    last = time
    if bookCount == Self.patience { judge() }
  }

  private mutating func judge() {
    if 2 * refusedCount > bookCount {
      let gap = gaps.isEmpty ? nil : gaps.sorted()[gaps.count / 2]
      phase = .found(
        LeapsRefused(limit: limit, bookCount: bookCount, refusedCount: refusedCount, usualGap: gap))
    }
    (bookCount, refusedCount) = (0, 0)
    gaps.removeAll(keepingCapacity: true)
  }

  /// What is to be said, once, when most books of a thousand were refused.
  mutating func take() -> LeapsRefused? {
    guard case .found(let refused) = phase else { return nil }
    phase = .told
    return refused
  }

  /// The same at the end of the input, of the books since the last thousand.
  mutating func takeFinal() -> LeapsRefused? {
    if case .watching = phase { judge() }
    return take()
  }
}

/// Most of a stream's latest books were refused because they were further ahead than the limit.
public struct LeapsRefused: Hashable, Sendable {
  /// How far a book may be ahead.
  public let limit: TimeSpan
  /// How many books there were.
  public let bookCount: Int
  /// How many of them were refused.
  public let refusedCount: Int
  /// The median time between a refused book and the book before, where that is longer than the limit; nil where none is.
  public let usualGap: TimeSpan?
}
