import Margining
import Markets
import Sampling
import Testing

/// What must hold on any path of requests.
@Suite("Margin policy on random paths")
struct MarginPolicyPropertyTests {
  /// A fast policy, whose windows are one hour, and a slow one, whose windows are longer.
  static let cases: [(seed: Int, slow: Bool)] = (0..<12).map { ($0, $0 % 2 == 1) }

  static func settings(slow: Bool) -> PolicySettings {
    var settings = PolicySettings()
    settings.maximum = 6
    settings.cap = 0.25
    settings.fallbackMultiplier = 1.2
    settings.coolDown = .hours(2)
    settings.up = slow ? 0.002 : 0.02
    settings.down = slow ? 0.001 : 0.0125
    return settings
  }

  /// Every answer along a random path.
  static func walk(seed: Int, slow: Bool) throws -> [Answer] {
    var run = PolicyRun(try settings(slow: slow).marginPolicy(rates: [0.005, 0.01, 0.025, 0.1]))
    return try randomPath(seed: UInt64(seed), count: 1_500).map { ($0, try run.ask($0)) }
  }

  @Test(arguments: cases)
  func marginsStayWithinFloorAndCapAndNeverFallFromTierToTier(seed: Int, slow: Bool) throws {
    var changes = 0
    for (_, tiers) in try Self.walk(seed: seed, slow: slow) {
      let parts = tiers.map(\.recommended.partsPerMillion)
      #expect(parts.allSatisfy { (4_000...250_000).contains($0) })
      #expect(parts == parts.sorted())
      changes += tiers.contains(where: \.isChange) ? 1 : 0
    }
    #expect(changes > 10, "the path must move margins to test anything")
  }

  @Test(arguments: cases)
  func adjustmentsReplayToTheResultAndNameWhatBinds(seed: Int, slow: Bool) throws {
    var inForce: [MarginFraction] = []
    for (_, tiers) in try Self.walk(seed: seed, slow: slow) {
      for recommendation in tiers {
        #expect(recommendation.replayed() == recommendation.recommended)
        let binding = recommendation.adjustments.first { $0.step == recommendation.binding }
        #expect(binding?.after == recommendation.recommended)
      }
      #expect(inForce.isEmpty || inForce == tiers.map(\.current))
      inForce = tiers.map(\.recommended)
    }
  }

  @Test(arguments: cases)
  func noNoticeForAChangeUnderTheDeadBand(seed: Int, slow: Bool) throws {
    for (_, tiers) in try Self.walk(seed: seed, slow: slow) where tiers.contains(where: \.isChange) {
      let largest = tiers.map { tier in
        abs(tier.recommended.fraction / tier.current.fraction - 1)
      }.max()
      #expect((largest ?? 0) >= 0.05 - 1e-12)
    }
  }

  @Test(arguments: cases)
  func noWindowSeesMoreThanItsAllowance(seed: Int, slow: Bool) throws {
    expectAllowances(kept: try Self.walk(seed: seed, slow: slow), Self.settings(slow: slow))
  }

  @Test(arguments: cases)
  func marginNeverFallsWithinTheCoolDownOfARiskyOrMissingScore(seed: Int, slow: Bool) throws {
    var lastRisk: Timestamp?
    var lastRaise: Timestamp?
    for (request, tiers) in try Self.walk(seed: seed, slow: slow) {
      if (request.score?.probability.value ?? 1) >= 0.02 { lastRisk = request.time }
      if tiers.contains(where: { $0.recommended < $0.current }) {
        for time in [lastRisk, lastRaise].compactMap({ $0 }) { #expect(request.time - time >= .hours(2)) }
      }
      if tiers.contains(where: { $0.recommended > $0.current }) { lastRaise = request.time }
    }
  }

  @Test func aHigherProbabilityNeverLowersTheRawRequirement() throws {
    let policy = try Self.settings(slow: false).marginPolicy(rates: [0.005, 0.01, 0.025, 0.1])
    var generator = SeededGenerator(seed: 77)
    for _ in 0..<3_000 {
      let low = generator.uniform() * generator.uniform()
      let high = low + (1 - low) * generator.uniform() * generator.uniform()
      var (lowRun, highRun) = (PolicyRun(policy), PolicyRun(policy))
      for (less, more) in zip(try lowRun.ask(minute: 0, low), try highRun.ask(minute: 0, high)) {
        #expect(less.adjustments[0].after <= more.adjustments[0].after)
      }
    }
  }

  /// The evidence is the same score sequence with one score raised: margin right after it must not be lower.
  @Test(arguments: 0..<200)
  func aHigherLastScoreNeverLowersTheResult(seed: Int) throws {
    var run = PolicyRun(try Self.settings(slow: false).marginPolicy(rates: [0.005, 0.025]))
    for request in try randomPath(seed: UInt64(seed), count: 40 + seed) { _ = try run.ask(request) }
    let time = (try randomPath(seed: UInt64(seed), count: 40 + seed).last?.time ?? instant(minutes: 0)) + .minutes(5)
    var last: [MarginFraction] = []
    for step in 0...60 {
      let request = MarginRequest(
        time: time, market: try name("ETHUSDT"), side: .sell, probability: try chance(Double(step) / 60))
      let now = try run.policy.reduce(run.state, request).recommendations.map(\.recommended)
      #expect(zip(last, now).allSatisfy(<=))
      last = now
    }
  }

  /// With a pure function the same path gives the same bits, and the memory of the past stays small.
  @Test func theSamePathGivesTheSameAnswers() throws {
    let (first, second) = (try Self.walk(seed: 3, slow: true), try Self.walk(seed: 3, slow: true))
    #expect(first.map(\.tiers) == second.map(\.tiers))
  }
}
