import Margining
import Markets
import Testing

/// The chain with the conditional form: one tier scheduled at 1 %, whose evidence asks for 4 % times a factor.
@Suite("Control chain of the conditional form")
struct ConditionalChainTests {
  static func settings() throws -> PolicySettings {
    var settings = PolicySettings()
    settings.form = .conditional
    settings.confirmations = 1
    settings.up = 0.5
    settings.conditional = try ConditionalSettings(historyShare: 0)
    return settings
  }

  /// Evidence whose requirement at the largest rung is `required`.
  static func evidence(_ required: Double) throws -> CloseOutEvidence {
    try EvidenceFigures().scaled(by: required / 0.04).evidence()
  }

  @Test("a raise is confirmed by the probability that the wanted margin implies of the one in force")
  func impliedProbability() throws {
    var run = PolicyRun(try Self.settings().marginPolicy())
    // 1 % · 1.9^2.5 = 4.98 % is not above 5 %; 1 % · 1.91^2.5 = 5.04 % is.
    let held = try run.ask(minute: 0, 0.9, evidence: Self.evidence(0.019))[0]
    #expect(!held.isChange && held.binding == .hysteresis)
    #expect(
      held.adjustments[2].reason.description
        == "margins in force imply a probability of 4.98 %: raise not confirmed: 0 of 1 scores in a row above 5.00 %")
    let raised = try run.ask(minute: 1, 0.000_1, evidence: Self.evidence(0.0191))[0]
    #expect(raised.recommended.partsPerMillion == 19_100 && raised.binding == .requirement)
    #expect(raised.multiplier == nil)
  }

  @Test("margin falls when the wanted one has been far enough below for the whole cool-down")
  func release() throws {
    var run = PolicyRun(try Self.settings().marginPolicy())
    try run.ask(minute: 0, 0.9, evidence: Self.evidence(0.04))
    for minute in stride(from: 30, to: 390, by: 30) {
      #expect(try !run.ask(minute: minute, 0.9, evidence: Self.evidence(0.02))[0].isChange)
    }
    let released = try run.ask(minute: 390, 0.9, evidence: Self.evidence(0.02))[0]
    // The fall is cut to 0.5 % an hour, over the four hours that make the dead band of 5 %.
    #expect(released.recommended.partsPerMillion == 35_000 && released.binding == .rateLimit)
  }

  @Test("where evidence is missing the probability form stands in and says so")
  func fallback() throws {
    var run = PolicyRun(try Self.settings().marginPolicy())
    let blind = try run.ask(minute: 0, 0.06)[0]
    #expect(blind.recommended.partsPerMillion == 20_477)
    #expect(
      blind.adjustments[0].reason.description
        == "nothing is known of closing out: probability 6.00 % asks for 2.05 × the scheduled 1.00 %")
    #expect(abs((blind.multiplier ?? 0) - 2.047_672_511) < 1e-6)
    var plain = PolicyRun(try PolicySettings().marginPolicy())
    #expect(try plain.ask(minute: 0, nil)[0].adjustments[0].reason.description == "no score: the margin in force holds")
    #expect(
      try run.ask(minute: 1, nil)[0].adjustments[0].reason.description
        == "nothing is known of closing out: no score: the margin in force holds")
  }

  @Test("once there has been evidence, the margin in force holds without it, and the fallback when it is stale")
  func gapInTheEvidence() throws {
    var settings = try Self.settings()
    settings.fallbackMultiplier = 3
    var run = PolicyRun(try settings.marginPolicy())
    try run.ask(minute: 0, 0.001, evidence: Self.evidence(0.02))
    let blind = try run.ask(minute: 59, 0.5)[0]
    #expect(!blind.isChange && blind.current.partsPerMillion == 20_000)
    #expect(
      blind.adjustments[0].reason.description == "nothing is known of closing out, for 59m: the margin in force holds")
    let stale = try run.ask(minute: 60, 0.5)[0]
    #expect(stale.adjustments[0].after.partsPerMillion == 30_000 && stale.recommended.partsPerMillion == 30_000)
    #expect(
      stale.adjustments[0].reason.description == "nothing is known of closing out, for 1h: the fallback margin holds")
    // A state that went through storage knows of the evidence too.
    run.state = try stored(run.state).restored()
    let restored = try run.ask(minute: 61, 0.5)[0]
    #expect(restored.adjustments[0].reason.description.hasSuffix("for 1h 1m: the margin in force holds"))
  }

  @Test("evidence stands without a score, and is as old as the score that comes with it")
  func age() throws {
    var run = PolicyRun(try Self.settings().marginPolicy())
    #expect(try run.ask(minute: 0, nil, evidence: Self.evidence(0.04))[0].recommended.partsPerMillion == 40_000)
    var late = PolicyRun(run.policy)
    let score = Score(probability: try chance(0.001), time: instant(minutes: 0))
    let stale = try late.ask(
      MarginRequest(
        time: instant(minutes: 60), market: name("ETHUSDT"), side: .sell, score: score,
        evidence: Self.evidence(0.04)))[0]
    #expect(!stale.isChange)
    #expect(
      stale.adjustments[0].reason.description
        == "nothing is known of closing out: the score is 1h old: the margin in force holds")
  }

  @Test("one tier that needs a raise confirms it for all, and the tiers keep their order")
  func tiers() throws {
    var run = PolicyRun(try Self.settings().marginPolicy(rates: [0.01, 0.012, 0.3]))
    let raised = try run.ask(minute: 0, 0.01, evidence: EvidenceFigures().evidence())
    let parts = raised.map(\.recommended.partsPerMillion)
    // The last tier, whose schedule is far above what it needs, stays where it is.
    #expect(parts == parts.sorted() && parts[0] > 10_000 && parts[1] > 12_000 && parts[2] == 300_000)
  }

  @Test("in the probability form evidence changes nothing")
  func probabilityFormIgnoresEvidence() throws {
    let policy = try MarginPolicyPropertyTests.settings(slow: false).marginPolicy(rates: [0.005, 0.01, 0.1])
    var (with, without) = (PolicyRun(policy), PolicyRun(policy))
    for request in try conditionalPath(seed: 4, count: 800) {
      let bare = MarginRequest(
        time: request.time, market: request.market, side: request.side, score: request.score)
      #expect(try with.ask(request).map(\.recommended) == without.ask(bare).map(\.recommended))
    }
  }
}
