import Foundation
import Learning
import Sampling
import Testing

@Suite("Tails over a threshold")
struct ParetoTailTests {
  private func tail(shape: Double = 0.5, scale: Double = 2) throws -> ParetoTail {
    let excesses = try #require(GeneralizedPareto(shape: shape, scale: scale))
    return try #require(
      ParetoTail(threshold: 10, excesses: excesses, shapeError: 0.1, count: 1_000, excessCount: 100))
  }

  @Test func byHandTheQuantileAndTheMeanBeyondIt() throws {
    // u + (β/ξ)[((n/N)(1 − q))^−ξ − 1] = 10 + 4 (0.01^−½ − 1), and (46 + 2 − 5)/(1 − ½).
    let tail = try tail()
    #expect(abs(try #require(tail.quantile(0.999)) - 46) < 1e-10)
    #expect(abs(try #require(tail.expectedShortfall(0.999)) - 86) < 1e-10)
    #expect(abs(try #require(tail.quantile(0.9)) - 10) < 1e-12)
    #expect(tail.excessShare == 0.1)
  }

  @Test func anExponentialTailAddsItsScaleBeyondTheQuantile() throws {
    let tail = try tail(shape: 0)
    let quantile = try #require(tail.quantile(0.99))
    #expect(abs(quantile - (10 + 2 * log(10))) < 1e-12)
    #expect(abs(try #require(tail.expectedShortfall(0.99)) - (quantile + 2)) < 1e-12)
  }

  @Test func belowTheThresholdTheTailIsSilent() throws {
    let tail = try tail()
    #expect(tail.quantile(0.89) == nil && tail.quantile(1) == nil && tail.expectedShortfall(0.5) == nil)
    #expect(tail.quantile(.nan) == nil)
  }

  @Test func theMeanBeyondTheQuantileIsTheMeanOfHigherQuantiles() throws {
    let tail = try tail(shape: 0.2)
    let steps = 200_000
    let mean = (0..<steps).reduce(0.0) { sum, step in
      sum + (tail.quantile(0.95 + 0.05 * (Double(step) + 0.5) / Double(steps)) ?? .nan) / Double(steps)
    }
    #expect(abs(mean / (try #require(tail.expectedShortfall(0.95))) - 1) < 1e-3)
  }

  @Test func highQuantilesOfASampleAreFound() throws {
    // 1/√u has the tail x^−2: shape ½, and the quantile of level q is (1 − q)^−½.
    var generator = SeededGenerator(seed: 11)
    let sample = (0..<40_000).map { _ in 1 / (1 - generator.uniform()).squareRoot() }
    let tail = try ParetoTail.fitted(to: sample, above: 3)
    #expect(abs(tail.excesses.shape - 0.5) < 4 * tail.shapeError)
    #expect(abs(try #require(tail.quantile(0.999)) / 1_000.0.squareRoot() - 1) < 0.1)
    #expect(tail.count == 40_000 && tail.excessCount == sample.count { $0 > 3 })
  }

  @Test func aTailWhoseMeanMayBeInfiniteIsRefused() throws {
    var generator = SeededGenerator(seed: 12)
    let sample = (0..<500).map { _ in 1 / (1 - generator.uniform()) }
    do {
      _ = try ParetoTail.fitted(to: sample, above: 2)
      Issue.record("a tail of shape 1 was accepted")
    } catch TailFailure.meanMayBeInfinite(let shape, let upper) {
      #expect(abs(shape - 1) < 0.4 && upper >= 1)
    }
  }

  @Test func tooFewExcessesAreRefused() {
    #expect(throws: TailFailure.insufficientEvidence(found: 29, needed: 30)) {
      try ParetoTail.fitted(to: (1...1_000).map(Double.init), above: 971)
    }
    #expect(throws: TailFailure.valueNotFinite(row: 1)) { try ParetoTail.fitted(to: [1, .nan], above: 0) }
  }

  @Test func itComesBackFromTextUnchanged() throws {
    let tail = try tail(shape: -0.123)
    #expect(try JSONDecoder().decode(ParetoTail.self, from: JSONEncoder().encode(tail)) == tail)
  }

  @Test(arguments: [
    #"{"threshold":1,"shape":0.9,"scale":1,"shapeError":0.1,"count":100,"excessCount":50}"#,
    #"{"threshold":1,"shape":0.1,"scale":0,"shapeError":0.1,"count":100,"excessCount":50}"#,
    #"{"threshold":1,"shape":0.1,"scale":1,"shapeError":0.1,"count":10,"excessCount":50}"#,
    #"{"threshold":1,"shape":0.1,"scale":1,"shapeError":0.1,"count":100,"excessCount":50,"colour":1}"#,
  ])
  func brokenTextIsRefused(text: String) {
    #expect(throws: DecodingError.self) { try JSONDecoder().decode(ParetoTail.self, from: Data(text.utf8)) }
  }
}
