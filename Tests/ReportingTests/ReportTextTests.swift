import Features
import Foundation
import MarketData
import ModelStore
import Reporting
import Testing
import Validation

@Suite("Reports as text")
struct ReportTextTests {
  /// The report as if its markets had been recorded.
  private func recorded(_ report: EvaluationReport) throws -> EvaluationReport {
    let text = try StableJSON.text(of: report).replacingOccurrences(of: "SIMULATED", with: "REAL")
    return try JSONDecoder().decode(EvaluationReport.self, from: Data(text.utf8))
  }

  @Test("An evaluation in full for a terminal")
  func evaluationPlain() throws {
    let report = try #require(try Golden.model().artefact.origin.training).walkForward
    try Golden.expect(EvaluationText(report).text(.full), "evaluation-plain")
  }

  @Test("An evaluation in full in Markdown: a bold title, the facts below it, then the table")
  func evaluationMarkdown() throws {
    let report = try #require(try Golden.model().artefact.origin.training).walkForward
    let text = EvaluationText(report, style: .markdown).text(.full)
    try Golden.expect(text, "evaluation-markdown")
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    for (index, line) in lines.enumerated() where line.contains("**") {
      #expect(line.hasPrefix("**SIMULATED · ") && line.hasSuffix("**"))
      #expect(lines[index + 1].isEmpty)
    }
  }

  @Test("Every table says whether its data was real", arguments: [TextTable.Style.plain, .markdown])
  func provenance(_ style: TextTable.Style) throws {
    let simulated = try #require(try Golden.model().artefact.origin.training).walkForward
    for (report, word) in [(simulated, "SIMULATED"), (try recorded(simulated), "REAL")] {
      for detail in [EvaluationText.Detail.headline, .full] {
        let text = EvaluationText(report, style: style).text(detail)
        let bold = style == .markdown ? "**" : ""
        #expect(text.hasPrefix("\(bold)\(word) · "))
        let headers = text.split(separator: "\n").count { line in
          ["scorer", "model against", "mean probability"].contains { line.contains($0) }
        }
        let titles = text.split(separator: "\n").count { $0.hasPrefix("\(bold)\(word) · ") }
        #expect(headers == titles)
      }
    }
  }

  @Test("A model card")
  func card() throws {
    let text = ModelCard(try Golden.model().artefact).markdown()
    try Golden.expect(text, "model-card")
    #expect(text.hasPrefix("# Model card: tiny\n\n**SIMULATED data.**"))
  }

  @Test("A training run")
  func training() throws {
    let text = TrainingText(try Golden.model().artefact).text()
    try Golden.expect(text, "training")
    #expect(text.hasPrefix("SIMULATED · model tiny"))
  }

  @Test("The card of a blend shows the families, both parts and the weights")
  func blendCard() throws {
    let text = ModelCard(try Golden.model("tiny-blend").artefact).markdown()
    try Golden.expect(text, "model-card-blend")
    let sections = text.split(separator: "\n").filter { $0.hasPrefix("## ") }
    #expect(
      sections == [
        "## Training data", "## Thresholds", "## Inputs", "## Families compared",
        "## Walk-forward inside the training window", "## Coefficients", "## Penalties tried", "## Trees",
        "## Weights tried", "## Limits",
      ])
    #expect(text.contains("\nMonotone constraints: ↑ realised_volatility_1h; ↓ depth_100bp.\n"))
  }

  @Test("A training run of a blend")
  func blendTraining() throws {
    let text = TrainingText(try Golden.model("tiny-blend").artefact).text()
    try Golden.expect(text, "training-blend")
    #expect(text.contains("\npicked: blend, the simplest whose log loss is at most 1.00 % above the least\n"))
  }

  @Test("A gate's decision in words")
  func gate() {
    #expect(
      GateDecision(bestBaseline: "climatology", skill: 0.0375, minimumSkill: 0.01).description
        == "walk-forward skill 3.75 % over climatology reaches the minimum of 1.00 %")
    #expect(
      GateDecision(bestBaseline: "climatology", skill: -0.5, minimumSkill: 0).description
        == "walk-forward skill −50.00 % over climatology is below the minimum of 0.00 %")
  }

  private func inspection(_ first: String, _ second: String) throws -> InspectionReport {
    let json = """
      {"markets":[{"market":"\(first)","rows":1200,"snapshots":1000,"first":"2025-10-01T00:00:00Z",
      "last":"2025-10-10T23:59:00Z","cadence":{"median":780,"ninetieth":840.25,"longest":7200},
      "gaps":{"limit":2700,"count":1,"longest":[{"start":"2025-10-10T21:00:00Z","seconds":7200}]},
      "staleRepeats":3,"longestStaleRun":2,"crossed":0,"locked":1,"oneSided":4,"empty":5,"outOfOrder":6,
      "duplicates":7,"malformed":8,"bidCoverage":{"minimum":99.5,"tenth":150,"median":250},
      "askCoverage":{"minimum":100.5,"tenth":150,"median":240}},
      {"market":"\(second)","snapshots":0,"gaps":{"count":0,"longest":[]},"staleRepeats":0,"longestStaleRun":0,
      "crossed":0,"locked":0,"oneSided":0,"empty":0,"outOfOrder":0,"duplicates":0,"malformed":0}],
      "rejectedRecords":3,"firstFaults":["a.jsonl:7: bids: not a number"]}
      """
    return try JSONDecoder().decode(InspectionReport.self, from: Data(json.utf8))
  }

  @Test("What a recording holds, a market without snapshots among it")
  func inspection() throws {
    let text = InspectionText(try inspection("ETHUSDT", "XRPUSDT")).text()
    try Golden.expect(text, "inspection")
    #expect(text.hasPrefix("REAL · 2 markets, 3 rejected records\n"))
    #expect(InspectionText(try inspection("SIM-A", "XRPUSDT")).text().hasPrefix("SIMULATED · "))
  }

  @Test("The catalogue of features", arguments: [TextTable.Style.plain, .markdown])
  func catalogue(_ style: TextTable.Style) throws {
    let text = FeatureCatalogueText(try Golden.model().artefact.schema).text(style)
    try Golden.expect(text, style == .plain ? "catalogue-plain" : "catalogue-markdown")
  }
}
