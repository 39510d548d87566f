internal import Boosting
internal import Foundation
internal import Learning

/// Examples as raw numbers in a folder, as the peers read them too.
///
/// `values.f64` has the features column by column, `outcomes.u8` a byte for each row, `days.i32` each row's day and
/// `columns.txt` the names of the columns; `directions.i8`, where there is one, has the known directions of risk.
struct ExamplesFolder {
  let path: URL

  private func file(_ name: String) -> URL { path.appendingPathComponent(name) }

  func write(_ examples: TrainingExamples) throws {
    try FileManager.default.createDirectory(at: path, withIntermediateDirectories: true)
    try writeNumbers(examples.matrix.values, to: file("values.f64"))
    try writeNumbers(examples.outcomes.map { $0 ? 1 : 0 as UInt8 }, to: file("outcomes.u8"))
    try writeNumbers(examples.clusters.map { Int32(truncatingIfNeeded: $0) }, to: file("days.i32"))
    try Data(examples.matrix.columnNames.joined(separator: "\n").utf8).write(to: file("columns.txt"))
  }

  func read() throws -> TrainingExamples {
    let names = try String(contentsOf: file("columns.txt"), encoding: .utf8).split(separator: "\n").map(String.init)
    let outcomes = try outcomes()
    return TrainingExamples(
      matrix: FeatureMatrix(
        rowCount: outcomes.count, columnCount: names.count, values: try readNumbers(from: file("values.f64")),
        columnNames: names),
      groups: [Int](repeating: 0, count: outcomes.count), outcomes: outcomes, clusters: try days())
  }

  /// Stores for each column whether more of it means more risk, less risk, or neither.
  func write(_ constraints: [MonotoneConstraint]) throws {
    try writeNumbers(constraints.map { Int8(truncatingIfNeeded: $0.rawValue) }, to: file("directions.i8"))
  }

  func constraints() throws -> [MonotoneConstraint] {
    let directions: [Int8] = try readNumbers(from: file("directions.i8"))
    return directions.compactMap { MonotoneConstraint(rawValue: Int($0)) }
  }

  func outcomes() throws -> [Bool] {
    let bytes: [UInt8] = try readNumbers(from: file("outcomes.u8"))
    return bytes.map { $0 == 1 }
  }

  func days() throws -> [Int] {
    let days: [Int32] = try readNumbers(from: file("days.i32"))
    return days.map(Int.init)
  }
}

/// Writes numbers as they lie in memory.
func writeNumbers<Number: BitwiseCopyable>(_ numbers: [Number], to file: URL) throws {
  try numbers.withUnsafeBytes { try Data($0).write(to: file) }
}

/// Reads a whole file of numbers as they lie in memory.
func readNumbers<Number: BitwiseCopyable>(from file: URL) throws -> [Number] {
  let data = try Data(contentsOf: file, options: .alwaysMapped)
  return data.withUnsafeBytes { bytes in
    [Number](unsafeUninitializedCapacity: bytes.count / MemoryLayout<Number>.stride) { numbers, count in
      UnsafeMutableRawBufferPointer(numbers).copyMemory(from: bytes)
      count = numbers.count
    }
  }
}
