import Reporting
import Testing

@Suite("Figures")
struct FiguresTests {
  @Test(
    "Decimals are fixed in number and rounded half away from zero",
    arguments: [
      (0.0, 2, "0.00"), (0.5, 0, "1"), (1.5, 0, "2"), (-0.5, 0, "−1"), (2.5, 0, "3"), (0.125, 2, "0.13"),
      (-0.125, 2, "−0.13"), (0.05, 1, "0.1"), (9.999, 2, "10.00"), (0.0004, 3, "0.000"), (-0.0004, 3, "0.000"),
      (-0.0, 1, "0.0"), (1_234_567.25, 1, "1234567.3"), (1e-300, 4, "0.0000"), (123, 0, "123"), (1e20, 2, "1e+20"),
      (-1e20, 2, "−1e+20"),
    ])
  func decimals(value: Double, places: Int, text: String) {
    #expect(Figures.decimal(value, places) == text)
  }

  @Test("What is no number has no figure", arguments: [nil, .nan, .infinity, -.infinity, .signalingNaN] as [Double?])
  func absence(value: Double?) {
    #expect(Figures.absent == "–")
    #expect(Figures.decimal(value, 3) == "–")
    #expect(Figures.percent(value) == "–")
    #expect(Figures.amount(value) == "–")
  }

  @Test(
    "Shares are percentages",
    arguments: [
      (0.0, 2, "0.00 %"), (1.0, 0, "100 %"), (0.019_4, 2, "1.94 %"), (-0.000_1, 2, "−0.01 %"), (0.005, 0, "1 %"),
      (Double.greatestFiniteMagnitude, 2, "–"),
    ])
  func percentages(value: Double, places: Int, text: String) {
    #expect(Figures.percent(value, places) == text)
  }

  @Test(
    "Counts are grouped by three",
    arguments: [
      (0, "0"), (7, "7"), (999, "999"), (1_000, "1,000"), (100_000, "100,000"), (-1_234_567, "−1,234,567"),
      (Int.max, "9,223,372,036,854,775,807"), (Int.min, "−9,223,372,036,854,775,808"),
    ])
  func counts(value: Int, text: String) {
    #expect(Figures.count(value) == text)
  }

  @Test(
    "Amounts are rounded to whole units and grouped",
    arguments: [
      (0.0, "0"), (0.4, "0"), (0.5, "1"), (-0.4, "0"), (-0.5, "−1"), (999.5, "1,000"), (4_450_695.4, "4,450,695"),
      (-1_000, "−1,000"), (8e15, "8,000,000,000,000,000"),
    ])
  func amounts(value: Double, text: String) {
    #expect(Figures.amount(value) == text)
  }
}
