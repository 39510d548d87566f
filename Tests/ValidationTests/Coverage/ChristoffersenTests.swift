import Testing
import Validation

@Suite("Christoffersen's independence and conditional coverage")
struct ChristoffersenTests {
  /// A day without an exception, then 252 days with six exceptions, of which four follow another.
  ///
  /// Source: question 10 of chapter 6 of Philippe Jorion, "Value at Risk" (3rd edition, 2007), with its answer quoted at
  /// https://www.bionicturtle.com/forum/threads/jorion-chapter-6-question-10.13424/: 3.498 for the rate, 25.837 for
  /// independence; the statistic of the rate is 3.4988, cut off rather than rounded.
  private static let publishedYear =
    HitSequences.counted(hits: 0, of: 101) + HitSequences.counted(hits: 3, of: 80)
    + HitSequences.counted(hits: 3, of: 72)

  @Test("A published year has the published statistics 3.498 and 25.837")
  func publishedExample() {
    let sequences = [Self.publishedYear]
    let days = [Array(Self.publishedYear.dropFirst())]
    let rate = CoverageTest.kupiec(sequences: days, missRate: 0.01, alternative: .anotherRate)
    #expect(isClose(rate.statistic, 3.498, within: 0.001))
    #expect(rate.isRejected(at: 0.05) == false)
    let independence = CoverageTest.independence(sequences: sequences)
    #expect(isClose(independence.statistic, 25.837, within: 0.0005))
    #expect(CoverageTest.conditionalCoverage(sequences: sequences, missRate: 0.01).isRejected(at: 0.01) == true)
  }

  /// 252 days with 20 exceptions, of which 6 follow one; of the 232 days without, 14 follow an exception.
  private static let clusteredYear: [Bool] = {
    var hits: [Bool] = []
    for run in 0..<14 {
      hits += [Bool](repeating: false, count: 16)
      hits += [Bool](repeating: true, count: run < 6 ? 2 : 1)
    }
    return hits + [Bool](repeating: false, count: 233 - 14 * 16)
  }()

  @Test("A year of clustered exceptions has the statistics of SciPy 1.17.1")
  func clusteredExample() {
    let sequences = [Self.clusteredYear]
    let independence = CoverageTest.independence(sequences: sequences)
    #expect(isClose(independence.statistic, 9.529568780336376, within: 1e-9))
    let joint = CoverageTest.conditionalCoverage(sequences: sequences, missRate: 0.05)
    #expect(isClose(joint.statistic, 9.529568780336376 + 3.9125508275532326, within: 1e-9))
    #expect(joint.isRejected(at: 0.01) == true)
  }

  @Test("Hand-worked transitions: as many hits after hits as after misses show no dependence")
  func noDependence() {
    // Transitions: 1→1, 1→0, 0→0, 0→1.
    let result = CoverageTest.independence(sequences: [[true, true, false, false, true]])
    #expect(isClose(result.statistic, 0))
    #expect(isClose(result.pValue, 1))
  }

  @Test("Transitions never cross sequences")
  func pooling() {
    let reference = HitSequences.reference
    let whole = [reference]
    let parts = [Array(reference[..<120]), Array(reference[120...])]
    #expect(isClose(CoverageTest.independence(sequences: whole).statistic, 4.3491830821871815, within: 1e-9))
    #expect(isClose(CoverageTest.independence(sequences: parts).statistic, 4.311937086069406, within: 1e-9))
    let joint = CoverageTest.conditionalCoverage(sequences: parts, missRate: 0.05)
    #expect(isClose(joint.statistic, 31.203381267757674, within: 1e-9))
    let single = reference.map { [$0] }
    #expect(CoverageTest.independence(sequences: single).statistic == nil)
  }

  @Test("Nobody can tell the dependence of hits that no trial follows, or that all trials are")
  func undefined() {
    let sequences = [[[Bool]](), [[]], [[true]], [[false, false, false]], [[true, true]], [[false, false, true]]]
    for sequence in sequences {
      #expect(CoverageTest.independence(sequences: sequence).pValue == nil)
      #expect(CoverageTest.conditionalCoverage(sequences: sequence, missRate: 0.01).pValue == nil)
    }
  }
}
