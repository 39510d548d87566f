import Markets
import Reporting
import Testing
import Validation

@Suite("An evaluation as text")
struct EvaluationTextTests {
  @Test("The headline is one table of onset rows over all markets")
  func headline() throws {
    let report = try ReportFixture(seed: 1, days: 20).report(.simulated)
    try Golden.expect(EvaluationText(report).text(.headline), "headline-plain")
    try Golden.expect(EvaluationText(report, style: .markdown).text(.headline), "headline-markdown")
  }

  @Test("In Markdown every table of the full text has as many cells in each row")
  func full() throws {
    let report = try ReportFixture(seed: 1, days: 20).report(.simulated)
    let tables = markdownTables(EvaluationText(report, style: .markdown).text(.full))
    #expect(tables.count > 6)
    for table in tables { #expect(table.count > 2 && Set(table).count == 1) }
  }

  @Test("Scarce evidence is said above the table, and ranks have no figures that need probabilities")
  func scarce() throws {
    let report = try ReportFixture(seed: 2, days: 2).report(.simulated)
    let text = EvaluationText(report).text(.headline)
    #expect(text.contains("\n\(report.overall.onset.evidence)\n"))
    #expect(text.contains("INSUFFICIENT EVIDENCE ("))
    let ranking = try #require(lines(text).first { $0.hasPrefix("ranking") })
    #expect(ranking.split(separator: " ").suffix(4) == ["–", "–", "–", "–"])
    #expect(!text.contains("nan") && !text.contains("inf"))
  }

  @Test("The headline opens the full text")
  func prefix() throws {
    let report = try ReportFixture(seed: 3, days: 3).report(.real)
    let text = EvaluationText(report)
    #expect(text.text(.full).hasPrefix(text.text(.headline)))
  }

  @Test("Every table stands under whether its data was real", arguments: ReportFixture.provenances)
  func provenance(provenance: Provenance) throws {
    let report = try ReportFixture(seed: 4, days: 3).report(provenance)
    let plain = lines(EvaluationText(report).text(.full))
    let plainTables = plain.indices.filter { plain[$0].hasPrefix("─") }
    #expect(plainTables.count > 6)
    #expect(plain.count { $0.hasPrefix("\(provenance.rawValue) · ") } == plainTables.count)
    let markdown = lines(EvaluationText(report, style: .markdown).text(.full))
    #expect(markdown.count { $0.hasPrefix("**\(provenance.rawValue) · ") } == plainTables.count)
    #expect(plain[0].hasPrefix(provenance.rawValue))
  }
}
