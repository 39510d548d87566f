public import Margining
public import Markets
public import ModelStore

/// Replays recorded books through a model and a policy, and gives the margins that stand at the end.
public struct MarginRecommendation: Sendable {
  /// Where the markets and sides stand, by market name, sell before buy, the smallest tier first.
  public let lines: [Line]
  /// Whether the data and the model were recorded or simulated.
  public let provenance: Provenance
  /// Markets that were read but have no schedule or are unknown to the model.
  public let leftOut: [MarketName]

  /// One tier's margin and why it is what it is.
  public struct Line: Sendable {
    /// The tier's recommendation at the last snapshot of its market.
    public let recommendation: Recommendation
    /// The margin that the venue's schedule asks for.
    public let scheduled: MarginFraction
    /// The probability of a shortfall at the last snapshot; nil when it gave no score.
    public let probability: Probability?
    /// The conservative probability that the policy went by; nil without a score and for a model without an interval.
    public let probabilityHigh: Probability?
    /// The features that move the probability most.
    public let reasons: [Reason]
    /// The last instant at which the recommendation changed; nil when it never did.
    public let lastChange: Timestamp?
    /// Whether no tier of the market's side starts at a larger notional.
    public let isLargestTier: Bool
  }

  private static let reasonCount = 3
  private static let batchSize = 1_024

  /// Replays a recording to its end; books before `from` only warm the features up.
  ///
  /// Every market's books enter the features, as they do when a stream is scored, whether the policy knows it or not.
  ///
  /// - Throws: `EvaluationFailure` when no book belongs to a market that model and policy know; `RequestRefusal` should
  ///   the policy refuse a request; the errors of reading.
  public static func run(
    _ artefact: ModelArtefact, policy: MarginPolicy, recording: Recording, from: Timestamp = .distantPast
  ) throws -> MarginRecommendation {
    var replay = MarginReplay(artefact, policy: policy, reasonCount: reasonCount)
    try recording.forEachBatch(of: batchSize) { snapshots in
      for snapshot in snapshots { try replay.observe(snapshot, from: from) }
    }
    let groups = replay.standing.keys.sorted { left, right in
      left.market == right.market ? left.side == .sell && right.side == .buy : left.market < right.market
    }
    if groups.isEmpty { throw EvaluationFailure.noRows(lastBook: recording.lastInstant) }
    return MarginRecommendation(
      lines: groups.flatMap { replay.standing[$0] ?? [] },
      provenance: Provenance(of: groups.map(\.market) + artefact.groups.map(\.market)),
      leftOut: replay.leftOut.sorted())
  }
}

/// The state of a replay: what the model, the policy and the markets stand at.
private struct MarginReplay {
  private let artefact: ModelArtefact
  private let policy: MarginPolicy
  private var scorer: OnlineScorer
  private var state = MarginPolicyState()
  /// Where each market's side stands.
  private(set) var standing: [ModelGroup: [MarginRecommendation.Line]] = [:]
  /// Markets that the policy or the model does not know.
  private(set) var leftOut: Set<MarketName> = []

  init(_ artefact: ModelArtefact, policy: MarginPolicy, reasonCount: Int) {
    self.artefact = artefact
    self.policy = policy
    scorer = OnlineScorer(artefact, reasonCount: reasonCount)
  }

  mutating func observe(_ snapshot: BookSnapshot, from start: Timestamp) throws {
    let scores = try? scorer.score(snapshot).scores.get()
    if snapshot.time < start { return }
    guard let schedule = policy.schedule(of: snapshot.market), artefact.group(of: snapshot.market, .sell) != nil else {
      leftOut.insert(snapshot.market)
      return
    }
    for side in LiquidationSide.allCases {
      let request = MarginRequest(
        time: snapshot.time, market: snapshot.market, side: side, probability: scores?[side].policyProbability)
      let answer = try policy.reduce(state, request)
      state = answer.state
      let group = ModelGroup(market: snapshot.market, side: side)
      standing[group] = lines(answer.recommendations, schedule: schedule, score: scores?[side], before: standing[group])
    }
  }

  private func lines(
    _ recommendations: [Recommendation], schedule: TierSchedule, score: SideScore?,
    before: [MarginRecommendation.Line]?
  ) -> [MarginRecommendation.Line] {
    recommendations.enumerated().map { index, recommendation in
      MarginRecommendation.Line(
        recommendation: recommendation, scheduled: schedule.rates[index], probability: score?.probability,
        probabilityHigh: score.flatMap { $0.interval == nil ? nil : $0.policyProbability },
        reasons: score?.reasons ?? [],
        lastChange: recommendation.isChange ? recommendation.time : before?[index].lastChange,
        isLargestTier: index == recommendations.count - 1)
    }
  }
}
