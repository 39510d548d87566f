import Boosting
import Learning
import Parallelism
import Sampling
import Testing

@Suite("Binning")
struct BinningTests {
  @Test("few distinct values get a bin each, parted at their midpoints")
  func distinct() {
    let bins = ColumnBins(ascending: [-2, -2, 0, 1, 1, 1, 5], limit: 4)
    #expect(bins.thresholds == [-1, 0.5, 3, .greatestFiniteMagnitude])
    #expect([-9, -1, -0.9, 0.5, 1, 3, 3.1, 99].map(bins.bin) == [0, 0, 1, 1, 2, 2, 3, 3])
    #expect(bins.bin(of: .nan) == ColumnBins.missing)
  }

  @Test("many distinct values are shared out evenly")
  func quantiles() {
    let bins = ColumnBins(ascending: (0..<1000).map(Double.init), limit: 10)
    #expect(bins.thresholds.dropLast() == (1..<10).map { Double($0) * 100 - 0.5 })
  }

  @Test("a value with more than its share has a bin of its own")
  func heavy() {
    var generator = SeededGenerator(seed: 1)
    let others = (0..<500).map { _ in generator.normal() }
    let bins = ColumnBins(ascending: (others + [Double](repeating: 0.25, count: 500)).sorted(), limit: 16)
    let own = bins.bin(of: 0.25)
    #expect(bins.count <= 16 && bins.count >= 12)
    #expect(others.allSatisfy { bins.bin(of: $0) != own })
  }

  @Test("infinities have places of their own and every threshold parts what it stands between")
  func infinities() {
    let values = [-Double.infinity, -.greatestFiniteMagnitude, -1, 0, .leastNonzeroMagnitude, 1, 1.nextUp, .infinity]
    let bins = ColumnBins(ascending: values, limit: 255)
    #expect(values.map(bins.bin) == Array(0..<8))
    for (index, value) in values.enumerated() {
      #expect(value <= bins.thresholds[index] && (index == 0 || value > bins.thresholds[index - 1]))
    }
  }

  @Test("a column without values has no bins, a constant one has one")
  func degenerate() {
    #expect(ColumnBins(ascending: [], limit: 255).count == 0)
    #expect(ColumnBins(ascending: [3, 3, 3], limit: 255).thresholds == [.greatestFiniteMagnitude])
    #expect(BinSearch(ColumnBins(ascending: [], limit: 255)).bin(of: 7) == 0)
  }

  @Test("the side-by-side search finds the bins of the plain one", arguments: [2, 3, 17, 255])
  func search(limit: Int) {
    var generator = SeededGenerator(seed: 2)
    let values = (0..<1003).map { $0 % 50 == 0 ? Double.nan : (generator.normal() * 40).rounded() / 8 }
    let bins = ColumnBins(ascending: values.filter { !$0.isNaN }.sorted(), limit: limit)
    let found = SharedMemory<UInt8>(count: values.count, repeating: 0)
    BinSearch(bins).bin(values.span, into: found.base)
    #expect(values.indices.allSatisfy { found.base[$0] == bins.bin(of: values[$0]) })
  }

  @Test("the radix sort sorts like the library's")
  func ascending() {
    var generator = SeededGenerator(seed: 3)
    var values = (0..<2000).map { _ in generator.normal() * 1e3 }
    values += [.infinity, -.infinity, 0, -.leastNonzeroMagnitude, .greatestFiniteMagnitude]
    #expect(Ascending.sorted(values) == values.sorted())
    #expect(Ascending.sorted([]).isEmpty)
  }

  @Test("both layouts of a matrix hold the bins of its values, and infinity is never lost to a sample")
  func layouts() {
    var values = SeededExamples.matrix(rows: 5000, columns: 11, seed: 5).values
    values[3] = .infinity
    let matrix = FeatureMatrix(rowCount: 5000, columnCount: 11, values: values)
    let binned = BinnedMatrix(matrix, limit: 20, seed: 1, pool: WorkerPool(threads: 2))
    #expect(binned.wordsPerRow == 2 && binned.columns[0].thresholds.last == .infinity)
    for column in 0..<11 {
      let bins = binned.columns[column]
      #expect(bins.count <= 20)
      for row in stride(from: 0, to: 5000, by: 7) {
        let expected = bins.bin(of: matrix[row, column])
        let word = binned.byRow.base[row * 2 + column / 8]
        #expect(binned.byColumn.base[column * 5000 + row] == expected)
        #expect(UInt8(truncatingIfNeeded: word >> UInt64(column % 8 * 8)) == expected)
      }
    }
  }
}
