import Boosting
import Parallelism
import Sampling
import Testing

@Suite("Row partition")
struct RowPartitionTests {
  private static let count = 50_000

  @Test("a split keeps the order on both sides, like filtering, level after level", arguments: [1, 3])
  func twin(threads: Int) {
    var generator = SeededGenerator(seed: 1)
    let bins = (0..<Self.count).map { _ in UInt8(truncatingIfNeeded: generator.next()) }
    let pool = WorkerPool(threads: threads)
    let partition = RowPartition(count: Self.count)
    var place = partition.startWithAll(pool: pool)
    var rows = Array(0..<Self.count)
    for (bin, missing) in [(200, RegressionTree.MissingSide.left), (90, .right), (10, .left)] {
      func goesLeft(_ row: Int) -> Bool {
        bins[row] == ColumnBins.missing ? missing == .left : Int(bins[row]) <= bin
      }
      let parts = bins.withUnsafeBufferPointer { buffer in
        buffer.baseAddress.map { partition.split(place, bins: $0, upTo: bin, missing: missing, pool: pool) }
      }
      guard let parts else { return }
      #expect(partition.rows(at: parts.left).map { Int($0) } == rows.filter(goesLeft))
      #expect(partition.rows(at: parts.right).map { Int($0) } == rows.filter { !goesLeft($0) })
      (place, rows) = (parts.left, rows.filter(goesLeft))
    }
  }

  @Test("one side may stay empty, and a draw of rows is divided like all of them")
  func some() {
    let partition = RowPartition(count: 10)
    let pool = WorkerPool(threads: 1)
    let place = partition.start(with: [1, 4, 9])
    let bins = [UInt8](repeating: 3, count: 10)
    let parts = bins.withUnsafeBufferPointer { buffer in
      buffer.baseAddress.map { partition.split(place, bins: $0, upTo: 5, missing: .right, pool: pool) }
    }
    #expect(parts.map { partition.rows(at: $0.left).map { Int($0) } } == [1, 4, 9])
    #expect(parts.map { $0.right.range.isEmpty } == true)
  }

  @Test("a draw has the wanted size, is ascending and without repetition, and fair")
  func draws() {
    var generator = SeededGenerator(seed: 4)
    var hits = [Int](repeating: 0, count: 20)
    for _ in 0..<2000 {
      let drawn = Draw.numbers(5, below: 20, from: &generator)
      #expect(drawn.count == 5 && zip(drawn, drawn.dropFirst()).allSatisfy { $0 < $1 })
      for number in drawn { hits[number] += 1 }
    }
    // Each is drawn with probability 1/4: 500 times, give or take 19.4; 4 standard deviations.
    #expect(hits.allSatisfy { abs($0 - 500) < 78 })
    #expect(Draw.numbers(9, below: 3, from: &generator) == [0, 1, 2])
    #expect(Draw.size(of: 0.001, count: 10) == 1 && Draw.size(of: 0.5, count: 7) == 4)
  }
}
