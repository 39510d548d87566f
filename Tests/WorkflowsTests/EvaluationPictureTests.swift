import Foundation
import ModelStore
import Reporting
import TestRecordings
import Testing
import Validation
import Workflows

@Suite("The picture of an evaluation")
struct EvaluationPictureTests {
  private func evaluated() throws -> (ScoredRecording, EvaluationReport) {
    let artefact = try SimulatedModel.plain.get()
    let recording = try ScoredRecording(
      artefact, recording: try Recording(paths: [SimulatedBooks.file]), from: SimulatedBooks.split)
    return (
      recording, try ModelEvaluation.report(on: recording, of: artefact, bootstrap: DayBlockBootstrap(resamples: 20))
    )
  }

  @Test("without a choice the strongest baseline by log loss stands beside the model")
  func strongest() throws {
    let (recording, report) = try evaluated()
    let losses = report.overall.onset.baselines.pairs.compactMap { name, card in card.logLoss.value.map { (name, $0) } }
    let best = try #require(losses.min { $0.1 < $1.1 }).0
    let chosen = try EvaluationPicture.chart(of: report, on: recording, model: "m", baselines: [best]).svg()
    #expect(try EvaluationPicture.chart(of: report, on: recording, model: "m").svg() == chosen)
    #expect(chosen.contains(">\(best)<") && chosen.contains(">model<"))
    // The frame of each panel holds a curve of the model and one of the baseline.
    #expect(chosen.components(separatedBy: "<polyline").count - 1 == 4)
  }

  @Test("a baseline that is not in the report is refused by name, and the known ones are named")
  func unknown() throws {
    let (recording, report) = try evaluated()
    let known = report.overall.onset.baselines.names
    #expect(known.contains("currentDepth"))
    #expect(throws: EvaluationPictureFailure.unknownBaseline("nobody", known: known)) {
      try EvaluationPicture.chart(of: report, on: recording, model: "m", baselines: ["currentDepth", "nobody"])
    }
    let words = EvaluationPictureFailure.unknownBaseline("nobody", known: known).description
    for name in known + ["nobody"] { #expect(words.contains(name)) }
  }
}
