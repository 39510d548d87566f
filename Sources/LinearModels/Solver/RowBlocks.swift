package import Learning
internal import Parallelism

/// The rows of a design in blocks of 256, each block column by column, as the kernels read them.
///
/// Column 0 is the intercept's and holds ones. The last block is filled up with rows of weight zero. A chunk is a run
/// of blocks that one thread works on; its size is fixed, so that sums do not depend on the number of threads.
package struct RowBlocks: Sendable {
  /// The values of four neighbouring rows.
  package typealias Lane = SIMD4<Double>
  package static let blockRows = 256
  package static let blockLanes = blockRows / Lane.scalarCount
  static let chunkRows = 16 * blockRows

  /// A run of blocks.
  struct Chunk: Sendable {
    /// The first row.
    let start: Int
    /// The number of blocks.
    let blockCount: Int
    /// For each block, for each column, the lanes of its rows.
    let values: [Lane]
    /// What is to be predicted: of an event 1 or 0; 0 beyond the last row.
    let outcomes: [Lane]
    /// The weights of the rows; 0 beyond the last row.
    let weights: [Lane]
    /// The number of rows.
    let rowCount: Int

    /// Where the values of a block stand.
    func blockRange(_ block: Int, columnCount: Int) -> Range<Int> {
      (block * columnCount * blockLanes)..<((block + 1) * columnCount * blockLanes)
    }
  }

  /// The number of rows.
  package let rowCount: Int
  /// The number of columns, with the intercept's.
  package let columnCount: Int
  /// The blocks in the order of the rows.
  let chunks: [Chunk]

  /// The design's columns for every row of the examples.
  package init(_ examples: TrainingExamples, design: Design) {
    let targets = examples.outcomes.map { $0 ? 1.0 : 0 }
    self.init(
      RegressionExamples(
        matrix: examples.matrix, groups: examples.groups, targets: targets, weights: examples.weights),
      design: design)
  }

  /// The design's columns for every row of the examples.
  init(_ examples: RegressionExamples, design: Design) {
    let rows = examples.count
    let places = design.places(of: examples.groups)
    let starts = Array(stride(from: 0, to: rows, by: Self.chunkRows))
    rowCount = rows
    columnCount = design.terms.count + 1
    chunks = concurrentMap(starts) { start in
      Self.chunk(examples, design: design, places: places, rows: start..<min(start + Self.chunkRows, rows))
    }
  }

  private static func chunk(
    _ examples: RegressionExamples, design: Design, places: [Int32], rows: Range<Int>
  ) -> Chunk {
    let blockCount = (rows.count + blockRows - 1) / blockRows
    let columnCount = design.terms.count + 1
    var values = [Lane](repeating: Lane(repeating: 1), count: blockCount * columnCount * blockLanes)
    for (index, term) in design.terms.enumerated() {
      let column = design.values(of: term, in: examples.matrix, places: places, rows: rows)
      for block in 0..<blockCount {
        let target = (block * columnCount + index + 1) * blockLanes
        for lane in 0..<blockLanes {
          values[target + lane] = lanes(at: block * blockRows + lane * Lane.scalarCount) {
            $0 < column.count ? column[$0] : 0
          }
        }
      }
    }
    let all = 0..<(blockCount * blockLanes)
    func perRow(_ value: (Int) -> Double) -> [Lane] {
      all.map { lane in
        lanes(at: lane * Lane.scalarCount) { $0 < rows.count ? value(rows.lowerBound + $0) : 0 }
      }
    }
    return Chunk(
      start: rows.lowerBound, blockCount: blockCount, values: values,
      outcomes: perRow { examples.targets[$0] }, weights: perRow { examples.weights?[$0] ?? 1 },
      rowCount: rows.count)
  }

  @inline(__always)
  private static func lanes(at row: Int, _ value: (Int) -> Double) -> Lane {
    Lane(value(row), value(row + 1), value(row + 2), value(row + 3))
  }
}
