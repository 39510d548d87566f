internal import Features
public import Margining
public import Markets
public import ModelStore

/// A margin policy that follows a stream of books: it says what should be in force when that changes, and again before
/// it expires.
///
/// The policy is asked with every book of a market that it and the model know. A book that is crossed, shows one side
/// only or lost a message, and a market that other markets' books show to have been silent for as long as the policy's
/// `noScore.staleAfter`, ask without a score: nothing falls then. Time is what books tell; no clock is read.
public struct StreamMargins: Sendable {
  /// What the policy was asked, and what came of it.
  public struct Step: Sendable {
    /// A recommendation for each tier, the smallest notional first.
    public let recommendations: [Recommendation]
    /// The score behind it; nil without one.
    public let score: SideScore?
    /// What has to be said; nil when the policy leaves all as it was.
    public let notice: MarginNotice?
  }

  private enum Reading {
    case scores(BySide<SideScore>)
    case none(MarketHold)
  }

  private(set) var policy: MarginPolicy
  private(set) var markets: Set<MarketName>
  private(set) var accounts: Accounts?
  var state = MarginPolicyState()
  var courses: [MarketName: MarginCourse] = [:]
  /// The newest instant that the stream told.
  var time = Timestamp.distantPast
  /// No earlier instant asks for a line by itself.
  private var quietUntil = Timestamp.distantPast

  /// Starts with the policy's schedules in force.
  ///
  /// - Parameter accounts: The open positions, as they stand throughout; nil when they are not known.
  public init(policy: MarginPolicy, model: ModelArtefact, accounts: Accounts? = nil) {
    self.policy = policy
    self.accounts = accounts
    markets = Self.markets(model)
  }

  static func markets(_ model: ModelArtefact) -> Set<MarketName> { Set(model.groups.map(\.market)) }

  /// Whether policy and model know a market, so that its margins are recommended.
  public func covers(_ market: MarketName) -> Bool { markets.contains(market) && policy.schedule(of: market) != nil }

  /// The maintenance margins in force, one per tier; nil before the market's first book.
  public func margins(of market: MarketName, _ side: LiquidationSide) -> [MarginFraction]? {
    state.margins(of: market, side)
  }

  /// The initial margins in force, one per tier; nil before the market's first book.
  public func initialMargins(of market: MarketName, _ side: LiquidationSide) -> [MarginFraction]? {
    state.initialMargins(of: market, side)
  }

  /// Takes a scored book; one that came out of order changes nothing.
  ///
  /// - Returns: What was asked, in the order in which it has to be said.
  /// - Throws: `RequestRefusal`, which no order of books causes.
  public mutating func observe(_ result: OnlineScorer.Result) throws(RequestRefusal) -> [Step] {
    guard let condition = result.row?.condition else { return [] }
    if condition == .crossed {
      return try observe(result.market, at: result.time, .none(.unusable("the book is crossed")))
    }
    switch result.scores {
    case .success(let scores): return try observe(result.market, at: result.time, .scores(scores))
    case .failure(let refusal):
      return try observe(result.market, at: result.time, .none(.unusable(refusal.description)))
    }
  }

  /// Takes word of a book that is not to be used until it is whole again.
  ///
  /// - Returns: What was asked, in the order in which it has to be said.
  /// - Throws: `RequestRefusal`, which no order of books causes.
  public mutating func observeInvalid(
    _ market: MarketName, at time: Timestamp, reason: String
  ) throws(RequestRefusal) -> [Step] {
    try observe(market, at: time, .none(.unusable(reason)))
  }

  private mutating func observe(
    _ market: MarketName, at instant: Timestamp, _ reading: Reading
  ) throws(RequestRefusal) -> [Step] {
    // A lost book may be told with a time after that of the next book.
    time = max(time, instant)
    var steps = time < quietUntil ? [] : try pass(to: time, before: market)
    guard covers(market) else { return steps }
    steps += try ask(market, at: time, reading)
    quietUntil = min(quietUntil, due(market) ?? .distantFuture)
    return steps
  }

  /// What time alone brings: lines that expired, markets that fell silent, lines to be renewed.
  private mutating func pass(to time: Timestamp, before market: MarketName) throws(RequestRefusal) -> [Step] {
    var steps = try lapse(at: time)
    let staleAfter = policy.settings.noScore.staleAfter
    for other in courses.keys.sorted() where other != market {
      guard let course = courses[other] else { continue }
      if let silent = course.silentFrom(staleAfter), silent <= time, let freshAt = course.freshAt {
        steps += try ask(other, at: time, .none(.silent(time - freshAt)))
      } else {
        steps += renewed(other, at: time)
      }
    }
    quietUntil = courses.keys.compactMap(due).min() ?? .distantFuture
    return steps
  }

  private func due(_ market: MarketName) -> Timestamp? {
    courses[market]?.due(staleAfter: policy.settings.noScore.staleAfter, expiry: policy.settings.expiry)
  }

  /// Takes the fallback of every line that expired, the first first.
  private mutating func lapse(at time: Timestamp) throws(RequestRefusal) -> [Step] {
    var expired: [(instant: Timestamp, market: MarketName, side: LiquidationSide)] = []
    for (market, course) in courses {
      for side in LiquidationSide.allCases {
        if let expires = course.said[side]?.expires, expires <= time { expired.append((expires, market, side)) }
      }
    }
    expired.sort { left, right in
      (left.instant, left.market, left.side.sign) < (right.instant, right.market, -left.side.sign)
    }
    var steps: [Step] = []
    for (instant, market, side) in expired {
      let recommendations = try policy.lapse(&state, market, side, at: instant)
      steps.append(step(recommendations, market, side, at: instant, .lapse, hold: nil, score: nil))
    }
    return steps
  }

  private mutating func renewed(_ market: MarketName, at time: Timestamp) -> [Step] {
    LiquidationSide.allCases.compactMap { side in
      guard let due = courses[market]?.renewalFrom(side, policy.settings.expiry), due <= time else { return nil }
      return step([], market, side, at: time, .renewal, hold: nil, score: nil)
    }
  }

  /// Asks the policy for both sides of a market.
  private mutating func ask(
    _ market: MarketName, at time: Timestamp, _ reading: Reading
  ) throws(RequestRefusal) -> [Step] {
    guard let schedule = policy.schedule(of: market) else { return [] }
    var course = courses[market] ?? MarginCourse(bounds: schedule.tiers.map(\.lowerBound))
    var hold: MarketHold?
    switch reading {
    case .scores: course.freshAt = time
    case .none(let why): hold = why
    }
    course.hold = hold?.kind
    courses[market] = course
    var steps: [Step] = []
    for side in LiquidationSide.allCases {
      var score: SideScore?
      if case .scores(let scores) = reading { score = scores[side] }
      let request = MarginRequest(
        time: time, market: market, side: side, score: score.map { $0.policyScore(at: time) },
        evidence: score?.policyEvidence, accounts: accounts?[market, side])
      let recommendations = try policy.advance(&state, request)
      let occasion = occasion(recommendations, course, side, at: time, hold)
      steps.append(step(recommendations, market, side, at: time, occasion, hold: hold, score: score))
    }
    return steps
  }

  private func occasion(
    _ recommendations: [Recommendation], _ course: MarginCourse, _ side: LiquidationSide, at time: Timestamp,
    _ hold: MarketHold?
  ) -> MarginNotice.Occasion? {
    guard let said = course.said[side] else { return .first }
    if recommendations.contains(where: { $0.isChange || $0.isInitialChange }) { return .change }
    if let hold { return said.occasion == .lapse || said.hold == hold.kind ? nil : .hold }
    return course.renewalFrom(side, policy.settings.expiry).map { $0 <= time } ?? false ? .renewal : nil
  }

  /// A step, with its line where there is an occasion for one.
  private mutating func step(
    _ recommendations: [Recommendation], _ market: MarketName, _ side: LiquidationSide, at time: Timestamp,
    _ occasion: MarginNotice.Occasion?, hold: MarketHold?, score: SideScore?
  ) -> Step {
    guard let occasion else { return Step(recommendations: recommendations, score: score, notice: nil) }
    let said = MarginCourse.Said(
      number: (courses[market]?.said[side]?.number ?? 0) + 1, time: time, occasion: occasion,
      expires: occasion == .lapse ? nil : time + policy.settings.expiry, hold: hold?.kind)
    courses[market]?.said[side] = said
    let notice = MarginNotice(
      time: time, market: market, side: side, number: said.number, occasion: occasion, expires: said.expires,
      hold: hold, tiers: tiers(market, side, recommendations), score: score)
    return Step(recommendations: recommendations, score: score, notice: notice)
  }

  private func tiers(
    _ market: MarketName, _ side: LiquidationSide, _ recommendations: [Recommendation]
  ) -> [MarginNotice.Tier] {
    guard let course = courses[market], let fallback = policy.fallback(state, market, side),
      let margins = state.margins(of: market, side), let initial = state.initialMargins(of: market, side)
    else { return [] }
    let made = recommendations.isEmpty ? fallback.map { _ in Recommendation?.none } : recommendations.map(Optional.init)
    return zip(zip(course.bounds, made), zip(fallback, zip(margins, initial))).map { known, holding in
      let (fallback, (margin, initial)) = holding
      return MarginNotice.Tier(
        lowerBound: known.0, maintenance: .init(before: known.1?.current ?? margin, after: margin),
        initial: .init(before: known.1?.currentInitial ?? initial, after: initial), fallback: fallback,
        recommendation: known.1)
    }
  }

  /// Lets every market's side say what holds with its next book to be used, its number raised by lines that may have
  /// been its own.
  mutating func sayAnew(after lines: Int) {
    for market in courses.keys {
      for side in LiquidationSide.allCases {
        courses[market]?.said[side]?.number += lines
        courses[market]?.said[side]?.occasion = .lapse
        courses[market]?.said[side]?.expires = nil
      }
    }
    quietUntil = .distantPast
  }

  /// Puts another policy, other markets and other accounts in the place of those there were.
  mutating func replace(policy: MarginPolicy, markets: Set<MarketName>, accounts: Accounts?) {
    self.policy = policy
    self.markets = markets
    self.accounts = accounts
    quietUntil = .distantPast
  }
}

extension SideScore {
  /// The probability that a margin is made of, named for what it is.
  fileprivate func policyScore(at time: Timestamp) -> Score {
    Score(
      probability: policyProbability, bound: policyProbability > probability ? .conservative : .point, time: time)
  }
}
