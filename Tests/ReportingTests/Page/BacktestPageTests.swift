import Backtesting
import Foundation
import Reporting
import Testing

#if canImport(FoundationXML)
  import FoundationXML
#endif

@Suite struct BacktestPageTests {
  @Test func thePageIsWellFormedAndReachesForNothing() throws {
    let html = BacktestPage(try BacktestPageFixture.small()).html()
    let parser = XMLParser(data: Data(html.utf8))
    #expect(parser.parse(), "\(String(describing: parser.parserError)) at line \(parser.lineNumber)")
    #expect(!html.contains("http"))
    #expect(!html.contains("<script"))
    #expect(!html.contains("url("))
  }

  @Test(arguments: ["REAL", "SIMULATED"]) func everySectionTableAndPictureNamesTheOrigin(origin: String) throws {
    let page = BacktestPage(try BacktestPageFixture.small(provenance: origin))
    let html = page.html()
    for opening in ["<section>", "<caption>", "<figcaption>", "<title>"] {
      let parts = html.components(separatedBy: opening).dropFirst(opening == "<title>" ? 2 : 1)
      #expect(!parts.isEmpty)
      for part in parts { #expect(part.prefix(200).contains(origin), "\(part.prefix(200))") }
    }
    for picture in page.pictures() { #expect(picture.svg.contains(origin)) }
  }

  @Test func namesThatLookLikeMarkupAreEscaped() throws {
    let page = BacktestPage(try BacktestPageFixture.small())
    #expect(!page.html().contains("E<TH>"))
    #expect(page.html().contains("E&lt;TH&gt;&amp;"))
    for picture in page.pictures() {
      #expect(!picture.name.contains("/") && !picture.name.contains("<") && picture.name.hasSuffix(".svg"))
      _ = try SVGReader.read(picture.svg)
    }
    #expect(Set(page.pictures().map(\.name)).count == page.pictures().count)
  }

  @Test func theVerdictSaysWhatWasFoundInSentences() throws {
    let html = BacktestPage(try BacktestPageFixture.small()).html()
    #expect(html.contains("coverage 98.50 % [97.00, 99.50] of 99 losses against the target 99.00 %: missed, but"))
    #expect(html.contains("Kupiec's test does not reject it at 5 % (p = 0.530)"))
    #expect(html.contains("conditional coverage rejects it at 5 % (p = 0.010)"))
    #expect(html.contains("conditional asks 210.0 bp against 280.0 bp, 25.0 % less"))
    #expect(html.contains("the interval holds no difference"))
  }

  @Test func sizesAreReadInGroupsOfDigits() throws {
    let html = BacktestPage(try BacktestPageFixture.small()).html()
    #expect(html.contains("<td class=\"words\">1,000,000</td>"))
    #expect(html.contains("SDT 100,000</td>"))
  }

  @Test func anEmptyReportSaysWhyItIsEmpty() throws {
    let page = BacktestPage(try BacktestPageFixture.empty())
    let html = page.html()
    let parser = XMLParser(data: Data(html.utf8))
    #expect(parser.parse())
    #expect(page.pictures().isEmpty)
    #expect(html.components(separatedBy: "class=\"absent\"").count - 1 == 17)
    #expect(html.components(separatedBy: "SIMULATED – No ").count - 1 == 17)
  }

  @Test func theWholePageOfASmallReportIsKnown() throws {
    try Golden.expect(BacktestPage(try BacktestPageFixture.small(provenance: "SIMULATED")).html(), "backtest.html")
  }

  @Test func raisesWithoutCostsAccountsOrProbabilitiesSaySo() throws {
    let html = BacktestPage(try BacktestPageFixture.plainRaises()).html()
    #expect(html.contains("No raise could be compared with liquidity in cost"))
    #expect(html.contains("No feedback: without a file of accounts nothing is known"))
    #expect(html.contains("No liquidity stands beside the raises") && !html.contains("depth to cover, USD"))
    #expect(html.contains("No drift: the report judges no probabilities."))
    #expect(html.contains("raised a margin 3 times, by 50.0 bp in the middle and 100.0 bp at most"))
  }

  @Test func theGuardsEffectIsSaidInFiguresAndDrawn() throws {
    let page = BacktestPage(try BacktestPageFixture.small())
    let html = page.html()
    #expect(html.contains("The guard cut 1 of 3 raises."))
    #expect(html.contains("Whole raise at once: 450,000 USD in the first round and 750,000 USD in all"))
    #expect(html.contains("the worst one 700,000 USD, amplified 1.75 times."))
    #expect(html.contains("With the guard: 150,000 USD in the first round and 160,000 USD in all"))
    let texts = try SVGReader.read(try #require(page.pictures().first { $0.name == "feedback.svg" }).svg).texts
    #expect(texts.contains("700k ×1.75") && texts.contains("110k ×1.10"))
    #expect(html.contains("Of 1 raises whose costs are known, liquidity would have been cheaper in 1"))
  }

  @Test func aMadeUpMarketIsNeverCalledRecorded() throws {
    let html = BacktestPage(try BacktestPageFixture.small(provenance: "REAL")).html()
    #expect(html.contains("<caption>SIMULATED, beside a back-test that is REAL – "))
    #expect(html.contains("<td>1.93</td><td>2.10</td><td>18 %</td><td>5.5</td>"))
    #expect(html.contains("<td>1.00</td><td>1.00</td><td>–</td><td>–</td>"))
  }

  @Test func driftIsMarkedWithItsLevel() throws {
    let html = BacktestPage(try BacktestPageFixture.small()).html()
    #expect(html.contains("1 moved so far that they ask for action, 1 warn and 0 are stable"))
    #expect(html.contains("<td class=\"marked\">0.260 action</td><td>–</td>"))
    #expect(html.contains("<td>0.012</td><td class=\"marked\">0.110 warning</td>"))
    #expect(html.contains("moved&lt;b&gt;"))
  }

  @Test func noPictureHasLettersBelowTenPointsInPrint() throws {
    // 860 units are drawn on the 269 mm between the margins of A4 across.
    let points = 269 / 25.4 * 72 / 860
    let page = BacktestPage(try BacktestPageFixture.small())
    for picture in page.pictures() {
      let sizes = picture.svg.matches(of: /font-size="([0-9.]+)"/).compactMap { Double($0.1) }
      #expect(!sizes.isEmpty)
      for size in sizes { #expect(size * points >= 10, "\(picture.name)") }
      #expect(picture.svg.contains("viewBox=\"0 0 860.0 "))
    }
  }

  @Test func aThinnedSeriesKeepsEveryRequiredRowAndEachStretchsExtremes() {
    let times = (0..<10_000).map(Double.init)
    let column = times.map { Optional(abs(($0 * 7_919).truncatingRemainder(dividingBy: 1_009))) }
    let required = [3, 4, 5, 777, 9_998]
    let kept = ThinnedSeries.rows(times: times, columns: [column], required: required, stretches: 20, limit: 1_000)
    #expect(Set(kept).isSuperset(of: required))
    #expect(kept == kept.sorted() && kept.count <= 2 + 40 + required.count)
    let most = column.compactMap(\.self).max()
    #expect(kept.contains { column[$0] == most })
    #expect(ThinnedSeries.rows(times: [], columns: [], required: [1], stretches: 5, limit: 0).isEmpty)
  }
}
