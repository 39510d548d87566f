import Margining
import Markets
import Testing

/// One tier with a schedule of 1 % maintenance margin, half of the initial one.
@Suite("What holds without news")
struct LapseTests {
  private static func settings() throws -> PolicySettings {
    var settings = try ConditionalChainTests.settings()
    settings.fallbackMultiplier = 3
    return settings
  }

  @Test("an expired recommendation gives way to the largest of margin in force, floor and fallback, at once")
  func lapse() throws {
    var run = PolicyRun(try Self.settings().marginPolicy())
    let market = try name("ETHUSDT")
    try run.ask(minute: 0, 0.001, evidence: ConditionalChainTests.evidence(0.02))
    let fallback = try #require(run.policy.fallback(run.state, market, .sell))[0]
    #expect(fallback.maintenance.partsPerMillion == 30_000 && fallback.initial.partsPerMillion == 60_000)
    #expect(fallback.source == .fallback)
    let lapsed = try run.policy.lapse(&run.state, market, .sell, at: instant(minutes: 120))[0]
    #expect(lapsed.current.partsPerMillion == 20_000 && lapsed.recommended == fallback.maintenance)
    #expect(lapsed.initialMargin == fallback.initial && lapsed.replayed() == lapsed.recommended)
    #expect(lapsed.adjustments.map(\.reason.description) == ["not renewed in time: the fallback margin holds"])
    #expect(run.state.margins(of: market, .sell) == [fallback.maintenance])
    let again = try run.policy.lapse(&run.state, market, .sell, at: instant(minutes: 240))[0]
    #expect(!again.isChange && !again.isInitialChange)
    #expect(throws: RequestRefusal.self) {
      try run.policy.lapse(&run.state, market, .sell, at: instant(minutes: 239))
    }
    // What follows is limited as ever: 0.5 % in an hour, after a cool-down.
    #expect(try !run.ask(minute: 241, 0.001, evidence: ConditionalChainTests.evidence(0.005))[0].isChange)
  }

  @Test("the fallback is kept below the cap, and never below what is in force")
  func cap() throws {
    var settings = try Self.settings()
    settings.cap = 0.025
    var run = PolicyRun(try settings.marginPolicy())
    try run.ask(minute: 0, 0.001, evidence: ConditionalChainTests.evidence(0.02))
    let fallback = try #require(run.policy.fallback(run.state, name("ETHUSDT"), .sell))[0]
    #expect(fallback.maintenance.partsPerMillion == 25_000)
    #expect(try run.policy.fallback(run.state, name("ETHUSDT"), .buy) == nil)
  }

  @Test("an initial margin does not fall when what it was made of is lost, and moves by the dead band")
  func initialMargin() throws {
    var settings = PolicySettings()
    settings.form = .conditional
    settings.confirmations = 1
    settings.up = 0.5
    settings.conditional = try ConditionalSettings(concentration: ConcentrationSettings(coefficient: 0))
    settings.openInterest = try OpenInterestSettings(lower: 1, upper: 5, known: [name("ETHUSDT"): 2_000_000])
    var run = PolicyRun(try settings.marginPolicy(maintenanceShare: 0.9))
    func evidence(_ depth: Double) throws -> CloseOutEvidence {
      var figures = EvidenceFigures()
      figures.persistentDepth = depth
      return try figures.evidence()
    }
    // A quarter of the way from 5 % to 100 %.
    let first = try run.ask(minute: 0, 0.01, evidence: evidence(1_000_000))[0]
    #expect(first.initialMargin.partsPerMillion == 287_500 && first.isInitialChange)
    let near = try run.ask(minute: 1, 0.01, evidence: evidence(1_010_000))[0]
    #expect(near.initialMargin == first.initialMargin && near.initialReason == .held(.deadBand))
    let far = try run.ask(minute: 2, 0.01, evidence: evidence(1_500_000))[0]
    #expect(far.initialMargin < first.initialMargin && !far.isChange && far.isInitialChange)
    let blind = try run.ask(minute: 3, nil)[0]
    #expect(blind.initialMargin == far.initialMargin && blind.initialReason == .held(.nothingRecent))
  }

  @Test("a recommendation holds for twice the age of a stale score unless the policy says longer")
  func expiry() throws {
    var settings = PolicySettings()
    settings.staleAfter = .hours(3)
    #expect(try settings.policy().expiry == .hours(6))
  }

  @Test("without a score or evidence neither margin falls, on any path", arguments: 0..<10)
  func neverFalls(seed: Int) throws {
    var settings = MarginPolicyPropertyTests.settings(slow: seed % 2 == 1)
    settings.form = seed % 3 == 0 ? .probability : .conditional
    settings.fallbackMultiplier = 1 + Double(seed % 4) / 2
    var run = PolicyRun(try settings.marginPolicy(rates: [0.005, 0.01, 0.025, 0.1]))
    var holds = 0
    for request in try conditionalPath(seed: UInt64(seed), count: 1_200) {
      let tiers = try run.ask(request)
      #expect(tiers.map(\.initialMargin) == tiers.map(\.initialMargin).sorted())
      guard case .requirement(let reason) = tiers[0].adjustments[0].reason, reason.isHold else { continue }
      holds += 1
      for tier in tiers {
        #expect(tier.recommended >= tier.current && tier.initialMargin >= tier.currentInitial)
      }
    }
    #expect(holds > 20)
  }
}
