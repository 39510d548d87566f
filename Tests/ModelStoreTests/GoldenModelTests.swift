import Foundation
import Learning
import ModelStore
import Testing

/// The stored models under `Golden`, which the tests of Reporting read too.
///
/// With SHORTFALL_REGENERATE_GOLDEN=1 in the environment they are written anew instead of compared.
@Suite("The stored form of a model")
struct GoldenModelTests {
  private static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Golden")

  @Test(
    "A stored model loads with the same content from version to version",
    arguments: [("tiny-model", ModelFamily.logistic), ("tiny-blend", .blend)])
  func stable(_ name: String, _ family: ModelFamily) throws {
    let golden = Self.folder.appending(path: name).path()
    try withTemporaryFolder { folder in
      let saved = try ModelRepository(directory: folder).save(TinyModel.stored(family: family))
      if ProcessInfo.processInfo.environment["SHORTFALL_REGENERATE_GOLDEN"] == "1" {
        try? FileManager.default.removeItem(atPath: golden)
        try FileManager.default.createDirectory(at: Self.folder, withIntermediateDirectories: true)
        try FileManager.default.copyItem(atPath: saved, toPath: golden)
      }
      // The walk-forward's figures are not compared: they may change with the metrics, the stored form may not.
      let (stored, made) = (try StoredModel.load(golden).artefact, try TinyModel.artefact(family: family))
      #expect(stored.name == made.name && stored.task == made.task && stored.features == made.features)
      #expect(stored.thresholds == made.thresholds && stored.groups == made.groups && stored.inputs == made.inputs)
      #expect(stored.classifier == made.classifier && stored.calibrator == made.calibrator)
      #expect(try StableJSON.text(of: stored.baselines) == StableJSON.text(of: made.baselines))
      let (training, record) = (try #require(stored.origin.training), try #require(made.origin.training))
      #expect(training.families == record.families && training.linear == record.linear)
      #expect(training.boosting == record.boosting && training.blend == record.blend)
    }
  }
}
