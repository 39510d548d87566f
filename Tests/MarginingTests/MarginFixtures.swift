import Margining
import Markets
import Sampling
import Testing

/// Text, numbers and instants of the tests, refused by name where they are not what they should be.
func margin(_ fraction: Double) throws -> MarginFraction { try #require(MarginFraction(roundingUp: fraction)) }
func chance(_ value: Double) throws -> Probability { try #require(Probability(value)) }
func name(_ text: String) throws -> MarketName { try #require(MarketName(text)) }
func instant(minutes: Int) -> Timestamp { Timestamp(nanoseconds: 0) + .minutes(Int64(minutes)) }

/// Settings close to the example policy; each test changes what it is about.
struct PolicySettings {
  var target = 0.01
  var maximum = 3.0
  var raiseAbove = 0.05
  var releaseBelow = 0.02
  var confirmations = 2
  var coolDown = TimeSpan.hours(6)
  var up = 0.02
  var down = 0.005
  var deadBand = 0.05
  var floor = 0.004
  var cap = 0.5
  var staleAfter = TimeSpan.hours(1)
  var fallbackMultiplier = 1.0
  var emergencyOverride: EmergencyOverride?
  var form = RequirementForm.probability
  var conditional = ConditionalSettings.standard
  var antiProcyclicality = AntiProcyclicalitySettings.off
  var openInterest: OpenInterestSettings?
  var feedbackGuard = FeedbackGuardSettings.standard

  func policy() throws -> MarginPolicySettings {
    try MarginPolicySettings(
      form: form, curve: MultiplierCurve(target: chance(target), tailIndex: 0.4, maximum: maximum),
      conditional: conditional, antiProcyclicality: antiProcyclicality,
      hysteresis: HysteresisSettings(
        raiseAbove: chance(raiseAbove), releaseBelow: chance(releaseBelow), confirmations: confirmations,
        coolDown: coolDown),
      rateLimits: RateLimits(up: margin(up), down: margin(down)), deadBand: deadBand,
      bounds: MarginBounds(floor: margin(floor), cap: margin(cap)), openInterest: openInterest,
      feedbackGuard: feedbackGuard,
      noScore: NoScoreSettings(staleAfter: staleAfter, fallbackMultiplier: fallbackMultiplier),
      emergencyOverride: emergencyOverride)
  }

  /// A policy with one schedule for every market.
  func marginPolicy(rates: [Double] = [0.01], maintenanceShare: Double = 0.5) throws -> MarginPolicy {
    try MarginPolicy(settings: policy(), schedules: [:], defaultSchedule: schedule(rates, maintenanceShare))
  }
}

/// A schedule with the given rates, at bounds 0, 50,000, 250,000, 1,250,000, ….
func schedule(_ rates: [Double], _ maintenanceShare: Double = 0.5) throws -> TierSchedule {
  var bound = 0.0
  var tiers: [Tier] = []
  for rate in rates {
    tiers.append(Tier(lowerBound: bound, maintenance: try margin(rate)))
    bound = bound == 0 ? 50_000 : bound * 5
  }
  return try TierSchedule(tiers: tiers, maintenanceShare: maintenanceShare)
}

/// A policy and its state on the way through a sequence of requests.
struct PolicyRun {
  let policy: MarginPolicy
  var state = MarginPolicyState()

  init(_ policy: MarginPolicy) { self.policy = policy }

  /// Asks for the sell side of one market; a nil probability is a missing score.
  @discardableResult
  mutating func ask(
    minute: Int, _ probability: Double?, evidence: CloseOutEvidence? = nil
  ) throws -> [Recommendation] {
    let request = MarginRequest(
      time: instant(minutes: minute), market: try name("ETHUSDT"), side: .sell,
      probability: try probability.map(chance), evidence: evidence)
    return try ask(request)
  }

  mutating func ask(_ request: MarginRequest) throws -> [Recommendation] {
    let answer = try policy.reduce(state, request)
    state = answer.state
    return answer.recommendations
  }
}

/// A path of requests with calm, stress, repeated instants, gaps, missing and stale scores.
func randomPath(seed: UInt64, count: Int) throws -> [MarginRequest] {
  var generator = SeededGenerator(seed: seed)
  var time = Timestamp(nanoseconds: 0)
  var logOdds = -4.0
  var latestScore: Score?
  var requests: [MarginRequest] = []
  let market = try name("ETHUSDT")
  for _ in 0..<count {
    let steps: [TimeSpan] = [.zero, .seconds(10), .minutes(3), .minutes(13), .minutes(13), .minutes(55), .hours(5)]
    time = time + steps[generator.index(below: steps.count)]
    if generator.happens(withProbability: 0.04) { logOdds = -7 + 9 * generator.uniform() }
    logOdds = min(6, max(-9, logOdds + 0.25 * generator.normal()))
    let kind = generator.uniform()
    if kind < 0.04 {
      requests.append(MarginRequest(time: time, market: market, side: .sell, score: nil))
    } else if kind < 0.1 {
      requests.append(MarginRequest(time: time, market: market, side: .sell, score: latestScore))
    } else {
      let score = Score(probability: try #require(Probability(logOdds: logOdds)), time: time)
      latestScore = score
      requests.append(MarginRequest(time: time, market: market, side: .sell, score: score))
    }
  }
  return requests
}
