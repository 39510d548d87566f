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
    /// The features that move the probability most.
    public let reasons: [Reason]
    /// The last instant at which the recommendation changed; nil when it never did.
    public let lastChange: Timestamp?
    /// Whether no tier of the market's side starts at a larger notional.
    public let isLargestTier: Bool
  }

  private static let reasonCount = 3

  /// Replays a recording to its end.
  ///
  /// - Throws: `RequestRefusal` should the policy refuse a request; the errors of reading.
  public static func run(
    _ artefact: ModelArtefact, policy: MarginPolicy, recording: Recording
  ) throws -> MarginRecommendation {
    var scorer = OnlineScorer(artefact, reasonCount: reasonCount)
    var state = MarginPolicyState()
    var standing: [ModelGroup: [Line]] = [:]
    var leftOut: Set<MarketName> = []
    try recording.forEachBatch(of: 1_024) { snapshots in
      for snapshot in snapshots {
        guard let schedule = policy.schedule(of: snapshot.market), artefact.group(of: snapshot.market, .sell) != nil
        else {
          leftOut.insert(snapshot.market)
          continue
        }
        let scores = try? scorer.score(snapshot).scores.get()
        for side in LiquidationSide.allCases {
          let request = MarginRequest(
            time: snapshot.time, market: snapshot.market, side: side, probability: scores?[side].probability)
          let answer = try policy.reduce(state, request)
          state = answer.state
          let group = ModelGroup(market: snapshot.market, side: side)
          standing[group] = lines(
            answer.recommendations, schedule: schedule, score: scores?[side], before: standing[group])
        }
      }
    }
    let groups = standing.keys.sorted { left, right in
      left.market == right.market ? left.side == .sell && right.side == .buy : left.market < right.market
    }
    return MarginRecommendation(
      lines: groups.flatMap { standing[$0] ?? [] },
      provenance: Provenance(of: groups.map(\.market) + artefact.groups.map(\.market)), leftOut: leftOut.sorted())
  }

  private static func lines(
    _ recommendations: [Recommendation], schedule: TierSchedule, score: SideScore?, before: [Line]?
  ) -> [Line] {
    recommendations.enumerated().map { index, recommendation in
      Line(
        recommendation: recommendation, scheduled: schedule.rates[index], probability: score?.probability,
        reasons: score?.reasons ?? [],
        lastChange: recommendation.isChange ? recommendation.time : before?[index].lastChange,
        isLargestTier: index == recommendations.count - 1)
    }
  }
}
