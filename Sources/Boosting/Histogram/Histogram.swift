internal import CPrefetch
internal import Parallelism

/// The sums of a node's rows for every bin of every column: 256 places a column, that of undefined values the last.
package enum Histogram {
  /// The places of a column.
  package static let stride = 256
  /// The rows that are handled together.
  ///
  /// Their words and sums stay in the second-level cache while the histograms of eight columns after the other, 32 KiB, stay in
  /// the first-level one.
  package static let block = 1024
  /// How many rows ahead the processor is told what will be read.
  private static let lookahead = 16

  /// Where a thread lays a block's bins and sums side by side.
  package struct Bench: Sendable {
    fileprivate let words: SharedMemory<UInt64>
    fileprivate let sums: SharedMemory<SIMD2<Int64>>

    /// Room for a block of rows of a matrix.
    package init(_ matrix: BinnedMatrix) {
      words = SharedMemory(count: block * matrix.wordsPerRow, repeating: 0)
      sums = SharedMemory(count: block, repeating: .zero)
    }
  }

  /// Adds rows to a histogram.
  ///
  /// - Parameters:
  ///   - rows: The rows, each within the matrix.
  ///   - columns: The columns whose places are added to.
  ///   - derivatives: The derivatives of every row of the matrix.
  ///   - bench: Room that no other thread uses.
  package static func add(
    _ rows: UnsafeBufferPointer<UInt32>, of matrix: BinnedMatrix, columns: ColumnGroups,
    derivatives: UnsafePointer<SIMD2<Int32>>, units: FixedPoint, on bench: Bench,
    to histogram: UnsafeMutablePointer<SIMD2<Int64>>
  ) {
    var start = 0
    while start < rows.count {
      let count = min(block, rows.count - start)
      gather(rows, from: start, count: count, of: matrix, columns, derivatives: derivatives, units: units, on: bench)
      for (slot, group) in columns.groups.enumerated() {
        let words = UnsafePointer(bench.words.base + slot * block)
        let place = UnsafeMutableRawPointer(histogram + group.word * ColumnGroups.width * stride)
        if group.columns.count == ColumnGroups.width {
          addWords(words, sums: bench.sums.base, count: count, to: place)
        } else {
          for column in group.columns {
            let byte = column - group.word * ColumnGroups.width
            addByte(byte, of: words, sums: bench.sums.base, count: count, to: place)
          }
        }
      }
      start += count
    }
  }

  /// Lays a block's sums, and its words of each group, side by side.
  private static func gather(
    _ rows: UnsafeBufferPointer<UInt32>, from start: Int, count: Int, of matrix: BinnedMatrix, _ columns: ColumnGroups,
    derivatives: UnsafePointer<SIMD2<Int32>>, units: FixedPoint, on bench: Bench
  ) {
    let width = matrix.wordsPerRow
    let bins = UnsafePointer(matrix.byRow.base)
    let (words, sums) = (bench.words.base, bench.sums.base)
    let isWhole = columns.groups.count == width
    for index in 0..<count {
      let next = Int(rows[min(start + index + lookahead, rows.count - 1)])
      prefetch_line(bins + next * width)
      prefetch_line(bins + next * width + width - 1)
      prefetch_line(derivatives + next)
      let row = Int(rows[start + index])
      sums[index] = units.sum(of: derivatives[row])
      let own = bins + row * width
      if isWhole {
        for slot in 0..<width { words[slot * block + index] = own[slot] }
      } else {
        for (slot, group) in columns.groups.enumerated() { words[slot * block + index] = own[group.word] }
      }
    }
  }

  /// Adds the sums to the places of all eight columns of the words.
  private static func addWords(
    _ words: UnsafePointer<UInt64>, sums: UnsafePointer<SIMD2<Int64>>, count: Int, to place: UnsafeMutableRawPointer
  ) {
    for index in 0..<count {
      let (word, sum) = (words[index], sums[index])
      add(sum, atByte: 0, of: word, to: place)
      add(sum, atByte: 1, of: word, to: place)
      add(sum, atByte: 2, of: word, to: place)
      add(sum, atByte: 3, of: word, to: place)
      add(sum, atByte: 4, of: word, to: place)
      add(sum, atByte: 5, of: word, to: place)
      add(sum, atByte: 6, of: word, to: place)
      add(sum, atByte: 7, of: word, to: place)
    }
  }

  /// Adds the sums to the places of one column of the words.
  private static func addByte(
    _ byte: Int, of words: UnsafePointer<UInt64>, sums: UnsafePointer<SIMD2<Int64>>, count: Int,
    to place: UnsafeMutableRawPointer
  ) {
    for index in 0..<count { add(sums[index], atByte: byte, of: words[index], to: place) }
  }

  /// Adds a sum to the place that a byte of a word names.
  @inline(__always)
  private static func add(
    _ sum: SIMD2<Int64>, atByte byte: Int, of word: UInt64, to place: UnsafeMutableRawPointer
  ) {
    // The byte times 16, the size of a sum: one shift and one mask.
    let shifted = byte == 0 ? word &<< 4 : word &>> UInt64(byte &* 8 &- 4)
    let offset = byte &* (stride &* 16) &+ Int(truncatingIfNeeded: shifted & 0xFF0)
    (place + offset).assumingMemoryBound(to: SIMD2<Int64>.self).pointee &+= sum
  }
}
