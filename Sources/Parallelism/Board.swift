internal import Synchronization

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// Where a pool's work is posted, and its pieces are taken and reported done.
///
/// One word holds the number of the run and of the pieces not taken yet. A piece is taken by lowering the word as it
/// was read, so a thread that comes late takes nothing of a run that it has not seen, and reads `work` only while the
/// caller waits for the piece that it has taken.
final class Board: @unchecked Sendable {
  private static let pieceBits: UInt64 = 32
  private static let pieceMask: UInt64 = (1 << pieceBits) - 1
  /// How often an idle thread looks for work before it sleeps.
  private static let patience = 20_000

  private let ticket = Atomic<UInt64>(0)
  private let done = Atomic<Int>(0)
  private let sleepers = Atomic<Int>(0)
  private let isClosed = Atomic<Bool>(false)
  private var pieces = 0
  private var work: @Sendable (Int, Int) -> Void = { _, _ in }
  private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
  private let bell = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)

  init() {
    pthread_mutex_init(mutex, nil)
    pthread_cond_init(bell, nil)
  }

  deinit {
    pthread_cond_destroy(bell)
    pthread_mutex_destroy(mutex)
    bell.deallocate()
    mutex.deallocate()
  }

  /// Announces a run; the one before must have ended.
  func post(pieces: Int, _ work: @escaping @Sendable (Int, Int) -> Void) {
    precondition(pieces <= Int(Self.pieceMask), "a run has fewer than 2^32 pieces")
    self.pieces = pieces
    self.work = work
    done.store(0, ordering: .relaxed)
    let run = (ticket.load(ordering: .relaxed) >> Self.pieceBits) &+ 1
    ticket.store(run << Self.pieceBits | UInt64(pieces), ordering: .sequentiallyConsistent)
    ringIfAsleep()
  }

  /// Takes pieces of the run until none is left.
  func takePart(as worker: Int) {
    var seen = ticket.load(ordering: .acquiring)
    while seen & Self.pieceMask > 0 {
      let (isTaken, current) = ticket.compareExchange(
        expected: seen, desired: seen - 1, ordering: .acquiringAndReleasing)
      seen = current
      if isTaken {
        work(pieces - Int(seen & Self.pieceMask), worker)
        done.wrappingAdd(1, ordering: .releasing)
        seen = ticket.load(ordering: .acquiring)
      }
    }
  }

  /// Returns when every piece of the run is done.
  func awaitEnd() {
    var looks = 0
    while done.load(ordering: .acquiring) < pieces {
      looks += 1
      if looks > Self.patience { sched_yield() }
    }
    work = { _, _ in }
  }

  /// Returns true when there are pieces to take, false when the board has closed.
  func awaitWork() -> Bool {
    for _ in 0..<Self.patience {
      if hasWork { return true }
      if isClosed.load(ordering: .acquiring) { return false }
    }
    return sleepUntilWork()
  }

  /// Ends the waiting of all threads.
  func close() {
    isClosed.store(true, ordering: .sequentiallyConsistent)
    ringIfAsleep()
  }

  private var hasWork: Bool { ticket.load(ordering: .sequentiallyConsistent) & Self.pieceMask > 0 }

  private func sleepUntilWork() -> Bool {
    pthread_mutex_lock(mutex)
    defer { pthread_mutex_unlock(mutex) }
    // The poster looks for sleepers after it has written; who is counted here before looking is never missed.
    sleepers.wrappingAdd(1, ordering: .sequentiallyConsistent)
    defer { sleepers.wrappingSubtract(1, ordering: .sequentiallyConsistent) }
    while !hasWork {
      if isClosed.load(ordering: .sequentiallyConsistent) { return false }
      pthread_cond_wait(bell, mutex)
    }
    return true
  }

  private func ringIfAsleep() {
    guard sleepers.load(ordering: .sequentiallyConsistent) > 0 else { return }
    pthread_mutex_lock(mutex)
    pthread_cond_broadcast(bell)
    pthread_mutex_unlock(mutex)
  }
}
