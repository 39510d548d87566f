import Foundation
import ModelStore
import Testing

/// The stored model under `Golden/tiny-model`, which the tests of Reporting read too.
///
/// With SHORTFALL_REGENERATE_GOLDEN=1 in the environment it is written anew instead of compared.
@Suite("The stored form of a model")
struct GoldenModelTests {
  private let golden = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Golden/tiny-model").path()

  @Test("A stored model loads with the same content from version to version")
  func stable() throws {
    try withTemporaryFolder { folder in
      let saved = try ModelRepository(directory: folder).save(TinyModel.stored())
      if ProcessInfo.processInfo.environment["SHORTFALL_REGENERATE_GOLDEN"] == "1" {
        try? FileManager.default.removeItem(atPath: golden)
        try FileManager.default.createDirectory(
          atPath: (golden as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
        try FileManager.default.copyItem(atPath: saved, toPath: golden)
      }
      // The walk-forward's figures are not compared: they may change with the metrics, the stored form may not.
      let (stored, made) = (try StoredModel.load(golden).artefact, try TinyModel.artefact())
      #expect(stored.name == made.name && stored.task == made.task && stored.features == made.features)
      #expect(stored.thresholds == made.thresholds && stored.groups == made.groups && stored.inputs == made.inputs)
      #expect(stored.classifier == made.classifier && stored.calibrator == made.calibrator)
      #expect(try StableJSON.text(of: stored.baselines) == StableJSON.text(of: made.baselines))
      #expect(stored.training.fit == made.training.fit && stored.training.search == made.training.search)
    }
  }
}
