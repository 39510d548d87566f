import Configuration
import Learning
import Markets
import ModelStore
import Reporting
import TestRecordings
import Testing
import Validation
import Workflows

@Suite("Quantiles of the close-out loss, trained and judged")
struct CloseOutTrainingTests {
  /// The model of the first days, trained once with the given number of threads.
  private static func trained(threads: Int) throws -> StoredModel {
    let configuration = try TrainingConfiguration(yaml: SimulatedBooks.closeOutTraining(), file: "close-out.yaml")
    return try NightlyTraining(configuration, threads: threads).run(
      recording: try Recording(paths: [SimulatedBooks.file], to: SimulatedBooks.split), to: SimulatedBooks.split)
  }

  static let model = Result { try trained(threads: 1) }

  private func artefact() throws -> ModelArtefact { try Self.model.get().artefact }

  @Test("The walk-forward judges both routes and the baseline at each level on the same rows")
  func walkForward() throws {
    let model = try #require(try artefact().closeOut)
    let scores = model.record.walkForward.scores
    #expect(scores.map(\.forecaster) == ["scale", "boosting", "unconditional", "scale", "boosting", "unconditional"])
    #expect(scores.map(\.level) == [0.9, 0.9, 0.9, 0.95, 0.95, 0.95])
    #expect(Set(scores.map(\.rows)).count == 1)
    #expect(scores.allSatisfy { ($0.pinball.value ?? -1) > 0 && $0.pinball.low != nil })
    #expect(model.record.folds == 3)
    #expect(model.record.fittedRows + model.record.calibrationRows < model.record.rows)
    #expect(abs(Double(model.record.calibrationRows) / Double(model.record.rows) - 0.25) < 0.02)
  }

  @Test("The chosen route saves more pinball loss than the other")
  func choice() throws {
    let model = try #require(try artefact().closeOut)
    func saved(_ route: CloseOutRoute) -> Double {
      model.record.walkForward.scores.filter { $0.forecaster == route.rawValue }
        .reduce(0) { $0 + ($1.pinballSaved.value ?? .nan) }
    }
    let other: CloseOutRoute = model.chosen == .scale ? .boosting : .scale
    #expect(saved(model.chosen) >= saved(other))
    #expect(saved(model.chosen) > 0)
  }

  /// Three later days of drifting markets are few: conformal coverage is exact only for exchangeable rows.
  @Test("On later days each route covers about as often as it should")
  func coverage() throws {
    let artefact = try artefact()
    let scored = try ScoredRecording(
      artefact, recording: try Recording(paths: [SimulatedBooks.file]), from: SimulatedBooks.split)
    let evaluation = try #require(ModelEvaluation.closeOut(on: scored, of: artefact))
    #expect(evaluation.chosen == artefact.closeOut?.chosen)
    #expect(evaluation.scores.count == 6)
    for score in evaluation.scores where score.forecaster != "unconditional" {
      #expect(score.rows > 1_000)
      #expect(abs(try #require(score.coverage.value) - score.level) < 0.06, "\(score.forecaster) at \(score.level)")
    }
    let text = try #require(CloseOutText(evaluation, of: artefact, provenance: scored.provenance)).text()
    #expect(text.hasPrefix("SIMULATED · quantiles of the close-out loss of 100,000 within 2h"))
    let json = try StableJSON.text(
      of: JudgedModel(
        report: try ModelEvaluation.report(
          on: scored, of: artefact, bootstrap: DayBlockBootstrap(resamples: 5)), closeOut: evaluation))
    #expect(json.contains("\"closeOut\"") && json.contains("\"overall\"") && json.contains("\"pinballSaved\""))
  }

  @Test("The number of threads changes no bit of the model")
  func threads() throws {
    let (one, two) = (try artefact(), try Self.trained(threads: 2).artefact)
    #expect(try StableJSON.text(of: one) == StableJSON.text(of: two))
  }

  @Test("A stream's scores carry rising quantiles and the interval, and the policy goes by the largest probability")
  func scores() throws {
    let artefact = try artefact()
    var scorer = OnlineScorer(artefact, reasonCount: 2)
    var seen = 0
    for snapshot in SimulatedBooks.snapshots.prefix(600) {
      guard case .success(let sides) = scorer.score(snapshot).scores else { continue }
      for score in [sides.sell, sides.buy] {
        seen += 1
        let quantiles = try #require(score.closeOutQuantiles)
        #expect(quantiles.map(\.level) == [0.9, 0.95])
        #expect(quantiles[0].loss > 0 && quantiles[0].loss <= quantiles[1].loss && quantiles[1].loss.isFinite)
        let interval = try #require(score.interval)
        #expect(interval.low < interval.high)
        #expect(score.policyProbability.value == max(interval.high, score.probability.value))
      }
    }
    #expect(seen > 1_000)
  }

  @Test("The card and the text of the training show the quantiles under the kind of the data")
  func texts() throws {
    let stored = try Self.model.get()
    #expect(stored.card.contains("## Close-out loss\n\n**SIMULATED · quantiles of the close-out loss"))
    let text = TrainingText(stored.artefact).text()
    #expect(text.contains("SIMULATED · quantiles of the close-out loss"))
    #expect(text.contains("later ones for the correction"))
  }

  @Test("An input that does not exist is named")
  func unknownInput() throws {
    let yaml = SimulatedBooks.closeOutTraining().replacing(
      "  levels: [0.9, 0.95]", with: "  levels: [0.9, 0.95]\n  inputs: [tea_leaves]")
    let configuration = try TrainingConfiguration(yaml: yaml, file: "close-out.yaml")
    let failure = #expect(throws: TrainingFailure.self) {
      try NightlyTraining(configuration).run(
        recording: try Recording(paths: [SimulatedBooks.file], to: SimulatedBooks.split), to: SimulatedBooks.split)
    }
    #expect(failure?.description.contains("tea_leaves") == true)
  }
}
