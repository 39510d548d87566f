import Foundation
import Learning
import ModelStore
import Reporting
import Testing

@Suite("The card and the text of an imported model")
struct ImportedModelTextTests {
  /// The trees of the hand-made blend as if they had come from a file.
  private func imported(_ matching: ImportRecord.Matching = .byName) throws -> ModelArtefact {
    let blend = try Golden.model("tiny-blend").artefact
    let record = ImportRecord(
      fileName: "theirs.txt", contents: Array("tree\n".utf8), format: .lightGBM, matching: matching,
      template: ImportRecord.Template(blend))
    return ModelArtefact(
      name: "tiny-imported", provenance: blend.provenance, task: blend.task, thresholds: blend.thresholds,
      features: blend.features, schema: blend.schema, groups: blend.groups, inputs: blend.inputs,
      classifier: .boosted(try #require(blend.classifier.boosted)), calibrator: .identity, baselines: blend.baselines,
      origin: .imported(record))
  }

  @Test("A card says what was imported, from where the rest is, and that nothing has judged it")
  func card() throws {
    let text = ModelCard(try imported()).markdown()
    try Golden.expect(text, "model-card-imported")
    let sections = text.split(separator: "\n").filter { $0.hasPrefix("## ") }
    #expect(
      sections == ["## Imported classifier", "## Taken from another model", "## Thresholds", "## Inputs", "## Limits"])
    #expect(text.contains("Gate: not judged"))
    #expect(text.contains("columns matched by name"))
    #expect(try ModelCard(imported(.inOrder)).markdown().contains("taken in the order of the inputs"))
  }

  @Test("The text for a terminal ends with the gate that did not judge")
  func text() throws {
    let text = TrainingText(try imported()).text()
    try Golden.expect(text, "training-imported")
    #expect(text.hasPrefix("SIMULATED · model tiny-imported, imported\n"))
    #expect(text.split(separator: "\n").last?.hasPrefix("gate: not judged") == true)
  }
}
