import Learning
import Testing

@Suite("Pinball loss")
struct PinballLossTests {
  @Test func anExcessCostsTheLevelAndAShortfallTheRest() {
    #expect(PinballLoss.value(prediction: 1, target: 5, level: 0.75) == 3)
    #expect(PinballLoss.value(prediction: 5, target: 1, level: 0.75) == 1)
    #expect(PinballLoss.value(prediction: 2, target: 2, level: 0.75) == 0)
    #expect(PinballLoss.gradient(prediction: 1, target: 5, level: 0.75) == -0.75)
    #expect(PinballLoss.gradient(prediction: 5, target: 1, level: 0.75) == 0.25)
    #expect(PinballLoss.gradient(prediction: 2, target: 2, level: 0.75) == 0.25)
  }

  @Test func halfTheAbsoluteErrorAtTheMedian() {
    for (prediction, target) in [(0.0, 3.0), (-2, 7.5), (4, -1.25)] {
      #expect(
        PinballLoss.value(prediction: prediction, target: target, level: 0.5) == abs(target - prediction) / 2)
    }
  }

  @Test(arguments: [0.05, 0.5, 0.9, 0.99])
  func aSampleQuantileHasTheLeastMeanLoss(level: Double) {
    let sample = (1...100).map { Double(($0 * 37) % 101) }
    func loss(_ prediction: Double) -> Double {
      sample.reduce(0) { $0 + PinballLoss.value(prediction: prediction, target: $1, level: level) }
    }
    let quantile = (level * 100).rounded(.up)
    for other in stride(from: 0.0, through: 101, by: 0.25) {
      #expect(loss(quantile) <= loss(other) + 1e-9, "\(other)")
    }
  }

  @Test(arguments: [0.1, 0.95])
  func theGradientIsThatOfTheValue(level: Double) {
    for (prediction, target) in [(0.0, 1.0), (1, 0), (-3, 2)] {
      let step = 1e-6
      let rise =
        PinballLoss.value(prediction: prediction + step, target: target, level: level)
        - PinballLoss.value(prediction: prediction - step, target: target, level: level)
      let gradient = PinballLoss.gradient(prediction: prediction, target: target, level: level)
      #expect(abs(rise / (2 * step) - gradient) < 1e-9)
    }
  }

  @Test func anUndefinedValueHasNoLoss() {
    #expect(PinballLoss.value(prediction: .nan, target: 1, level: 0.5).isNaN)
    #expect(PinballLoss.value(prediction: 1, target: .nan, level: 0.5).isNaN)
  }
}
