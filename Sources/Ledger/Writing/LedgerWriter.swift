internal import Dispatch
public import Markets
internal import Synchronization

/// Writes records into a ledger beside the stream that makes them, in transactions of many records.
///
/// Records wait in a queue of bounded length. When the disk is slower than the stream for so long that the queue is full,
/// `append` waits until all of it is written: the stream slows down, and nothing is lost. What could not be written stays in
/// the queue and is tried again with the next record; `flush` says that it failed, so that no state is kept that the ledger
/// does not bear out, and so does `append` once the queue is full.
public final class LedgerWriter: Sendable {
  private struct Waiting {
    var records: [LedgerRecord] = []
    var isUnderway = false
    var newest: Timestamp?
    var prunedAt: Timestamp?
    var failure: LedgerFailure?
    var unsaid: LedgerFailure?
  }

  /// The number of records that wait before a stream has to.
  public static let standardCapacity = 65_536
  /// Records of one transaction, at most.
  private static let batch = 4_096

  private let ledger: Ledger
  private let capacity: Int
  private let retention: TimeSpan?
  private let waiting = Mutex(Waiting())
  private let queue = DispatchQueue(label: "ledger")

  /// Creates a writer.
  ///
  /// - Parameters:
  ///   - retention: How far back from the newest record the ledger reaches, as the books tell the time; nil keeps all.
  ///   - capacity: The number of records that may wait; at least one.
  public init(_ ledger: Ledger, retention: TimeSpan? = nil, capacity: Int = standardCapacity) {
    self.ledger = ledger
    self.retention = retention
    self.capacity = max(1, capacity)
  }

  /// The number of records that wait to be written.
  public var waitingCount: Int { waiting.withLock(\.records.count) }

  /// Sends records on their way; waits while the queue is full.
  ///
  /// - Throws: The failure of the file when the queue is full.
  public func append(_ records: [LedgerRecord]) throws(LedgerFailure) {
    if records.isEmpty { return }
    let (isFull, starts) = waiting.withLock { waiting in
      waiting.records += records
      for time in records.compactMap(\.time) { waiting.newest = max(waiting.newest ?? time, time) }
      let isFull = waiting.records.count >= capacity
      let starts = !waiting.isUnderway && !isFull
      if starts { waiting.isUnderway = true }
      return (isFull, starts)
    }
    if isFull { try flush() }
    if starts { queue.async { [self] in drain() } }
  }

  /// Returns when all that was appended is on disk.
  ///
  /// - Throws: The failure of the file; what was not written waits on.
  public func flush() throws(LedgerFailure) {
    queue.sync { drain() }
    if let failure = waiting.withLock({ $0.failure }) { throw failure }
  }

  /// Why the last transaction failed, once; nil when it did not.
  public func takeFailure() -> LedgerFailure? {
    waiting.withLock { waiting in
      defer { waiting.unsaid = nil }
      return waiting.unsaid
    }
  }

  /// Writes what waits, batch by batch, until nothing does.
  private func drain() {
    do throws(LedgerFailure) {
      while let records = next() {
        try ledger.write(records)
        waiting.withLock { $0.records.removeFirst(records.count) }
        try prune()
      }
      waiting.withLock { $0.failure = nil }
    } catch {
      waiting.withLock { waiting in
        if waiting.failure != error { waiting.unsaid = error }
        waiting.failure = error
        waiting.isUnderway = false
      }
    }
  }

  /// The next batch; nil when nothing waits.
  private func next() -> [LedgerRecord]? {
    waiting.withLock { waiting in
      if waiting.records.isEmpty {
        waiting.isUnderway = false
        return nil
      }
      return Array(waiting.records.prefix(Self.batch))
    }
  }

  /// Removes what is too old, once for each hundredth of the retention.
  private func prune() throws(LedgerFailure) {
    guard let retention else { return }
    let step = TimeSpan(nanoseconds: retention.nanoseconds / 100)
    let end: Timestamp? = waiting.withLock { waiting in
      guard let newest = waiting.newest else { return nil }
      if let last = waiting.prunedAt, newest - last < step { return nil }
      waiting.prunedAt = newest
      return newest - retention
    }
    if let end { try ledger.prune(before: end) }
  }
}
