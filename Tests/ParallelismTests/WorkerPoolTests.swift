import Parallelism
import Testing

@Suite("Worker pools")
struct WorkerPoolTests {
  @Test("every piece is done exactly once, in many short runs on the same threads", arguments: [1, 2, 5])
  func pieces(threads: Int) {
    let pool = WorkerPool(threads: threads)
    let counts = SharedMemory<Int>(count: 40, repeating: 0)
    for _ in 0..<300 { pool.run(40) { piece, _ in counts.base[piece] += piece } }
    #expect((0..<40).map { counts.base[$0] } == (0..<40).map { 300 * $0 })
  }

  @Test("a thread's number is below the number of threads, and no number works twice at a time")
  func workers() {
    let pool = WorkerPool(threads: 3)
    let sums = SharedMemory<Int>(count: 3, repeating: 0)
    for _ in 0..<50 {
      // Were two pieces added under one number at a time, a sum would lose some.
      pool.run(200) { _, worker in
        #expect(worker < 3)
        sums.base[worker] += 1
      }
    }
    #expect((0..<3).reduce(0) { $0 + sums.base[$1] } == 50 * 200)
  }

  @Test("threads that fell asleep are woken, and none stays behind when a pool goes")
  func sleeping() async throws {
    for _ in 0..<3 {
      let pool = WorkerPool(threads: 4)
      let counts = SharedMemory<Int>(count: 8, repeating: 0)
      pool.run(8) { piece, _ in counts.base[piece] += 1 }
      try await Task.sleep(for: .milliseconds(20))
      pool.run(8) { piece, _ in counts.base[piece] += 1 }
      #expect((0..<8).allSatisfy { counts.base[$0] == 2 })
    }
  }

  @Test("no pieces are no work")
  func nothing() {
    let count = SharedMemory<Int>(count: 1, repeating: 0)
    WorkerPool(threads: 2).run(0) { _, _ in count.base[0] += 1 }
    #expect(count.base[0] == 0)
  }

  @Test("slots keep the order of their places")
  func slots() {
    let slots = SharedSlots<Int>(count: 10)
    WorkerPool(threads: 2).run(10) { piece, _ in if piece != 4 { slots[piece] = piece } }
    #expect(slots.values == [0, 1, 2, 3, 5, 6, 7, 8, 9])
    #expect(slots[4] == nil)
  }
}
