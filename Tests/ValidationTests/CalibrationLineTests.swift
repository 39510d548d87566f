import Sampling
import Testing
import Validation

@Suite("The calibration line")
struct CalibrationLineTests {
  @Test("It agrees with scikit-learn's unpenalised logistic regression")
  func reference() throws {
    let line = try #require(
      CalibrationLine(probabilities: ReferenceSample.probabilities, outcomes: ReferenceSample.outcomes))
    #expect(isClose(line.intercept, -0.019711213111984732, within: 1e-8))
    #expect(isClose(line.slope, 1.5869055884212009, within: 1e-8))
  }

  @Test("Two probabilities with matching event rates give intercept 0 and slope 1")
  func calibrated() throws {
    // One of four events at 0.25 and three of four at 0.75: the observed log-odds are the forecast ones.
    let line = try #require(
      CalibrationLine(
        probabilities: [0.25, 0.25, 0.25, 0.25, 0.75, 0.75, 0.75, 0.75],
        outcomes: [true, false, false, false, true, true, true, false]))
    #expect(isClose(line.intercept, 0, within: 1e-9))
    #expect(isClose(line.slope, 1, within: 1e-9))
  }

  @Test("Forecasts twice as far from even than the outcomes give slope one half")
  func overconfident() throws {
    // Log-odds ±2 ln 3 are probabilities 0.9 and 0.1; the event rates 0.75 and 0.25 have log-odds ±ln 3.
    let line = try #require(
      CalibrationLine(
        probabilities: [0.1, 0.1, 0.1, 0.1, 0.9, 0.9, 0.9, 0.9],
        outcomes: [true, false, false, false, true, true, true, false]))
    #expect(isClose(line.slope, 0.5, within: 1e-9))
  }

  @Test("No finite line exists under separation, quasi-separation, one outcome or one probability")
  func undefined() {
    #expect(CalibrationLine(probabilities: [0.1, 0.2, 0.8, 0.9], outcomes: [false, false, true, true]) == nil)
    #expect(CalibrationLine(probabilities: [0.1, 0.2, 0.8, 0.9], outcomes: [true, true, false, false]) == nil)
    #expect(CalibrationLine(probabilities: [0.1, 0.5, 0.5, 0.9], outcomes: [false, false, true, true]) == nil)
    #expect(CalibrationLine(probabilities: [0.1, 0.5], outcomes: [false, false]) == nil)
    #expect(CalibrationLine(probabilities: [0.3, 0.3], outcomes: [false, true]) == nil)
    #expect(CalibrationLine(probabilities: [], outcomes: []) == nil)
  }

  @Test("Certain forecasts that fail still give a line, with the log-odds clamped")
  func certainForecasts() throws {
    let line = try #require(
      CalibrationLine(probabilities: [0, 0, 1, 1, 0.5], outcomes: [false, true, true, false, true]))
    #expect(line.slope.isFinite && line.intercept.isFinite)
  }

  @Test("The line makes the score equations zero on random rows", arguments: 0..<20)
  func scoreEquations(seed: Int) throws {
    let rows = SimulatedForecasts(seed: UInt64(seed), days: 5, rowsPerDay: 40)
    let line = try #require(CalibrationLine(probabilities: rows.probabilities, outcomes: rows.outcomes))
    var intercept = 0.0
    var slope = 0.0
    for (probability, outcome) in zip(rows.probabilities, rows.outcomes) {
      let logOdds = ProbabilityLoss.logOdds(probability)
      let residual = (outcome ? 1 : 0) - sigmoid(line.intercept + line.slope * logOdds)
      intercept += residual
      slope += residual * logOdds
    }
    #expect(isClose(intercept, 0, within: 1e-5))
    #expect(isClose(slope, 0, within: 1e-5))
  }
}
