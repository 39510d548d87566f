import Learning
import Sampling
import Testing

@Suite("A quantile that follows its misses")
struct QuantileTrackingTests {
  @Test func byHandAMissRaisesAndACoveredOutcomeLowers() throws {
    var tracking = try #require(QuantileTracking(target: 0.1, step: 0.5))
    tracking.observe(.missed)
    #expect(abs(tracking.offset - 0.45) < 1e-15)
    tracking.observe(.covered)
    #expect(abs(tracking.offset - 0.40) < 1e-15)
    #expect(abs(tracking.corrected(2) - 2.40) < 1e-15)
  }

  @Test(arguments: [(0, 0.1), (1, 0.1), (0.1, 0), (0.1, .infinity), (.nan, 0.1), (0.1, .nan)])
  func settingsOutOfRangeAreRefused(target: Double, step: Double) {
    #expect(QuantileTracking(target: target, step: step) == nil)
  }

  /// Uniform values whose level jumps by three: the fixed bound fails for good, the followed one only for a while.
  @Test func theLongRunShareOfMissesHoldsAfterAJump() throws {
    let (target, step, count) = (0.05, 0.1, 20_000)
    var random = SeededGenerator(seed: 5)
    var tracking = try #require(QuantileTracking(target: target, step: step))
    var (misses, fixedMisses) = (0, 0)
    for row in 0..<count {
      let value = Double.random(in: 0..<1, using: &random) + (row < count / 2 ? 0 : 3)
      if value > 0.95 { fixedMisses += 1 }
      let isMiss = value > tracking.corrected(0.95)
      if isMiss { misses += 1 }
      tracking.observe(isMiss ? .missed : .covered)
    }
    #expect(Double(fixedMisses) / Double(count) > 0.5)
    // The bound of the proposition: what is corrected is never off by more than four.
    #expect(abs(Double(misses) / Double(count) - target) <= (4 + step) / (step * Double(count)))
  }
}
