import Sampling
import Testing
import Validation

@Suite("The two-sided cumulative sum")
struct CumulativeSumTests {
  /// k = 0.5: sums of rises 0.5, 1.5, 1, 2.5 and of falls 0, 0, 0, 0.
  @Test("A hand-worked rise, and a start from zero after the signal") func rise() throws {
    var monitor = CumulativeSum(slack: 0.5, threshold: 2)
    #expect(monitor.observe(1) == nil && monitor.evidence == 0.5)
    #expect(monitor.observe(1.5) == nil && monitor.evidence == 1.5)
    #expect(monitor.observe(0) == nil && monitor.evidence == 1)
    #expect(monitor.observe(2) == DriftSignal(direction: .rise, statistic: 2.5, threshold: 2))
    #expect(monitor.evidence == 0)
  }

  @Test("A fall is found as its mirror is") func fall() throws {
    var monitor = CumulativeSum(slack: 0.5, threshold: 2)
    #expect([-1, -1.5, 0].compactMap { monitor.observe($0) }.isEmpty)
    #expect(monitor.observe(-2) == DriftSignal(direction: .fall, statistic: 2.5, threshold: 2))
  }

  @Test("What is no number is counted and passed over") func undefined() {
    var monitor = CumulativeSum(slack: 0, threshold: 10)
    for value in [1, .nan, .infinity, -.infinity, 1e101, 2] { #expect(monitor.observe(value) == nil) }
    #expect(monitor.evidence == 3 && monitor.undefinedCount == 4)
  }

  /// Two-sided run lengths for independent normal values and k = 0.5.
  ///
  /// Montgomery, "Introduction to Statistical Quality Control", table "ARL performance of the tabular CUSUM": h = 4: 168 without a shift, 8.38 with one of a deviation; h = 5:
  /// 465 and 10.4.
  @Test("Run lengths agree with the tables", arguments: [(4.0, 0.0, 168.0), (4, 1, 8.38), (5, 0, 465), (5, 1, 10.4)])
  func tables(threshold: Double, shift: Double, expected: Double) {
    var generator = SeededGenerator(seed: 11)
    let count = 2_500
    var total = 0.0
    for _ in 0..<count {
      var monitor = CumulativeSum(slack: 0.5, threshold: threshold)
      var length = 1.0
      while monitor.observe(generator.normal() + shift) == nil { length += 1 }
      total += length
    }
    #expect(abs(total / Double(count) / expected - 1) < 0.07)
  }
}
