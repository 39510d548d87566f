package import Parallelism

/// The rows of a tree's nodes: each node's stand together, in ascending order, in one of two buffers.
///
/// A split writes the rows of its node into the other buffer, those that go left before those that go right.
package struct RowPartition: Sendable {
  /// Where a node's rows stand.
  package struct Place: Hashable, Sendable {
    package let range: Range<Int>
    package let buffer: Int

    package init(range: Range<Int>, buffer: Int) {
      self.range = range
      self.buffer = buffer
    }
  }

  /// The rows that one thread handles at a time.
  private static let block = 1 << 14

  private let buffers: [SharedMemory<UInt32>]
  /// Whether the row at a position goes left: 1 or 0.
  private let goesLeft: SharedMemory<UInt8>
  private let leftCounts: SharedMemory<Int>

  /// Room for `count` rows.
  package init(count: Int) {
    buffers = (0..<2).map { _ in SharedMemory(count: count, repeating: 0) }
    goesLeft = SharedMemory(count: count, repeating: 0)
    leftCounts = SharedMemory(count: count / Self.block + 2, repeating: 0)
  }

  /// Puts all rows down for a tree's root.
  package func startWithAll(pool: WorkerPool) -> Place {
    let rows = buffers[0]
    pool.run((rows.count + Self.block - 1) / Self.block) { piece, _ in
      for row in (piece * Self.block)..<min((piece + 1) * Self.block, rows.count) {
        rows.base[row] = UInt32(truncatingIfNeeded: row)
      }
    }
    return Place(range: 0..<rows.count, buffer: 0)
  }

  /// Puts the rows of a tree's root down.
  package func start(with rows: [Int]) -> Place {
    for (position, row) in rows.enumerated() { buffers[0].base[position] = UInt32(row) }
    return Place(range: 0..<rows.count, buffer: 0)
  }

  /// The rows at a place.
  package func rows(at place: Place) -> UnsafeBufferPointer<UInt32> {
    UnsafeBufferPointer(start: buffers[place.buffer].base + place.range.lowerBound, count: place.range.count)
  }

  /// Divides the rows at a place by the bins of one column.
  ///
  /// - Parameter bins: The bin of each row of the matrix.
  package func split(
    _ place: Place, bins: UnsafePointer<UInt8>, upTo bin: Int, missing: RegressionTree.MissingSide, pool: WorkerPool
  ) -> (left: Place, right: Place) {
    let (source, target) = (buffers[place.buffer].base, buffers[1 - place.buffer].base)
    let blocks = (place.range.count + Self.block - 1) / Self.block
    let (goesLeft, leftCounts) = (self.goesLeft, self.leftCounts)
    let side = SideOfBin(last: bin, missing: missing)
    @Sendable func rows(_ piece: Int) -> Range<Int> {
      let start = place.range.lowerBound + piece * Self.block
      return start..<min(start + Self.block, place.range.upperBound)
    }
    let from = UncheckedSendable(source), to = UncheckedSendable(target), column = UncheckedSendable(bins)
    pool.run(blocks) { piece, _ in
      var count = 0
      for position in rows(piece) {
        let isLeft = side.isLeft(column.value[Int(from.value[position])])
        goesLeft.base[position] = isLeft
        count += Int(isLeft)
      }
      leftCounts.base[piece] = count
    }
    var leftCount = 0
    for piece in 0..<blocks {
      let count = leftCounts.base[piece]
      leftCounts.base[piece] = leftCount
      leftCount += count
    }
    let middle = place.range.lowerBound + leftCount
    pool.run(blocks) { piece, _ in
      let range = rows(piece)
      var left = place.range.lowerBound + leftCounts.base[piece]
      var right = middle + (range.lowerBound - place.range.lowerBound - leftCounts.base[piece])
      for position in range {
        let isLeft = Int(goesLeft.base[position])
        to.value[isLeft == 1 ? left : right] = from.value[position]
        left += isLeft
        right += 1 - isLeft
      }
    }
    return (
      Place(range: place.range.lowerBound..<middle, buffer: 1 - place.buffer),
      Place(range: middle..<place.range.upperBound, buffer: 1 - place.buffer)
    )
  }
}

/// The side to which a bin goes.
struct SideOfBin: Sendable {
  let last: Int
  let missing: RegressionTree.MissingSide

  /// 1 for left, 0 for right.
  @inline(__always)
  func isLeft(_ bin: UInt8) -> UInt8 {
    let isWithin: UInt8 = Int(bin) <= last ? 1 : 0
    return bin == ColumnBins.missing ? (missing == .left ? 1 : 0) : isWithin
  }
}

/// A pointer whose owner proves that threads do not meet.
struct UncheckedSendable<Value>: @unchecked Sendable {
  let value: Value

  init(_ value: Value) { self.value = value }
}
