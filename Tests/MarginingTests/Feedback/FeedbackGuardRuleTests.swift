import Margining
import Markets
import Sampling
import Testing

/// The guard as the last step of the chain: one tier scheduled at 1 %, evidence that asks for more, a depth of 1,000,000.
@Suite("The feedback guard in the chain")
struct FeedbackGuardRuleTests {
  /// 1.5 %, 2.5 % and 10 % of equity behind $100,000 each.
  private static let three = [(100_000.0, 1_500.0), (100_000, 2_500), (100_000, 10_000)]

  private static func run() throws -> PolicyRun {
    var settings = PolicySettings()
    settings.form = .conditional
    settings.confirmations = 1
    settings.up = 0.5
    settings.down = 0.5
    settings.coolDown = .hours(1)
    settings.conditional = try ConditionalSettings(
      historyShare: 0, concentration: ConcentrationSettings(coefficient: 0))
    return PolicyRun(try settings.marginPolicy())
  }

  private static func request(
    minute: Int, _ required: Double, _ pairs: [(Double, Double)]?
  ) throws -> MarginRequest {
    var figures = EvidenceFigures()
    figures.losses = [required, required, required]
    return MarginRequest(
      time: instant(minutes: minute), market: try name("ETHUSDT"), side: .sell, score: nil,
      evidence: try figures.evidence(), accounts: try pairs.map { try accounts($0) })
  }

  private static func guardText(_ answer: Recommendation) -> String? {
    answer.adjustments.last { $0.step == .feedbackGuard }?.reason.description
  }

  @Test("new exposure gets the whole raise, existing positions what the book absorbs and the rest along a path")
  func cut() throws {
    var run = try Self.run()
    let raised = try run.ask(Self.request(minute: 0, 0.03, Self.three))[0]
    #expect(raised.recommended.partsPerMillion == 30_000 && raised.binding == .requirement)
    let existing = try #require(raised.existing)
    #expect(existing.now.partsPerMillion == 25_000)
    #expect(existing.steps.map(\.margin.partsPerMillion) == [26_250, 27_500, 28_750, 30_000])
    #expect(existing.steps.map(\.instant) == [6, 12, 18, 24].map { instant(minutes: 60 * $0) })
    #expect(
      Self.guardText(raised)
        == "existing positions get 2.50 % at once, which forces out 100,000 of at most 100,000; the whole raise would force out 200,000"
    )
  }

  @Test("the path goes on from request to request, with and without accounts, and ends at the recommended margin")
  func followed() throws {
    var run = try Self.run()
    _ = try run.ask(Self.request(minute: 0, 0.03, Self.three))
    let later = try run.ask(Self.request(minute: 361, 0.03, Self.three))[0]
    #expect(later.existing?.now.partsPerMillion == 26_250 && later.existing?.steps.count == 3)
    let blind = try run.ask(Self.request(minute: 721, 0.03, nil))[0]
    #expect(blind.existing?.now.partsPerMillion == 27_500)
    #expect(
      Self.guardText(blind) == "no accounts are known: existing positions follow the published path, now at 2.75 %")
    let done = try run.ask(Self.request(minute: 1_440, 0.03, nil))[0]
    #expect(done.existing == nil && done.recommended.partsPerMillion == 30_000)
  }

  @Test("a fall passes whole")
  func fall() throws {
    var run = try Self.run()
    _ = try run.ask(Self.request(minute: 0, 0.03, Self.three))
    for minute in [10, 40] { _ = try run.ask(Self.request(minute: minute, 0.012, Self.three)) }
    let released = try run.ask(Self.request(minute: 80, 0.012, Self.three))[0]
    #expect(released.recommended.partsPerMillion == 12_000)
    #expect(released.existing?.now.partsPerMillion == 12_000 && released.existing?.steps.isEmpty == true)
  }

  @Test("without accounts, and without depth, the step says that it could not be applied")
  func notApplied() throws {
    var run = try Self.run()
    let blind = try run.ask(Self.request(minute: 0, 0.03, nil))[0]
    #expect(blind.existing == nil && blind.recommended.partsPerMillion == 30_000)
    #expect(Self.guardText(blind) == "the guard could not be applied: no accounts are known")
    let bare = MarginRequest(
      time: instant(minutes: 1), market: try name("ETHUSDT"), side: .sell, score: nil,
      accounts: try accounts(Self.three))
    #expect(
      Self.guardText(try run.ask(bare)[0]) == "the guard could not be applied: the persistent depth is not known")
  }

  @Test("a state with a path is stored and restored, and one with too many tiers is refused")
  func storing() throws {
    var run = try Self.run()
    _ = try run.ask(Self.request(minute: 0, 0.03, nil))
    let short = stored(run.state)
    _ = try run.ask(Self.request(minute: 1, 0.09, Self.three))
    let bytes = stored(run.state)
    #expect(bytes.bytes.count > short.bytes.count)
    var twin = PolicyRun(run.policy)
    twin.state = try bytes.restored()
    #expect(twin.state == run.state)
    let next = try Self.request(minute: 400, 0.09, Self.three)
    #expect(try twin.ask(next) == run.ask(next))
  }

  @Test(
    "existing positions are never asked for more than new ones, nor for less than before a raise", arguments: 0..<12)
  func properties(seed: Int) throws {
    var generator = SeededGenerator(seed: UInt64(seed))
    var run = try Self.run()
    var before = 10_000
    for step in 0..<150 {
      let required = 0.01 + 0.05 * generator.uniform() * generator.uniform()
      let pairs: [(Double, Double)]? =
        generator.happens(withProbability: 0.2)
        ? nil : (0..<20).map { _ in (1e4 + 1e5 * generator.uniform(), 6_000 * generator.uniform()) }
      let answer = try run.ask(Self.request(minute: 45 * step, required, pairs))[0]
      let now = answer.existing?.now.partsPerMillion ?? answer.recommended.partsPerMillion
      #expect(now <= answer.recommended.partsPerMillion)
      #expect(now >= min(before, answer.recommended.partsPerMillion))
      #expect(answer.existing.map { $0.steps.last?.margin ?? $0.now } ?? answer.recommended == answer.recommended)
      #expect(answer.replayed() == answer.recommended)
      before = now
    }
  }
}
