import Foundation

/// Recordings that are not part of the repository; tests that need them are skipped where they are absent.
package enum RecordedData {
  /// What a skipped test says.
  package static let absence: String = "the recorded books are not here"

  /// The spot recording of task K1.
  package static let spot = "\(folder)/kraken-binned"

  /// Whether the spot recording is here.
  package static let hasSpot = FileManager.default.fileExists(atPath: spot)

  /// Raw streams of Binance.
  package static let wire = "\(folder)/binance-wire"

  /// Whether the raw streams are here.
  package static let hasWire = FileManager.default.fileExists(atPath: wire)

  /// Small captures in the venues' own formats.
  package static let venues = "\(folder)/venue-fixtures"

  /// Whether the captures are here.
  package static let hasVenues = FileManager.default.fileExists(atPath: venues)

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
