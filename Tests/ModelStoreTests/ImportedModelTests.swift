import Foundation
import Learning
import MarketData
import ModelStore
import Testing

@Suite("A model whose classifier was trained elsewhere")
struct ImportedModelTests {
  private func stored(
    _ family: ModelFamily = .boosting, calibrator: Calibrator = .identity, interval: VennAbers? = nil
  ) throws -> StoredModel {
    let tiny = try TinyModel.artefact(family: family)
    let record = ImportRecord(
      fileName: "theirs.txt", contents: Array("abc".utf8), format: .lightGBM, matching: .inOrder,
      template: ImportRecord.Template(tiny))
    let artefact = ModelArtefact(
      name: "imported", provenance: tiny.provenance, task: tiny.task, thresholds: tiny.thresholds,
      features: tiny.features, schema: tiny.schema, groups: tiny.groups, inputs: tiny.inputs,
      classifier: tiny.classifier, calibrator: calibrator, interval: interval, baselines: tiny.baselines,
      origin: .imported(record))
    return StoredModel(artefact: artefact, card: "# A card\n", configuration: "name: imported\n")
  }

  @Test("It is stored with the digest of its file and the model that it is like, and loads again")
  func roundTrip() throws {
    try withTemporaryFolder { folder in
      let saved = try stored()
      let path = try ModelRepository(directory: folder).save(saved)
      let loaded = try StoredModel.load(path)
      #expect(try StableJSON.text(of: loaded.artefact) == StableJSON.text(of: saved.artefact))
      guard case .imported(let record) = loaded.artefact.origin else {
        Issue.record("the model is not imported any more")
        return
      }
      #expect(loaded.artefact.origin.training == nil)
      #expect(String(decoding: try bytes(of: path + "/model.json"), as: UTF8.self).contains("\"imported\" : {"))
      // The digest of "abc", FIPS 180-4.
      #expect(record.file.sha256 == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
      #expect(record.file.name == "theirs.txt" && record.file.byteCount == 3)
      #expect(record.matching == .inOrder && record.format == .lightGBM && record.template.name == "tiny")
      let training = try #require(try TinyModel.artefact(family: .boosting).origin.training)
      #expect(loaded.artefact.origin.rates == training.rates && record.template.files == training.files)
    }
  }

  @Test("What cannot have been imported is refused: another family, a calibrator, an interval")
  func inconsistent() throws {
    try withTemporaryFolder { folder in
      let repository = ModelRepository(directory: folder)
      let platt = Calibrator.platt(PlattCalibration(slope: 1.5, intercept: 0.25))
      let interval = try VennAbers.fitted(
        logOdds: (0..<1_000).map { Double($0) / 100 - 5 }, outcomes: (0..<1_000).map { $0 % 10 == 0 })
      for (model, reason) in [
        (try stored(.logistic), "must be trees"), (try stored(.blend), "must be trees"),
        (try stored(calibrator: platt), "calibrated"), (try stored(interval: interval), "calibrated"),
      ] {
        let path = try repository.save(model)
        let failure = #expect(throws: StoreFailure.self) { try StoredModel.load(path) }
        #expect("\(try #require(failure))".contains(reason))
      }
    }
  }
}
