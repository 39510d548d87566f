import Reporting
import Testing

@Suite("Numbers as people read them")
struct FiguresTests {
  @Test(
    "Decimals are fixed, and halves that binary numbers hold exactly go away from zero",
    arguments: [
      (0.125, 2, "0.13"), (-0.125, 2, "−0.13"), (2.5, 0, "3"), (-2.5, 0, "−3"), (0.004, 2, "0.00"),
      (-0.004, 2, "0.00"), (0, 3, "0.000"), (-0.0, 1, "0.0"), (9.995, 1, "10.0"), (1234.5, 1, "1234.5"),
      (0.05, 4, "0.0500"), (1e300, 2, "1e+300"),
    ])
  func decimal(_ value: Double, _ places: Int, _ text: String) {
    #expect(Figures.decimal(value, places) == text)
  }

  @Test("Where there is no figure stands a dash", arguments: [Double.nan, .infinity, -.infinity])
  func absent(_ value: Double) {
    #expect(Figures.decimal(value, 2) == "–")
    #expect(Figures.percent(value) == "–")
    #expect(Figures.amount(value) == "–")
    #expect(Figures.decimal(nil, 2) == "–" && Figures.percent(nil) == "–" && Figures.amount(nil) == "–")
  }

  @Test("Shares read as percentages")
  func percent() {
    #expect(Figures.percent(0.821_838_998_446_348) == "82.18 %")
    #expect(Figures.percent(0.005) == "0.50 %")
    #expect(Figures.percent(1, 0) == "100 %")
    #expect(Figures.percent(-0.031_25, 1) == "−3.1 %")
  }

  @Test("Counts and amounts have their digits in groups of three")
  func groups() {
    #expect([0, 999, 1_000, 1_234_567, -1_000].map(Figures.count) == ["0", "999", "1,000", "1,234,567", "−1,000"])
    #expect(Figures.count(.min) == "−9,223,372,036,854,775,808")
    #expect(Figures.amount(1_234.5) == "1,235")
    #expect(Figures.amount(-0.4) == "0" && Figures.amount(-0.5) == "−1" && Figures.amount(1e16) == "–")
  }
}
