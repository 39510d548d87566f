import Foundation
import ModelStore
import Testing

/// The stored model under `Golden/tiny-model`, which the tests of Reporting read too.
///
/// With SHORTFALL_REGENERATE_GOLDEN=1 in the environment it is written anew instead of compared.
@Suite("The stored form of a model")
struct GoldenModelTests {
  private let golden = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Golden/tiny-model").path()

  @Test("It is the same from version to version")
  func stable() throws {
    try withTemporaryFolder { folder in
      let saved = try ModelRepository(directory: folder).save(TinyModel.stored())
      if ProcessInfo.processInfo.environment["SHORTFALL_REGENERATE_GOLDEN"] == "1" {
        try? FileManager.default.removeItem(atPath: golden)
        try FileManager.default.createDirectory(
          atPath: (golden as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
        try FileManager.default.copyItem(atPath: saved, toPath: golden)
      }
      #expect(try StoredModel.load(golden).artefact.name == "tiny")
      #expect(try StableJSON.text(of: StoredModel.load(golden).artefact) == StableJSON.text(of: TinyModel.artefact()))
    }
  }
}
