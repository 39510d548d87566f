import Sampling
import Testing
import Validation

@Suite("The tests of coverage together")
struct CoverageTestsTests {
  @Test("They are reported in a fixed order under fixed names")
  func order() {
    let results = CoverageTest.all(sequences: [HitSequences.reference], missRate: 0.05)
    #expect(results.map(\.test) == ["kupiec", "independence", "conditional-coverage", "dynamic-quantile"])
    #expect(results.allSatisfy { $0.isRejected(at: 0.05) == true })
  }

  @Test("A result is defined wholly or not at all")
  func result() {
    let infinite = CoverageTestResult(test: "any", statistic: .infinity, pValue: 0)
    #expect(infinite.statistic == nil && infinite.pValue == nil)
    #expect(infinite.isRejected(at: 0.05) == nil)
    #expect(CoverageTestResult(test: "any", statistic: nil, pValue: 0.5).pValue == nil)
    #expect(CoverageTestResult(test: "any", statistic: 1, pValue: 0.04).isRejected(at: 0.05) == true)
  }

  @Test("Hostile input gives finite numbers or none")
  func hostile() {
    let hits = [Bool](repeating: true, count: 20)
    let misses = [Bool](repeating: false, count: 20)
    let inputs: [[[Bool]]] = [
      [], [[]], [[true]], [[false]], [hits], [misses], [hits, misses], [hits + misses], [misses + hits + misses],
      [HitSequences.reference],
    ]
    let rates = [
      0.01, 0.5, 0, 1, -1, 2, .nan, .infinity, -.infinity, .leastNonzeroMagnitude, Double(1).nextDown,
    ]
    for input in inputs {
      for rate in rates {
        for result in CoverageTest.all(sequences: input, missRate: rate) {
          #expect((result.statistic == nil) == (result.pValue == nil))
          if let pValue = result.pValue { #expect((0...1).contains(pValue)) }
        }
        if !(rate > 0 && rate < 1) {
          #expect(CoverageTest.all(sequences: input, missRate: rate).filter { $0.pValue != nil }.count <= 1)
        }
        _ = TrafficLight(sequences: input, missRate: rate)
      }
    }
  }

  /// How often each test rejects at 5 % in simulated back-tests of 1000 trials, of those where it can tell.
  private func rejections(afterHit: Double, afterMiss: Double, missRate: Double) -> [Double] {
    var generator = SeededGenerator(seed: 20)
    var rejected = [0.0, 0, 0, 0]
    var told = [0.0, 0, 0, 0]
    for _ in 0..<300 {
      let sequences = (0..<2).map { _ in
        HitSequences.chain(500, afterHit: afterHit, afterMiss: afterMiss, &generator)
      }
      for (index, result) in CoverageTest.all(sequences: sequences, missRate: missRate).enumerated() {
        guard let isRejected = result.isRejected(at: 0.05) else { continue }
        told[index] += 1
        rejected[index] += isRejected ? 1 : 0
      }
    }
    return zip(rejected, told).map { $0 / $1 }
  }

  @Test("Correct coverage is rejected as often as in 4000 simulations with NumPy 2.4.6 and SciPy 1.17.1")
  func size() {
    let shares = rejections(afterHit: 0.05, afterMiss: 0.05, missRate: 0.05)
    for (share, reference) in zip(shares, [0.0485, 0.084, 0.05525, 0.04425]) {
      let standardError = (reference * (1 - reference) / 300).squareRoot()
      #expect(abs(share - reference) < 4 * standardError)
    }
  }

  @Test("At a rate of 1 % the dynamic quantile test rejects correct coverage too often, Kupiec's does not")
  func sizeAtOnePercent() {
    let shares = rejections(afterHit: 0.01, afterMiss: 0.01, missRate: 0.01)
    #expect(shares[3] > 0.07)
    #expect(shares[0] < 0.1)
  }

  @Test("Twice the promised rate is found by all tests but independence")
  func powerAgainstRate() {
    let shares = rejections(afterHit: 0.1, afterMiss: 0.1, missRate: 0.05)
    #expect(shares[0] > 0.95 && shares[2] > 0.95 && shares[3] > 0.9)
    #expect(shares[1] < 0.1)
  }

  @Test("Clustered hits of the promised rate are found by all tests but Kupiec's")
  func powerAgainstClusters() {
    // The stationary rate is 0.0375 / (1 - 0.2875 + 0.0375) = 5 %.
    let shares = rejections(afterHit: 0.2875, afterMiss: 0.0375, missRate: 0.05)
    #expect(shares[1] > 0.95 && shares[2] > 0.9 && shares[3] > 0.9)
    #expect(shares[0] < 0.2)
  }

  @Test("Half the promised rate does not count against a margin in the one-sided test")
  func caution() {
    #expect(rejections(afterHit: 0.025, afterMiss: 0.025, missRate: 0.05)[0] == 0)
  }
}
