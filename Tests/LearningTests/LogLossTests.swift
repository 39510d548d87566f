import Learning
import Testing

@Suite("Log loss")
struct LogLossTests {
  @Test func atEvenOddsTheLossIsLnTwo() {
    for outcome in [true, false] {
      #expect(abs(LogLoss.value(logOdds: 0, outcome: outcome) - 0.6931471805599453) < 1e-16)
    }
    #expect(LogLoss.gradient(logOdds: 0, outcome: true) == -0.5)
    #expect(LogLoss.hessian(logOdds: 0) == 0.25)
  }

  @Test func hugeLogOddsNeitherOverflowNorLoseDigits() {
    #expect(LogLoss.value(logOdds: 1e6, outcome: false) == 1e6)
    #expect(LogLoss.value(logOdds: -1e6, outcome: true) == 1e6)
    #expect(LogLoss.value(logOdds: 1e6, outcome: true) == 0)
    #expect(LogLoss.gradient(logOdds: 1e6, outcome: false) == 1)
    #expect(LogLoss.hessian(logOdds: -1e6) == 0)
    // e^−40, to all its digits.
    #expect(abs(LogLoss.value(logOdds: 40, outcome: true) / 4.248354255291589e-18 - 1) < 1e-14)
    #expect(abs(LogLoss.gradient(logOdds: 40, outcome: true) / -4.248354255291589e-18 - 1) < 1e-14)
  }

  @Test(arguments: [-30.0, -3, -0.5, 0, 1e-9, 0.7, 4, 25])
  func derivativesAreThoseOfTheValue(logOdds: Double) {
    let step = 1e-5
    for outcome in [true, false] {
      let (low, high) = (
        LogLoss.terms(logOdds: logOdds - step, outcome: outcome),
        LogLoss.terms(logOdds: logOdds + step, outcome: outcome)
      )
      let middle = LogLoss.terms(logOdds: logOdds, outcome: outcome)
      #expect(abs((high.value - low.value) / (2 * step) - middle.gradient) < 1e-9)
      #expect(abs((high.gradient - low.gradient) / (2 * step) - middle.hessian) < 1e-9)
    }
  }

  @Test(arguments: [-700.0, -36, -2, 0, 1, 15])
  func logitUndoesSigmoid(logOdds: Double) {
    #expect(abs(logit(sigmoid(logOdds)) - logOdds) < 1e-9 * max(1, abs(logOdds)))
  }

  @Test func logitAtTheEdges() {
    #expect(logit(0) == -.infinity)
    #expect(logit(1) == .infinity)
    #expect(logit(1.5).isNaN)
    #expect(sigmoid(-1e9) == 0 && sigmoid(1e9) == 1 && sigmoid(.nan).isNaN)
  }
}
