import Markets
import Reporting
import Testing
import Validation

@Suite("The reliability chart")
struct ReliabilityChartTests {
  private func chart(
    model: String = "tiny", baselines: [String] = ["noisy"], days: Int = 12,
    curves: NamedValues<PrecisionRecallCurve>? = nil
  ) throws -> String {
    let report = try ReportFixture(seed: 5, days: days).report(.simulated)
    let curve = PrecisionRecallCurve(
      scores: [0.9, 0.8, 0.7, 0.6, 0.5], outcomes: [true, false, true, false, true])
    let chart = ReliabilityChart(
      report, model: model, baselines: baselines,
      curves: curves ?? NamedValues([("model", curve), ("noisy", curve)]))
    return chart.svg()
  }

  @Test("Reliability beside precision and recall, with the counts of every bin below")
  func golden() throws {
    let svg = try chart()
    try Golden.expect(svg, "reliability.svg")
    let texts = try SVGReader.read(svg).texts
    #expect(texts.first?.hasPrefix("SIMULATED · tiny: all markets, onset rows") == true)
    let scores = try ReportFixture(seed: 5, days: 12).report(.simulated).overall.onset
    for card in [scores.model, try #require(scores.baselines["noisy"])] {
      let table = try #require(card.reliability)
      for bin in table.bins + [try #require(table.topPercent)] {
        #expect(texts.contains("\(Figures.count(bin.positives)) / \(Figures.count(bin.rows))"))
        #expect(texts.contains(Figures.percent(bin.meanProbability)))
      }
    }
  }

  @Test("A baseline that only ranks has no points, and says so")
  func ranks() throws {
    let both = try SVGReader.read(try chart(baselines: ["ranking", "noisy"])).texts
    #expect(both.contains("only ranks: says no probabilities"))
    #expect(both.count { $0 == "noisy" } == 1)
  }

  @Test("A baseline that the report does not have is left out")
  func unknown() throws {
    #expect(try chart(baselines: ["nobody", "noisy"]) == chart(baselines: ["noisy"]))
  }

  @Test(
    "The model's name stands as it is, whatever its letters",
    arguments: ["a & b", "<svg>", "]]>", "&amp;", "\"'", "<!--", "深 é 🙂"])
  func escapes(name: String) throws {
    #expect(try SVGReader.read(try chart(model: name)).texts[0].contains("SIMULATED · \(name): "))
  }

  @Test("However few the rows, the coordinates are numbers", arguments: [0, 1, 3])
  func few(days: Int) throws {
    let reader = try SVGReader.read(try chart(days: days, curves: NamedValues([])))
    for value in reader.numbers { #expect(Double(value)?.isFinite == true, "\(value)") }
    #expect(reader.texts.contains { $0.hasPrefix("INSUFFICIENT EVIDENCE") })
  }
}
