import Foundation
import Sampling
import Testing
import Validation

@Suite("The stability index of a stream")
struct FadingStabilityTests {
  private static let reference = StabilityIndex(reference: (0..<1_000).map(Double.init))

  @Test("It begins at nearly zero, and stays low on the reference") func quiet() {
    var generator = SeededGenerator(seed: 8)
    var monitor = FadingStability(reference: Self.reference, halfLife: 500)
    for _ in 0..<5_000 {
      #expect(monitor.observe(Double(generator.index(below: 1_000))) == nil)
      #expect(monitor.evidence < 0.1)
    }
    #expect(monitor.level == .stable)
  }

  /// With a half-life of 100, n values leave 2^(−n/100) of the beginning; the index of shares (1 − w)/10 + w in one bin of ten.
  @Test("Values of one bin alone outweigh the beginning as the half-life says") func signal() throws {
    var monitor = FadingStability(reference: Self.reference, halfLife: 100, threshold: .infinity)
    for _ in 0..<100 { _ = monitor.observe(5) }
    let expected = 9 * (0.05 - 0.1) * log(0.5) + (0.55 - 0.1) * log(5.5)
    #expect(abs(monitor.evidence / expected - 1) < 0.05)
    #expect(monitor.level == .action)
    monitor.threshold = 0.25
    #expect(try #require((0..<10).compactMap { _ in monitor.observe(5) }.first).direction == .change)
    #expect(monitor.evidence == 0)
  }

  @Test("The index equals that of the weighted sample, reckoned from all values") func slowTwin() throws {
    var generator = SeededGenerator(seed: 9)
    let halfLife = 400.0
    var monitor = FadingStability(reference: Self.reference, halfLife: halfLife, threshold: .infinity)
    var values: [Double] = []
    for _ in 0..<8_000 {
      values.append(Double(generator.index(below: 2_000)) - 500)
      _ = monitor.observe(values[values.count - 1])
    }
    // Values beyond 20 half-lives are forgotten; each of the others is repeated by its weight.
    let fading = exp2(-1 / halfLife)
    let weighted = values.reversed().enumerated().flatMap { age, value in
      repeatElement(value, count: Int((1e3 * pow(fading, Double(age)) * (1 + fading)).rounded()))
    }
    // Half figures weigh less in the repeated sample, so only nearly.
    let index = try #require(Self.reference.index(of: weighted))
    #expect(abs(monitor.evidence / index - 1) < 0.05)
  }

  @Test("Undefined values are counted, and are a change") func undefined() {
    var monitor = FadingStability(reference: Self.reference, halfLife: 50)
    #expect(!monitor.places([Double](repeating: .nan, count: 100)).isEmpty)
    #expect(monitor.undefinedCount == 100)
  }

  @Test("An empty reference is never left") func empty() {
    var monitor = FadingStability(reference: StabilityIndex(reference: []), halfLife: 0)
    #expect(monitor.places([1, .nan, 3] + [Double](repeating: 7, count: 50)).isEmpty)
  }
}
