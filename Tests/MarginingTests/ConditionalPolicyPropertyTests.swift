import Margining
import Markets
import Sampling
import Testing

/// What must hold on any path of evidence.
@Suite("Conditional policy on random paths")
struct ConditionalPolicyPropertyTests {
  static let seeds = 0..<10

  static func settings(_ seed: Int) throws -> PolicySettings {
    var settings = MarginPolicyPropertyTests.settings(slow: seed % 2 == 1)
    settings.form = .conditional
    settings.raiseAbove = 0.0125
    settings.releaseBelow = 0.006
    if seed % 3 != 0 {
      settings.antiProcyclicality = try AntiProcyclicalitySettings(
        buffer: MarginBuffer(), stressedWeight: 0.25, longestHistoryFloor: .on)
    }
    return settings
  }

  static func walk(_ seed: Int) throws -> [Answer] {
    var run = PolicyRun(try settings(seed).marginPolicy(rates: [0.005, 0.01, 0.025, 0.1]))
    return try conditionalPath(seed: UInt64(seed), count: 1_200).map { ($0, try run.ask($0)) }
  }

  @Test("margins stay within floor and cap, in order, and their adjustments replay", arguments: seeds)
  func boundsOrderAndReplay(seed: Int) throws {
    var changes = 0
    for (_, tiers) in try Self.walk(seed) {
      let parts = tiers.map(\.recommended.partsPerMillion)
      #expect(parts.allSatisfy { (4_000...250_000).contains($0) })
      #expect(parts == parts.sorted())
      #expect(tiers.map(\.initialMargin) == tiers.map(\.initialMargin).sorted())
      for tier in tiers {
        #expect(tier.replayed() == tier.recommended)
        #expect(tier.adjustments.map(\.step) == ControlStep.allCases)
        #expect(tier.initialMargin >= tier.recommended)
      }
      changes += tiers.contains(where: \.isChange) ? 1 : 0
    }
    #expect(changes > 10, "the path must move margins to test anything")
  }

  @Test("rate limits hold in every window", arguments: seeds)
  func rateLimits(seed: Int) throws {
    expectAllowances(kept: try Self.walk(seed), try Self.settings(seed))
  }

  @Test("the tools against procyclicality never lower the raw requirement", arguments: seeds)
  func toolsOnlyRaise(seed: Int) throws {
    for (_, tiers) in try Self.walk(seed) {
      for tier in tiers {
        #expect(tier.adjustments[1].step == .antiProcyclicality)
        #expect(tier.adjustments[1].after >= tier.adjustments[1].before)
      }
    }
  }

  @Test(
    "the raw requirement covers what each tier's reference notional needs and never falls with size", arguments: 0..<200
  )
  func requirement(seed: Int) throws {
    var generator = SeededGenerator(seed: UInt64(seed))
    let figures = EvidenceFigures.random(&generator)
    let plain = try schedule([0.005, 0.01, 0.025, 0.1])
    var run = PolicyRun(try Self.settings(seed).marginPolicy(rates: plain.rates.map(\.fraction)))
    let raw = try run.ask(minute: 0, 0.01, evidence: figures.evidence()).map { $0.adjustments[0].after }
    let covering = try plain.replacing(rates: raw)
    let requirement = try ConditionalRequirement(
      figures.evidence(), settings: .standard, bounds: MarginBounds(floor: margin(0.004), cap: margin(0.25)))
    for (notional, rate) in zip(plain.referenceNotionals(largestKnown: 1_000_000), raw) where rate < .full {
      let needed = notional * requirement.components(at: notional).required
      #expect(try #require(covering.maintenance(ofNotional: notional)) >= needed * (1 - 1e-9))
    }
    var share = 0.0
    for notional in sequence(first: 1.0, next: { $0 * 1.6 }).prefix(40) {
      let next = try #require(covering.maintenance(ofNotional: notional)) / notional
      #expect(next >= share * (1 - 1e-12))
      share = next
    }
  }
}
