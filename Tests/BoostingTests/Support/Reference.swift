import Boosting
import Foundation
import Learning

/// The files under `Reference/`, and the rows for which they hold values; see `make_reference.py` there.
enum Reference {
  static let columnCount = 8

  private static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "Reference")

  /// With SHORTFALL_REGENERATE_GOLDEN=1 in the environment the exported model is written anew instead of compared.
  static let isRegenerating = ProcessInfo.processInfo.environment["SHORTFALL_REGENERATE_GOLDEN"] == "1"

  static func write(_ data: Data, to name: String) throws {
    try data.write(to: folder.appending(path: name))
  }

  static func data(_ name: String) throws -> Data { try Data(contentsOf: folder.appending(path: name)) }

  static func text(_ name: String) throws -> String { String(decoding: try data(name), as: UTF8.self) }

  /// Numbers stored as little-endian float64.
  static func numbers(_ name: String) throws -> [Double] {
    let bytes = [UInt8](try data(name))
    return stride(from: 0, to: bytes.count, by: 8).map { start in
      Double(bitPattern: bytes[start..<(start + 8)].reversed().reduce(0) { $0 << 8 | UInt64($1) })
    }
  }

  /// The 10,000 rows that LightGBM judged.
  static func rows() -> [[Double]] {
    var state: UInt64 = 3
    return (0..<10_000).map { _ in
      (0..<columnCount).map { _ in
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        switch state >> 55 {
        case 0..<51: return .nan
        case 509: return 0
        case 510: return -.infinity
        case 511: return .infinity
        default: return (Double((state >> 33) % (1 << 22)) - Double(1 << 21)) / Double(1 << 20)
        }
      }
    }
  }

  /// The rows as a matrix.
  static func matrix() -> FeatureMatrix {
    let rows = rows()
    return FeatureMatrix(
      rowCount: rows.count, columnCount: columnCount,
      values: (0..<columnCount).flatMap { column in rows.map { $0[column] } })
  }
}

/// The largest distance between values at the same place.
func largestDistance(_ one: [Double], _ other: [Double]) -> Double {
  guard one.count == other.count else { return .infinity }
  return zip(one, other).reduce(0) { max($0, ($1.0 - $1.1).magnitude) }
}
