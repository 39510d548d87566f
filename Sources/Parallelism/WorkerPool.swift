internal import Synchronization

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// Threads that stay ready for many short pieces of work.
///
/// An idle thread watches for work for some ten microseconds and then sleeps, so that phases that follow each other closely start
/// at once and a pause costs no processor time.
public final class WorkerPool: Sendable {
  /// The number of threads that work, the caller's included.
  public let threads: Int
  private let board: Board
  private let handles: [pthread_t]

  /// Starts `threads - 1` threads beside the caller's; fewer when the system grants fewer.
  public init(threads: Int) {
    let board = Board()
    var handles: [pthread_t] = []
    for worker in 1..<max(threads, 1) {
      let start = Unmanaged.passRetained(Start(board: board, worker: worker))
      guard let handle = startedThread(start.toOpaque()) else {
        start.release()
        break
      }
      handles.append(handle)
    }
    self.board = board
    self.handles = handles
    self.threads = handles.count + 1
  }

  deinit {
    board.close()
    for handle in handles { pthread_join(handle, nil) }
  }

  /// Calls `work` once for each piece `0 ..< pieces`, on all threads, and returns when all calls have.
  ///
  /// `work` gets the piece and the number of the thread, below `threads`, that it runs on. Which thread gets which piece
  /// is open. Only one run may be under way at a time.
  public func run(_ pieces: Int, _ work: @escaping @Sendable (_ piece: Int, _ worker: Int) -> Void) {
    if threads == 1 || pieces < 2 {
      for piece in 0..<max(pieces, 0) { work(piece, 0) }
    } else {
      board.post(pieces: pieces, work)
      board.takePart(as: 0)
      board.awaitEnd()
    }
  }
}

/// What a new thread needs to know.
private final class Start: Sendable {
  let board: Board
  let worker: Int

  init(board: Board, worker: Int) {
    self.board = board
    self.worker = worker
  }
}

/// A new thread that works for the board named by `start`; nil when the system grants none.
private func startedThread(_ start: UnsafeMutableRawPointer) -> pthread_t? {
  #if canImport(Glibc)
    var handle = pthread_t()
    let body: @convention(c) (UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? = {
      $0.map(work(for:))
      return nil
    }
  #else
    var handle: pthread_t?
    let body: @convention(c) (UnsafeMutableRawPointer) -> UnsafeMutableRawPointer? = {
      work(for: $0)
      return nil
    }
  #endif
  return pthread_create(&handle, nil, body, start) == 0 ? handle : nil
}

/// Works until the board closes.
private func work(for start: UnsafeMutableRawPointer) {
  let start = Unmanaged<Start>.fromOpaque(start).takeRetainedValue()
  while start.board.awaitWork() { start.board.takePart(as: start.worker) }
}
