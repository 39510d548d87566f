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
  /// Each market's schedule with the recommended rates: the larger one of both sides for each tier.
  public let schedules: [MarketName: TierSchedule]

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
    /// What the depth that would do instead of the raise above the schedule costs, and which of the two is cheaper; nil
    /// without a raise, without stated costs, and where nothing is known of closing out.
    public let injection: LiquidityInjection?
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
  /// - Parameter accounts: The open positions, as they stand throughout; nil when they are not known.
  /// - Throws: `EvaluationFailure` when no book belongs to a market that model and policy know; `RequestRefusal` should
  ///   the policy refuse a request; the errors of reading.
  public static func run(
    _ artefact: ModelArtefact, policy: MarginPolicy, recording: Recording, accounts: Accounts? = nil,
    from: Timestamp = .distantPast
  ) throws -> MarginRecommendation {
    var replay = MarginReplay(artefact, policy: policy, accounts: accounts, reasonCount: reasonCount)
    try recording.forEachEventBatch(of: batchSize) { events in
      for event in events { try replay.observe(event, from: from) }
    }
    let groups = replay.standing.keys.sorted { left, right in
      left.market == right.market ? left.side == .sell && right.side == .buy : left.market < right.market
    }
    if groups.isEmpty { throw EvaluationFailure.noRows(lastBook: recording.lastInstant) }
    return MarginRecommendation(
      lines: groups.flatMap { replay.standing[$0] ?? [] },
      provenance: Provenance(of: groups.map(\.market) + artefact.groups.map(\.market)),
      leftOut: replay.leftOut.sorted(), schedules: try replay.schedules())
  }
}
