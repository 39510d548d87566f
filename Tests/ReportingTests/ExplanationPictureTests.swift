import Reporting
import Testing

@Suite("The picture of an explanation")
struct ExplanationPictureTests {
  @Test("Bars for the inputs over a waterfall for each snapshot's side")
  func golden() throws {
    let svg = ExplanationPicture(try ExplanationFixture().report()).svg()
    try Golden.expect(svg, "explanation.svg")
    let reader = try SVGReader.read(svg)
    #expect(reader.texts.contains { $0.hasPrefix("SIMULATED · what moves tiny") })
    // The hatch's two, the page, two in the legend, two parts for each input's bar, and one for each step.
    #expect(reader.rectangles == 2 + 1 + 2 + 2 * 4 + 2 * 4)
    #expect(reader.polygons == 2 * 2)
  }

  @Test("Every contribution stands beside its bar with its sign, and every running sum at the edge")
  func figures() throws {
    let texts = try SVGReader.read(ExplanationPicture(try ExplanationFixture().report()).svg()).texts
    for figure in ["+1.50", "+0.75", "−0.50", "+0.25", "−2.50", "−1.75", "−2.25"] {
      #expect(texts.count { $0 == figure } == 2, "\(figure)")
    }
    // The base, the last running sum and the log-odds that it leads to.
    #expect(texts.count { $0 == "−4.00" } == 2)
    #expect(texts.count { $0 == "−2.00" } == 4)
  }

  @Test(
    "Names stand as they are, whatever their letters",
    arguments: ["a & b", "<svg>", "]]>", "&amp;", "\"'", "<!--", "深 é 🙂"])
  func escapes(text: String) throws {
    var fixture = ExplanationFixture(model: text)
    fixture.features[2] = text
    let reader = try SVGReader.read(ExplanationPicture(try fixture.report()).svg())
    #expect(reader.texts.contains { $0.contains("what moves \(text),") })
    // The input without a value stands alone: in its bar and in both waterfalls.
    #expect(reader.texts.count { $0 == text } == 3)
  }

  @Test(
    "Whatever the figures, the coordinates are numbers",
    arguments: [[0, 0, 0, 0], [1e-12, 0, 0, 0], [1e6, -1e6, 3, 0], [.nan, 1, .infinity, 0], [300, 200, 100, 50]])
  func extremes(contributions: [Double]) throws {
    let report = try ExplanationFixture(contributions: contributions).report()
    for count in [nil, 1] {
      let reader = try SVGReader.read(ExplanationPicture(report.keeping(count)).svg())
      for value in reader.numbers { #expect(Double(value)?.isFinite == true, "\(value)") }
    }
  }

  @Test("Log-odds before a calibration have no axis of probabilities")
  func scale() throws {
    func texts(_ scale: ExplanationReport.Scale) throws -> [String] {
      try SVGReader.read(ExplanationPicture(try ExplanationFixture(scale: scale).report()).svg()).texts
    }
    #expect(try texts(.calibrated).contains("probability"))
    #expect(try !texts(.beforeCalibration).contains("probability"))
  }
}
