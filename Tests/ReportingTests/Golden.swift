import Foundation
import ModelStore
import Testing

/// Expected texts under `Golden`, one file each, `.txt` where the name has no extension.
///
/// With SHORTFALL_REGENERATE_GOLDEN=1 in the environment they are written anew instead of compared.
enum Golden {
  private static let tests = URL(filePath: #filePath).deletingLastPathComponent()

  /// A hand-made simulated model that the tests of ModelStore keep: a logistic regression, or `tiny-blend`.
  static func model(_ name: String = "tiny-model") throws -> StoredModel {
    try StoredModel.load(tests.deletingLastPathComponent().appending(path: "ModelStoreTests/Golden/\(name)").path())
  }

  static func expect(_ text: String, _ name: String, sourceLocation: SourceLocation = #_sourceLocation) throws {
    let file = tests.appending(path: "Golden/\(name.contains(".") ? name : name + ".txt")")
    if ProcessInfo.processInfo.environment["SHORTFALL_REGENERATE_GOLDEN"] == "1" {
      try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(text.utf8).write(to: file)
    }
    #expect(text == (try String(contentsOf: file, encoding: .utf8)), sourceLocation: sourceLocation)
  }
}
