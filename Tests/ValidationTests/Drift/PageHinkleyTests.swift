import Foundation
import Testing
import Validation

@Suite("The two-sided Page-Hinkley test")
struct PageHinkleyTests {
  /// Means 0, 0, 1, 1.5 leave deviations 0, 0, 2, 1.5: less 0.25 each, the evidence is 0, 0, 1.75, 3.
  @Test("A hand-worked rise, and nothing remembered after the signal") func rise() {
    var monitor = PageHinkley(tolerance: 0.25, leastCount: 2, threshold: 2.9)
    #expect(monitor.observe(0) == nil && monitor.observe(0) == nil)
    #expect(monitor.observe(3) == nil && monitor.evidence == 1.75)
    #expect(monitor.observe(3) == DriftSignal(direction: .rise, statistic: 3, threshold: 2.9))
    #expect(monitor.evidence == 0)
    for _ in 0..<100 { #expect(monitor.observe(3) == nil) }
    #expect(monitor.evidence == 0)
  }

  @Test("It is silent until its least count, and then speaks of what it saw") func leastCount() {
    var monitor = PageHinkley(tolerance: 0, leastCount: 4, threshold: 0.5)
    #expect(monitor.places([0, 0, -3, 0]) == [3])
  }

  @Test("What is no number is counted and passed over") func undefined() {
    var with = PageHinkley(tolerance: 0, leastCount: 1, threshold: 100)
    var without = with
    for value in [1, .nan, 4, .infinity, 2] { #expect(with.observe(value) == nil) }
    for value in [1.0, 4, 2] { #expect(without.observe(value) == nil) }
    #expect(with.evidence == without.evidence && with.undefinedCount == 2 && without.undefinedCount == 0)
  }

  /// river 0.26.1: `PageHinkley(min_instances=30, delta=0.05, threshold=12, alpha=1, mode="both")`.
  @Test("It signals where river's does") func river() {
    var monitor = PageHinkley(tolerance: 0.05, threshold: 12)
    #expect(monitor.places(steppingIndicators) == [2_047, 2_981, 3_075])
  }

  /// The definition, with all values kept: U_t less its least value so far.
  @Test("The evidence equals that of the sums written out") func slowTwin() {
    let values = congruentialValues(600).enumerated().map { $1 + ($0 > 300 ? 0.2 : 0) }
    var monitor = PageHinkley(tolerance: 0.01, leastCount: 1, threshold: .infinity)
    var (rises, falls) = ([Double](), [Double]())
    for last in values.indices {
      _ = monitor.observe(values[last])
      let deviation = values[last] - values[...last].reduce(0, +) / Double(last + 1)
      rises.append((rises.last ?? 0) + deviation - 0.01)
      falls.append((falls.last ?? 0) + deviation + 0.01)
      let evidence = max(rises[last] - min(rises.min() ?? 0, 0), max(falls.max() ?? 0, 0) - falls[last])
      #expect(abs(monitor.evidence - evidence) < 1e-9)
    }
  }
}
