import Foundation

/// Recordings that are not part of the repository; tests that need them are skipped where they are absent.
package enum RecordedData {
  /// What a skipped test says.
  package static let absence: String = "the recorded books are not here"

  /// The spot recording of task K1.
  package static let spot = "\(folder)/kraken-binned"

  /// Whether the spot recording is here.
  package static let hasSpot = FileManager.default.fileExists(atPath: spot)

  /// The root of the package.
  package static let package: String = {
    var root = URL(fileURLWithPath: #filePath)
    for _ in 0..<3 { root.deleteLastPathComponent() }
    return root.path
  }()

  private static let folder =
    ProcessInfo.processInfo.environment["SHORTFALL_RECORDED_DATA"]
    ?? URL(fileURLWithPath: package).deletingLastPathComponent().appendingPathComponent("shared/data").path
}
