import Sampling
import Testing
import Validation

@Suite("Diebold and Mariano's test of equal scores")
struct DieboldMarianoTests {
  @Test("A worked series of twelve differences has two lags and the statistic of NumPy 2.4.6")
  func worked() {
    let differences = [0.3, -0.1, 0.4, 0.2, 0.5, -0.2, 0.1, 0.6, 0, 0.3, 0.2, -0.3]
    #expect(DieboldMarianoTest.lags(of: 12) == 2)
    let result = DieboldMarianoTest.result(differences: differences)
    #expect(isClose(result.statistic, 3.2863353450309982, within: 1e-12))
    #expect(isClose(result.pValue, 0.0010150009471130606, within: 1e-12))
  }

  @Test("Two differences by hand: mean 2, variance 1 and covariance −1/2 at weight 1/2")
  func byHand() {
    // 1 + 2 · ½ · (−½) = ½, so the statistic is 2 / √(½ / 2) = 4.
    #expect(isClose(DieboldMarianoTest.result(differences: [1, 3]).statistic, 4))
  }

  @Test("Forecasters that change places change the sign alone")
  func symmetry() {
    let differences = [0.3, -0.1, 0.4, 0.2]
    let result = DieboldMarianoTest.result(differences: differences)
    let turned = DieboldMarianoTest.result(differences: differences.map { -$0 })
    #expect(isClose(result.statistic, turned.statistic.map { -$0 }))
    #expect(isClose(result.pValue, turned.pValue))
  }

  @Test("Equal scores, one day or an undefined score tell nothing")
  func edges() {
    for differences in [[], [1], [0, 0, 0], [2, 2, 2], [1, .nan], [1, .infinity]] as [[Double]] {
      #expect(DieboldMarianoTest.result(differences: differences).pValue == nil)
    }
  }

  /// The share of series rejected at 5 %, each an autoregression of first order around a mean.
  private func rejections(mean: Double, persistence: Double, days: Int) -> Double {
    var generator = SeededGenerator(seed: 12)
    let rejected = (0..<1_000).count { _ in
      var state = generator.normal() / (1 - persistence * persistence).squareRoot()
      let differences = (0..<days).map { _ in
        state = persistence * state + generator.normal()
        return mean + state
      }
      return DieboldMarianoTest.result(differences: differences).isRejected(at: 0.05) == true
    }
    return Double(rejected) / 1_000
  }

  /// References: 4,000 series each in NumPy 2.4.6.
  @Test(
    "Equal forecasters are rejected as often as in a simulation elsewhere",
    arguments: [(60, 0, 0.06875), (60, 0.3, 0.1065), (250, 0, 0.0535), (250, 0.3, 0.07925)] as [(Int, Double, Double)])
  func size(days: Int, persistence: Double, reference: Double) {
    let share = rejections(mean: 0, persistence: persistence, days: days)
    #expect(abs(share - reference) < 4 * (reference * (1 - reference) / 1_000).squareRoot())
  }

  @Test("Half a standard deviation a day is found in sixty days")
  func power() {
    #expect(rejections(mean: 0.5, persistence: 0, days: 60) > 0.93)
  }
}
