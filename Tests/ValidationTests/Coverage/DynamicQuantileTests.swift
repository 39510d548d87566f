import Testing
import Validation

@Suite("The dynamic quantile test")
struct DynamicQuantileTests {
  @Test("The statistic and its p-value agree with NumPy 2.4.6 and SciPy 1.17.1")
  func reference() throws {
    let whole = CoverageTest.dynamicQuantile(sequences: [HitSequences.reference], missRate: 0.05)
    #expect(isClose(whole.statistic, 64.29019338546699, within: 1e-8))
    #expect(isClose(try #require(whole.pValue) / 1.572901117296159e-12, 1, within: 1e-8))
  }

  @Test("Lags never cross sequences")
  func pooling() {
    let reference = HitSequences.reference
    let parts = [Array(reference[..<120]), Array(reference[120...])]
    let result = CoverageTest.dynamicQuantile(sequences: parts, missRate: 0.05)
    #expect(isClose(result.statistic, 65.67865125406178, within: 1e-8))
  }

  @Test("It cannot tell when the earlier hits explain each other")
  func singular() {
    let alternating = (0..<100).map { $0 % 2 == 0 }
    let sequences = [[[Bool]](), [[true, false, true]], [alternating], [[Bool](repeating: false, count: 100)]]
    for sequence in sequences {
      #expect(CoverageTest.dynamicQuantile(sequences: sequence, missRate: 0.05).statistic == nil)
    }
  }
}
