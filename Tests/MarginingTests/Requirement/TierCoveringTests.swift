import Margining
import Markets
import Sampling
import Testing

@Suite("Tier rates that cover a requirement")
struct TierCoveringTests {
  /// Tiers from 0, 100 and 300.
  private func tiers() throws -> TierSchedule {
    let rate = try margin(0.01)
    return try TierSchedule(tiers: [0, 100, 300].map { Tier(lowerBound: $0, maintenance: rate) })
  }

  @Test(
    "worked by hand for requirements of 100, 300 and 600",
    arguments: [
      // 2, 9, 30 in money: the slopes between.
      ([0.02, 0.03, 0.05], [20_000, 35_000, 70_000]),
      // 2, 15, 18: the third slope would be 1 %, which the second forbids.
      ([0.02, 0.05, 0.03], [20_000, 65_000, 65_000]),
      // 10, 30, 360: the third tier cannot take more than 300, and the smaller ones do not pay for it.
      ([0.1, 0.1, 0.6], [100_000, 100_000, 1_000_000]),
      ([1, 1, 1], [1_000_000, 1_000_000, 1_000_000]),
      ([0, 0, 0], [1, 1, 1]),
    ])
  func workedByHand(required: [Double], rates: [Int]) throws {
    #expect(try tiers().rates(covering: required, at: [100, 300, 600]).map(\.partsPerMillion) == rates)
  }

  @Test("a tier is judged where it ends, the last at the largest known size or twice its lower bound")
  func referenceNotionals() throws {
    #expect(try tiers().referenceNotionals(largestKnown: 5_000) == [100, 300, 5_000])
    #expect(try tiers().referenceNotionals(largestKnown: 500) == [100, 300, 600])
    #expect(try schedule([0.01]).referenceNotionals(largestKnown: 70) == [70])
  }

  @Test(
    "rates never fall, cover every requirement that they can, cannot be smaller, and make no jump", arguments: 0..<300)
  func properties(seed: Int) throws {
    var generator = SeededGenerator(seed: UInt64(seed))
    var bound = 0.0
    var tiers: [Tier] = []
    for _ in 0...generator.index(below: 6) {
      tiers.append(Tier(lowerBound: bound, maintenance: try margin(0.01)))
      bound += 1_000 * (1 + (1e5 * generator.uniform()).rounded())
    }
    let plain = try TierSchedule(tiers: tiers)
    let notionals = plain.referenceNotionals(largestKnown: 1e7 * generator.uniform())
    let required = notionals.map { _ in generator.uniform() * generator.uniform() }
    let rates = plain.rates(covering: required, at: notionals)
    #expect(rates == rates.sorted())
    let covering = try plain.replacing(rates: rates)
    for ((notional, share), rate) in zip(zip(notionals, required), rates) where rate < .full {
      let amount = try #require(covering.maintenance(ofNotional: notional))
      // A rate within 10⁻⁹ of a whole part per million counts as that.
      #expect(amount >= notional * share * (1 - 1e-9))
    }
    // The first tier that could ask for one part per million less, with everything else as it is, misses a requirement.
    for tier in rates.indices
    where rates[tier].partsPerMillion > 1 && rates[tier] > (tier > 0 ? rates[tier - 1] : .zero) {
      var less = rates
      less[tier] = try #require(MarginFraction(partsPerMillion: rates[tier].partsPerMillion - 1))
      let smaller = try plain.replacing(rates: less)
      let missed = zip(notionals, required).contains { notional, share in
        (smaller.maintenance(ofNotional: notional) ?? .infinity) < notional * share
      }
      #expect(missed, "\(rates) \(required)")
    }
    for bound in covering.tiers.dropFirst().map(\.lowerBound) {
      let (below, at) = (covering.maintenance(ofNotional: bound.nextDown), covering.maintenance(ofNotional: bound))
      #expect(abs((below ?? .nan) - (at ?? .nan)) < 1e-6)
    }
  }
}
