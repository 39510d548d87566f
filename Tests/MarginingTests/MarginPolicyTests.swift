import Margining
import Markets
import Testing

@Suite("Margin policy")
struct MarginPolicyTests {
  @Test func everyStepIsRecordedInItsOrder() throws {
    var run = PolicyRun(try PolicySettings().marginPolicy(rates: [0.01, 0.02]))
    for recommendation in try run.ask(minute: 0, 0.2) {
      #expect(recommendation.adjustments.map(\.step) == ControlStep.allCases)
      #expect(recommendation.adjustments.allSatisfy { !$0.reason.description.isEmpty })
    }
  }

  @Test func anOlderRequestIsRefusedAndLeavesTheStateAlone() throws {
    var run = PolicyRun(try PolicySettings().marginPolicy())
    try run.ask(minute: 10, 0.2)
    let before = run.state
    let refusal = #expect(throws: RequestRefusal.self) { try run.ask(minute: 9, 0.2) }
    #expect(
      try refusal
        == .outOfOrder(name("ETHUSDT"), .sell, time: instant(minutes: 9), latest: instant(minutes: 10)))
    #expect(run.state == before)
    #expect(try run.ask(minute: 10, 0.2).count == 1, "an equal time is in order")
  }

  @Test func scoresFromTheFutureAndScoresOutOfOrderAreRefused() throws {
    var run = PolicyRun(try PolicySettings().marginPolicy())
    func request(_ minute: Int, score: Int) throws -> MarginRequest {
      MarginRequest(
        time: instant(minutes: minute), market: try name("ETHUSDT"), side: .sell,
        score: Score(probability: try chance(0.2), time: instant(minutes: score)))
    }
    #expect(throws: RequestRefusal.self) { try run.ask(request(10, score: 11)) }
    _ = try run.ask(request(10, score: 10))
    #expect(throws: RequestRefusal.self) { try run.ask(request(12, score: 9)) }
  }

  @Test func aMarketWithoutAScheduleIsRefusedUnlessThereIsADefault() throws {
    let settings = try PolicySettings().policy()
    let named = try MarginPolicy(settings: settings, schedules: [name("ETHUSDT"): schedule([0.01])])
    let request = MarginRequest(time: instant(minutes: 0), market: try name("XRPUSDT"), side: .buy, score: nil)
    #expect(throws: RequestRefusal.noSchedule(try name("XRPUSDT"))) { try named.reduce(MarginPolicyState(), request) }
    let general = try MarginPolicy(
      settings: settings, schedules: [name("ETHUSDT"): schedule([0.01])], defaultSchedule: schedule([0.02]))
    let answer = try general.reduce(MarginPolicyState(), request)
    #expect(answer.recommendations.map(\.recommended.partsPerMillion) == [20_000])
  }

  @Test func aStateOfAnotherScheduleIsRefused() throws {
    var run = PolicyRun(try PolicySettings().marginPolicy(rates: [0.01, 0.02]))
    try run.ask(minute: 0, 0.2)
    var other = PolicyRun(try PolicySettings().marginPolicy(rates: [0.01]))
    other.state = run.state
    #expect(
      throws: RequestRefusal.tiersDiffer(try name("ETHUSDT"), schedule: 1, state: 2)
    ) { try other.ask(minute: 1, 0.2) }
  }

  @Test func marketsAndSidesDoNotTouchEachOther() throws {
    let policy = try PolicySettings().marginPolicy()
    var alone: [LiquidationSide: [Recommendation]] = [:]
    for side in LiquidationSide.allCases {
      var run = PolicyRun(policy)
      for request in try randomPath(seed: side == .sell ? 1 : 2, count: 300) {
        alone[side, default: []] += try run.ask(
          MarginRequest(time: request.time, market: request.market, side: side, score: request.score))
      }
    }
    var together = PolicyRun(policy)
    var mixed: [LiquidationSide: [Recommendation]] = [:]
    for (sell, buy) in zip(try randomPath(seed: 1, count: 300), try randomPath(seed: 2, count: 300)) {
      for (side, request) in [(LiquidationSide.buy, buy), (.sell, sell)] {
        mixed[side, default: []] += try together.ask(
          MarginRequest(time: request.time, market: request.market, side: side, score: request.score))
        _ = try together.ask(
          MarginRequest(time: request.time, market: name("LTCUSDT"), side: side, score: nil))
      }
    }
    #expect(mixed == alone)
  }

  /// A rule of the kind that comes later: a buffer on the raw requirement, or a limit after the clamp.
  struct ScalingRule: MarginRule {
    let step: ControlStep
    let percent: Int

    func rulings(on margins: [MarginFraction], in context: RuleContext, memory: inout RuleMemory) -> [Ruling] {
      margins.map { margin in
        let scaled = MarginFraction(partsPerMillion: margin.partsPerMillion * percent / 100) ?? .full
        return Ruling(scaled, .clamp(.within))
      }
    }
  }

  @Test func rulesCanBeAddedWithoutChangingTheOthers() throws {
    var settings = PolicySettings()
    settings.confirmations = 1
    settings.up = 0.1
    let plain = try settings.marginPolicy()
    var rules = plain.rules
    rules.insert(ScalingRule(step: .requirement, percent: 125), at: 1)
    rules.append(ScalingRule(step: .clamp, percent: 50))
    let longer = try MarginPolicy(
      settings: plain.settings, schedules: [:], defaultSchedule: plain.defaultSchedule, rules: rules)
    var run = PolicyRun(longer)
    let recommendation = try run.ask(minute: 0, 0.2)[0]
    // 1 % × 3 × 1.25 = 3.75 %, and half of that.
    #expect(recommendation.recommended.partsPerMillion == 18_750)
    #expect(recommendation.replayed() == recommendation.recommended)
    #expect(recommendation.adjustments.count == ControlStep.allCases.count + 2)
  }

  @Test func boundsThatChangeUnderARunningStateTakeEffectAtOnce() throws {
    var run = PolicyRun(try PolicySettings().marginPolicy())
    try run.ask(minute: 0, 0.2)
    var settings = PolicySettings()
    settings.floor = 0.0102
    var later = PolicyRun(try settings.marginPolicy(rates: [0.011]))
    later.state = run.state
    let raised = try later.ask(minute: 1, 0.001)[0]
    #expect(raised.recommended.partsPerMillion == 10_200 && raised.binding == .clamp)
  }
}
