import Foundation
import Labels
import Learning
import LinearModels
import Markets
import ModelStore
import Reporting
import Testing
import Validation

@Suite("The card and the training text of the shipped model")
struct ShippedModelTests {
  private func shipped() throws -> StoredModel {
    var package = URL(fileURLWithPath: #filePath)
    for _ in 0..<3 { package.deleteLastPathComponent() }
    return try StoredModel.load(package.appendingPathComponent("Models/kraken-spot-2h").path)
  }

  @Test("The card on disk is the card of the model beside it")
  func cardIsTrue() throws {
    let model = try shipped()
    let (written, card) = (lines(model.card), lines(ModelCard(model.artefact).markdown()))
    #expect(written.count == card.count)
    for (written, line) in zip(written, card) { #expect(written == line) }
  }

  @Test("The card has its sections in order, those of the parts that the model has")
  func sections() throws {
    let artefact = try shipped().artefact
    let training = try #require(artefact.origin.training)
    let fitted =
      (training.linear == nil ? [] : ["## Coefficients", "## Penalties tried"])
      + (training.boosting == nil ? [] : ["## Trees"]) + (training.blend == nil ? [] : ["## Weights tried"])
    #expect(!fitted.isEmpty)
    #expect(
      lines(ModelCard(artefact).markdown()).filter { $0.hasPrefix("#") } == [
        "# Model card: kraken-spot-2h", "## Training data", "## Thresholds", "## Inputs", "## Families compared",
        "## Walk-forward inside the training window",
      ] + fitted + (artefact.closeOut == nil ? [] : ["## Close-out loss"]) + ["## Limits"])
  }

  @Test("The card says first that the data was real, and again above its scores")
  func provenance() throws {
    let card = ModelCard(try shipped().artefact).markdown()
    let paragraphs = lines(card).filter { !$0.isEmpty && !$0.hasPrefix("#") }
    #expect(paragraphs.first?.hasPrefix("**REAL data.**") == true)
    #expect(card.contains("\n**REAL · all markets"))
    #expect(!card.contains("SIMULATED"))
  }

  @Test("The card's tables have a row for each part of the model and as many cells in each row")
  func tables() throws {
    let artefact = try shipped().artefact
    let tables = markdownTables(ModelCard(artefact).markdown())
    let training = try #require(artefact.origin.training)
    let linear = training.linear.map { [$0.fit.coefficients.count + $0.fit.dropped.count, $0.search.count] }
    let trees = training.boosting.map { [min(15, $0.importances.count)] }
    let weights = training.blend.map { [$0.search.count] }
    let quantiles = artefact.closeOut.map { model in
      [model.record.walkForward.scores.count] + (model.ladder.map { [$0.rungs.count] } ?? [])
    }
    #expect(
      tables.map { $0.count - 2 } == [
        training.files.count, artefact.thresholds.entries.count, artefact.inputs.columns.count,
        training.families.scores.count, 1 + training.walkForward.overall.onset.baselines.names.count,
      ] + (linear ?? []) + (trees ?? []) + (weights ?? []) + (quantiles ?? []))
    for table in tables { #expect(Set(table).count == 1) }
  }

  @Test("The card's thresholds are the model's")
  func thresholds() throws {
    let artefact = try shipped().artefact
    let rows = lines(ModelCard(artefact).markdown()).filter { $0.hasPrefix("|") }.map { row in
      row.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
    }
    for entry in artefact.thresholds.entries {
      #expect(
        rows.contains([
          entry.market.text, Figures.amount(entry.depth.sell), Figures.amount(entry.depth.buy),
        ]))
    }
  }

  @Test("The training text bears its provenance, the families, the scores, what was fitted and the gate's decision")
  func trainingText() throws {
    let artefact = try shipped().artefact
    let training = try #require(artefact.origin.training)
    let text = TrainingText(artefact).text()
    #expect(text.hasPrefix("REAL · model kraken-spot-2h, trained "))
    #expect(text.contains(EvaluationText(training.walkForward).text(.headline)))
    #expect(text.contains("\ngate: \(training.gate)\n"))
    for score in training.families.scores { #expect(text.contains("\n\(score.family.rawValue) ")) }
    let named =
      (training.linear?.fit.coefficients.map(\.name) ?? [])
      + (training.boosting?.importances.prefix(15).map(\.name) ?? [])
    for name in named { #expect(text.contains("\n\(name) ")) }
  }

  @Test("Every table of the training text stands under whether its data was real")
  func trainingTables() throws {
    let artefact = try shipped().artefact
    let training = try #require(artefact.origin.training)
    let paragraphs = lines(TrainingText(artefact).text()).split(separator: "")
    let tables = paragraphs.filter { $0.contains { $0.hasPrefix("─") } }
    let parts = [training.linear != nil, training.boosting != nil, artefact.closeOut != nil].count { $0 }
    #expect(tables.count == 2 + parts)
    for table in tables { #expect(table.first?.hasPrefix("REAL · ") == true, "\(table.first ?? "")") }
  }

  @Test("Neither text has a figure that is no number")
  func figures() throws {
    let artefact = try shipped().artefact
    for text in [ModelCard(artefact).markdown(), TrainingText(artefact).text()] {
      let words = text.lowercased().split { !$0.isLetter }
      #expect(!words.contains("nan") && !words.contains("inf") && !words.contains("infinity"))
      #expect(!text.contains("Optional("))
    }
  }

  @Test("A gate whose skill is undefined is not passed")
  func gate() {
    let undefined = GateDecision(bestBaseline: "persistence", skill: .nan, minimumSkill: 0)
    #expect("\(undefined)" == "walk-forward skill – over persistence is below the minimum of 0.00 %")
  }
}
