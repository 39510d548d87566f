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

  @Test func anEmptyReportSaysWhyItIsEmpty() throws {
    let page = BacktestPage(try BacktestPageFixture.empty())
    let html = page.html()
    let parser = XMLParser(data: Data(html.utf8))
    #expect(parser.parse())
    #expect(page.pictures().isEmpty)
    #expect(html.components(separatedBy: "class=\"absent\"").count - 1 == 10)
    #expect(html.components(separatedBy: "SIMULATED – No ").count - 1 == 10)
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
