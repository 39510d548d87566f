import Testing
import Validation

@Suite("Kupiec's proportion of failures")
struct KupiecTests {
  private func test(hits: Int, _ alternative: CoverageTest.Alternative) -> CoverageTestResult {
    CoverageTest.kupiec(
      sequences: [HitSequences.counted(hits: hits, of: 250)], missRate: 0.01, alternative: alternative)
  }

  @Test("With 250 trials at 1 %, one to six hits agree with the rate, none and seven do not")
  func acceptanceRegion() {
    for hits in 1...6 { #expect(test(hits: hits, .anotherRate).isRejected(at: 0.05) == false) }
    #expect(test(hits: 0, .anotherRate).isRejected(at: 0.05) == true)
    #expect(test(hits: 7, .anotherRate).isRejected(at: 0.05) == true)
  }

  @Test("The likelihood ratios agree with SciPy 1.17.1")
  func reference() {
    let ratios = [0: 5.025167926750726, 1: 1.1764911353210783, 5: 1.956809788230622, 6: 3.5553547710617464]
    for (hits, ratio) in ratios { #expect(isClose(test(hits: hits, .anotherRate).statistic, ratio, within: 1e-10)) }
  }

  @Test("Against too many hits, only an excess counts")
  func oneSided() {
    let few = test(hits: 0, .tooManyHits)
    #expect(isClose(few.pValue, 0.9875092484732751, within: 1e-10))
    #expect((few.statistic ?? 0) < 0)
    let many = test(hits: 6, .tooManyHits)
    #expect(isClose(many.pValue, 0.02967680948614452, within: 1e-10))
    #expect(isClose(many.statistic, 3.5553547710617464.squareRoot(), within: 1e-10))
    #expect(many.isRejected(at: 0.05) == true)
    #expect(test(hits: 5, .tooManyHits).isRejected(at: 0.05) == false)
  }

  @Test("Sequences count as one")
  func pooling() {
    let parts = [HitSequences.counted(hits: 2, of: 100), HitSequences.counted(hits: 4, of: 150), []]
    for alternative in [CoverageTest.Alternative.anotherRate, .tooManyHits] {
      let pooled = CoverageTest.kupiec(sequences: parts, missRate: 0.01, alternative: alternative)
      #expect(pooled == test(hits: 6, alternative))
    }
  }
}
