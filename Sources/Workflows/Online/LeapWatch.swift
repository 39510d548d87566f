public import Markets

/// Notices that a stream's books are mostly refused as leaps: the limit is shorter than the stream's silences, or clocks are
/// wrong.
///
/// It is no state: it looks at what one process reads, a thousand books at a time.
struct LeapWatch: Sendable {
  /// Of how many books it is judged.
  private static let sampleSize = 1_000
  /// Of how many at least, at the end of the stream: a pause costs some books of any stream.
  private static let smallestSample = 100

  private let limit: TimeSpan
  /// What is to be said.
  private var finding: LeapsRefused?
  /// Whether it was said of the thousand before, or is to be.
  private var isKnown = false
  private var bookCount = 0
  private var refusedCount = 0
  /// By how much refused books were ahead of the book before.
  private var gaps: [TimeSpan] = []
  private var last: Timestamp?

  init(_ limit: TimeSpan) { self.limit = limit }

  /// Takes a book that was admitted.
  mutating func admit(_ time: Timestamp) { count(time) }

  /// Takes a book that was refused.
  mutating func refuse(_ time: Timestamp) {
    refusedCount += 1
    if let last, time - last > limit { gaps.append(time - last) }
    count(time)
  }

  private mutating func count(_ time: Timestamp) {
    bookCount += 1
    last = time
    if bookCount == Self.sampleSize { judge() }
  }

  private mutating func judge() {
    let isRefused = 2 * refusedCount > bookCount
    if isRefused, !isKnown {
      let gap = gaps.isEmpty ? nil : gaps.sorted()[gaps.count / 2]
      finding = LeapsRefused(limit: limit, bookCount: bookCount, refusedCount: refusedCount, usualGap: gap)
    }
    isKnown = isRefused
    (bookCount, refusedCount) = (0, 0)
    gaps.removeAll(keepingCapacity: true)
  }

  /// What is to be said when most books of a thousand were refused, and not of the thousand before.
  mutating func take() -> LeapsRefused? {
    defer { finding = nil }
    return finding
  }

  /// The same at the end of the input, of the books since the last thousand.
  mutating func takeFinal() -> LeapsRefused? {
    if bookCount >= Self.smallestSample { judge() }
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
