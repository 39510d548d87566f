internal import Foundation

/// Libraries that single rows are scored with beside the product.
struct NativeLibraries: Codable, Sendable {
  /// LightGBM's own library.
  let lightgbm: String
  /// Our trees as lleaves compiles them.
  let compiledTrees: String
}

/// How long one row takes, and how often memory is asked for.
struct SingleRows {
  private let timed: RowPass.Result
  private let counted: RowPass.Result?

  /// Times the programs in one process, and counts the product's allocations in another where that is possible.
  init(model: URL, data: ExamplesFolder, libraries: NativeLibraries, scratch: URL) throws {
    let shared = ["boosting-rows", "--model", model.path, "--data", data.path.path]
    timed = try ownRun(shared + ["--lightgbm", libraries.lightgbm, "--compiled-trees", libraries.compiledTrees])
    if let different = timed.latencies.first(where: { !($0.distance <= BatchContest.tolerance) }) {
      throw BenchmarkFailure.programsDisagree("\(different.name) differs from the product by \(different.distance)")
    }
    counted = try Self.counter(in: scratch).map { try ownRun(shared, environment: ["LD_PRELOAD": $0]) }
  }

  /// The counter of allocations, compiled; nil on systems that it does not fit.
  private static func counter(in scratch: URL) throws -> String? {
    #if canImport(Glibc)
      let source = packageFolder.appendingPathComponent("Benchmarks/Peers/count_allocations.c").path
      let library = scratch.appendingPathComponent("count_allocations.so").path
      _ = try outputOfProcess("/usr/bin/env", ["cc", "-O2", "-shared", "-fPIC", "-o", library, source])
      return library
    #else
      return nil
    #endif
  }

  var table: String {
    let columns = Columns(first: 36, others: [9, 9])
    let lines = timed.latencies.map {
      columns.line([$0.name, decimal($0.median, digits: 2), decimal($0.p99, digits: 2)])
    }
    return ([columns.line(["", "median", "p99"])] + lines + [clock, allocations]).joined(separator: "\n")
  }

  private var clock: String {
    "the clock's part, not subtracted: \(decimal(timed.emptyCall ?? .nan, digits: 2))"
  }

  private var allocations: String {
    guard let counted, let single = counted.allocations, let batch = counted.batchAllocations else {
      return "allocations: not counted on this system"
    }
    return "allocations while \(counted.rows) rows are scored: \(single) one by one, \(batch) as one batch"
  }
}
