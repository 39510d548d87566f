import Boosting
import Learning
import Parallelism
import Sampling
import Testing

@Suite("Histograms")
struct HistogramTests {
  private let matrix = BinnedMatrix(
    SeededExamples.matrix(rows: 2500, columns: 11, seed: 1), limit: 255, seed: 1, pool: WorkerPool(threads: 1))
  private let units = FixedPoint(rows: 2500, gradient: 1, hessian: 0.25)
  private let derivatives = SharedMemory<SIMD2<Int32>>(count: 2500, repeating: .zero)

  init() {
    var generator = SeededGenerator(seed: 2)
    for row in 0..<2500 {
      derivatives.base[row] = units.row(gradient: generator.uniform() * 2 - 1, hessian: generator.uniform() / 4)
    }
  }

  /// The slow twin: one row and one column after the other.
  private func plain(_ rows: [UInt32], _ columns: [Int]) -> [SIMD2<Int64>] {
    var sums = [SIMD2<Int64>](repeating: .zero, count: 11 * Histogram.stride)
    for row in rows {
      for column in columns {
        let bin = matrix.byColumn.base[column * 2500 + Int(row)]
        sums[column * Histogram.stride + Int(bin)] &+= units.sum(of: derivatives.base[Int(row)])
      }
    }
    return sums
  }

  private func counted(_ rows: [UInt32], _ columns: [Int]) -> [SIMD2<Int64>] {
    let sums = SharedMemory<SIMD2<Int64>>(count: 11 * Histogram.stride, repeating: .zero)
    rows.withUnsafeBufferPointer {
      Histogram.add(
        $0, of: matrix, columns: ColumnGroups(columns), derivatives: derivatives.base, units: units,
        on: Histogram.Bench(matrix), to: sums.base)
    }
    return (0..<sums.count).map { sums.base[$0] }
  }

  @Test("the blocked count is the plain one, for all rows, some rows, one row and none")
  func twin() {
    var generator = SeededGenerator(seed: 3)
    let all = (0..<2500).map { UInt32($0) }
    for rows in [all, all.filter { _ in generator.happens(withProbability: 0.2) }, [7], []] {
      #expect(counted(rows, Array(0..<11)) == plain(rows, Array(0..<11)))
    }
  }

  @Test("columns that are not drawn are not touched", arguments: [[0], [2, 3, 9], [0, 1, 2, 3, 4, 5, 6, 7], [10]])
  func columns(_ columns: [Int]) {
    let rows = (0..<1500).map { UInt32($0) }
    #expect(counted(rows, columns) == plain(rows, columns))
  }

  @Test("a sum gives back its parts, and the parent less a child is the other child exactly")
  func sums() {
    let all = (0..<2500).map { UInt32($0) }
    let (some, others) = (all.filter { $0 % 3 == 0 }, all.filter { $0 % 3 != 0 })
    let parent = counted(all, [0]), child = counted(some, [0])
    #expect(zip(parent, child).map { $0 &- $1 } == counted(others, [0]))
    let total = parent.reduce(.zero, &+)
    #expect(units.rows(of: total) == 2500)
    let hessian = (0..<2500).reduce(0.0) { $0 + Double(derivatives.base[$1].y) } / units.hessianUnits
    #expect(units.hessian(of: total) == hessian)
  }

  @Test("no sum overflows: the most rows with the largest derivatives", arguments: [1e-300, 1e-3, 1, 1e100])
  func overflow(largest: Double) {
    for rows in [1, 1000, FixedPoint.rowLimit] {
      let units = FixedPoint(rows: rows, gradient: largest, hessian: largest)
      let row = units.row(gradient: -largest, hessian: largest)
      let sum = units.sum(of: row)
      #expect(!sum.x.multipliedReportingOverflow(by: Int64(rows)).overflow)
      #expect(!sum.y.multipliedReportingOverflow(by: Int64(rows)).overflow)
      let total = SIMD2(sum.x * Int64(rows), sum.y * Int64(rows))
      #expect(units.rows(of: total) == rows)
      if largest > 1e-100 { #expect(abs(units.hessian(of: total) / (largest * Double(rows)) - 1) < 0.002) }
    }
  }
}
