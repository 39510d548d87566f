internal import ArgumentParser
internal import Boosting
internal import Foundation
internal import Learning

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// Scores rows one by one, by the product and by the peers' native functions in one process, and prints the times.
struct RowPass: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "boosting-rows", shouldDisplay: false)

  /// What one program took for a row.
  struct Latency: Codable, Sendable {
    let name: String
    /// Microseconds, as are the others.
    let median: Double
    let p99: Double
    /// The largest distance from the product's log-odds.
    let distance: Double
  }

  /// What the pass found.
  struct Result: Codable, Sendable {
    var latencies: [Latency] = []
    /// The median of a call that only reads the row, in microseconds: what the clock itself costs.
    var emptyCall: Double?
    /// The number of rows of the next two.
    var rows = 0
    /// Allocations while the product scored that many rows one by one; nil when nothing counts them.
    var allocations: UInt?
    /// The same rows as one batch.
    var batchAllocations: UInt?
  }

  @Option var model: String
  @Option var data: String
  @Option var rows = 20_000
  @Option var lightgbm: String?
  @Option var compiledTrees: String?

  func run() throws {
    let ensemble = try TreeEnsemble.stored(at: URL(fileURLWithPath: model))
    let matrix = try ExamplesFolder(path: URL(fileURLWithPath: data)).read().matrix
    let sample = (0..<min(rows, matrix.rowCount)).map { matrix.row($0) }
    var result = Result()
    result.rows = sample.count
    if let counter = AllocationCount() {
      guard counter.isTrue else { throw BenchmarkFailure.programsDisagree("allocations are not counted") }
      var sum = 0.0
      result.allocations = counter.during { for row in sample { sum += ensemble.value(of: row.span) } }
      let batch = matrix.selecting(rows: Array(sample.indices))
      result.batchAllocations = counter.during { sum += ensemble.values(of: batch).reduce(0, +) }
      withExtendedLifetime(sum) {}
    }
    if let lightgbm, let compiledTrees {
      try time(
        ensemble, sample, into: &result,
        lightGBM: LightGBMRows(library: lightgbm, model: model, columnCount: matrix.columnCount),
        compiled: CompiledTrees(library: compiledTrees))
    }
    FileHandle.standardOutput.write(try JSONEncoder().encode(result))
  }

  /// Every program on every row, all programs once to get warm, and then by turns.
  private func time(
    _ ensemble: TreeEnsemble, _ sample: [[Double]], into result: inout Result, lightGBM: LightGBMRows,
    compiled: CompiledTrees
  ) {
    let empty = Timing("an empty call")
    let product = Timing("Shortfall")
    let library = Timing("LightGBM, its fast call in C")
    let trees = Timing("lleaves, compiled for single rows")
    for _ in 0..<4 {
      product.run(over: sample) { ensemble.value(of: $0.span) }
      library.run(over: sample) { lightGBM.value(of: $0) }
      trees.run(over: sample) { compiled.value(of: $0) }
      empty.run(over: sample) { $0[0] }
    }
    result.latencies = [product, library, trees].map { $0.latency(beside: product) }
    result.emptyCall = empty.latency(beside: empty).median
  }
}

/// The times of single calls.
private final class Timing {
  let name: String
  private var nanoseconds: [UInt64] = []
  private var values: [Double] = []

  init(_ name: String) {
    self.name = name
  }

  /// Calls the function for each row; the times of the first run over the sample are forgotten.
  func run(over sample: [[Double]], _ work: ([Double]) -> Double) {
    let isWarm = !values.isEmpty
    values = []
    values.reserveCapacity(sample.count)
    nanoseconds.reserveCapacity(3 * sample.count)
    for row in sample {
      let start = Self.now()
      let value = work(row)
      let end = Self.now()
      values.append(value)
      if isWarm { nanoseconds.append(end - start) }
    }
  }

  func latency(beside product: Timing) -> RowPass.Latency {
    let sorted = nanoseconds.sorted().map { Double($0) / 1_000 }
    return RowPass.Latency(
      name: name, median: median(sorted), p99: sorted.isEmpty ? .nan : sorted[sorted.count * 99 / 100],
      distance: zip(values, product.values).map { abs($0 - $1) }.max() ?? .nan)
  }

  private static func now() -> UInt64 {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
  }
}
