import Markets
import Reporting
import Testing

@Suite("The timeline chart")
struct TimelineChartTests {
  private let start = Timestamp(nanoseconds: 1_759_276_800_000_000_000)

  private func point(_ minute: Int64, _ depth: Double, _ probability: Double) -> TimelineChart.Point {
    TimelineChart.Point(time: start + .minutes(minute), relativeDepth: depth, probability: probability)
  }

  private func chart(
    title: String = "ETHUSDT", caption: String = "REAL · test", points: [TimelineChart.Point], hours: Int64 = 3
  ) -> String {
    let panel = TimelineChart.Panel(title: title, points: BySide(sell: points, buy: []))
    return TimelineChart([panel], caption: caption, start: start, end: start + .hours(hours)).svg()
  }

  @Test("Two markets, each with a strip for the depth over one for the probability")
  func golden() throws {
    let panels = ["ETHUSDT", "LTCUSDT"].map { title in
      TimelineChart.Panel(
        title: title,
        points: BySide(
          sell: [point(0, 12, 0), point(45, 1, 0.25), point(90, 0.1, 1), point(179, 0.001, 0.5)],
          buy: [point(30, 2.5, 0.02)]))
    }
    let svg = TimelineChart(
      panels, caption: "REAL · kraken-spot-2h", start: start + .minutes(-10), end: start + .hours(3)
    ).svg()
    try Golden.expect(svg, "timeline.svg")
    #expect(try SVGReader.read(svg).texts.contains("REAL · kraken-spot-2h"))
  }

  @Test(
    "Captions and titles stand as they are, whatever their letters",
    arguments: ["a & b", "<svg>", "x > y", "]]>", "&amp;", "\"'", "<!--", "深 é 🙂", "&\u{301}"])
  func escapes(text: String) throws {
    let reader = try SVGReader.read(chart(title: text, caption: text, points: [point(10, 1, 0.1)]))
    #expect(reader.texts.count { $0 == text } == 2)
  }

  @Test("Letters that XML cannot hold are replaced", arguments: ["\u{0}", "\u{1b}", "\u{8}", "\u{fffe}", "\u{ffff}"])
  func forbidden(letter: String) throws {
    let reader = try SVGReader.read(chart(title: "a\(letter)b", points: [point(10, 1, 0.1)]))
    #expect(reader.texts.contains("a\u{fffd}b"))
  }

  @Test("A point without a figure leaves no mark in its strip, and the figures of the others are numbers")
  func undefined() throws {
    let points = [
      point(0, .nan, 0.5), point(10, 1, .nan), point(20, .infinity, 0.5), point(30, -1, 0.5), point(40, 1e-300, 1),
    ]
    let reader = try SVGReader.read(chart(points: points))
    #expect(reader.circles == 4 + 4)
    for value in reader.numbers { #expect(Double(value)?.isFinite == true, "\(value)") }
  }

  @Test("A chart without markets is well-formed and bears its caption")
  func empty() throws {
    let svg = TimelineChart([], caption: "REAL · nothing", start: start, end: start + .hours(1)).svg()
    #expect(try SVGReader.read(svg).texts == ["REAL · nothing"])
  }

  @Test("However long the time, the labels are few", arguments: [1, 24, 25, 100, 24 * 365, 2_000_000])
  func labels(hours: Int64) throws {
    let labels = try SVGReader.read(chart(points: [], hours: hours)).texts.filter { $0.hasSuffix(":00") }
    #expect((1...25).contains(labels.count))
    let all = TimelineChart(
      [.init(title: "all", points: BySide(sell: [], buy: []))], caption: "REAL",
      start: .distantPast, end: .distantFuture)
    #expect(try SVGReader.read(all.svg()).texts.contains("all"))
  }
}
