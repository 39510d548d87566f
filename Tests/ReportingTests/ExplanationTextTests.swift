import Boosting
import Foundation
import Markets
import ModelStore
import Reporting
import Testing

@Suite("Explanations as text and JSON")
struct ExplanationTextTests {
  @Test("Tables for a terminal and for Markdown", arguments: [TextTable.Style.plain, .markdown])
  func golden(style: TextTable.Style) throws {
    let text = ExplanationText(try ExplanationFixture().report(), style: style).text()
    try Golden.expect(text, style == .plain ? "explanation-plain" : "explanation-markdown")
    #expect(text.contains("SIMULATED · what moves tiny"))
  }

  @Test("A model of trees has its gains and splits in the table, others do not")
  func trees() throws {
    let trees = ExplanationText(try ExplanationFixture(hasTrees: true).report()).text()
    try Golden.expect(trees, "explanation-trees")
    #expect(!ExplanationText(try ExplanationFixture().report()).text().contains("splits"))
  }

  @Test("Each table says whether the data was real and stands under its own heading")
  func provenance() throws {
    let text = ExplanationText(try ExplanationFixture(provenance: .real).report(), style: .markdown).text()
    #expect(lines(text).count { $0.hasPrefix("**REAL · ") } == 3)
    let tables = markdownTables(text)
    #expect(tables.map(\.count) == [6, 8, 8])
    for table in tables { #expect(Set(table).count == 1) }
  }

  @Test("Shortened, the smaller inputs stand together, and the sums are the same")
  func shortened() throws {
    let report = try ExplanationFixture(hasTrees: true).report()
    let short = report.keeping(2)
    try Golden.expect(ExplanationText(short).text(), "explanation-short")
    #expect(short.importance.map(\.feature) == ["depth_50bp", "realised_volatility_1h", "2 other inputs"])
    #expect(short.importance.reduce(0) { $0 + $1.share } == 1)
    #expect(short.importance.compactMap(\.trees).reduce(0) { $0 + $1.splits } == 75)
    for (short, whole) in zip(short.snapshots, report.snapshots) {
      #expect(short.steps.last?.contribution == -0.25)
      #expect(short.steps.last?.runningSum == whole.steps.last?.runningSum)
      #expect(short.gap == 0)
    }
    for count in [3, 4, 9] { #expect(report.keeping(count) == report) }
    #expect(report.keeping(nil) == report)
  }

  @Test("What cannot be known is said")
  func unknown() throws {
    let text = ExplanationText(try ExplanationFixture(scale: .beforeCalibration).report()).text()
    #expect(text.contains("log-odds before calibration"))
    #expect(text.contains("The last book at or before 2025-10-10T21:01:27Z."))
    #expect(text.contains("In shortfall at the time; what followed is unknown."))
  }

  @Test("The JSON has every documented key, with null where there is nothing")
  func json() throws {
    let text = try StableJSON.text(of: try ExplanationFixture().report())
    try Golden.expect(text, "explanation.json")
    let top = try #require(JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    let input = try #require((top["importance"] as? [[String: Any]])?.first)
    #expect(input["gain"] is NSNull && input["splits"] is NSNull)
    #expect(input["direction"] as? String == "decreasing")
    let snapshot = try #require((top["snapshots"] as? [[String: Any]])?.last)
    #expect(snapshot["outcome"] is NSNull)
    #expect((snapshot["contributions"] as? [[String: Any]])?[2]["value"] is NSNull)
  }
}

@Suite("Signed figures")
struct SignedFigureTests {
  @Test(
    "A sign stands before every figure that is not zero",
    arguments: [(1.25, "+1.3"), (-1.25, "−1.3"), (0.0, "0.0"), (0.04, "0.0"), (-0.04, "0.0"), (.nan, "–")])
  func signed(value: Double, text: String) {
    #expect(Figures.signed(value, 1) == text)
  }
}
