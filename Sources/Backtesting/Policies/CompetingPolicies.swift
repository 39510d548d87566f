/// The policies of the field, tuned alike.
public enum CompetingPolicies {
  /// Every policy that the replay's data suffices for, in the order of tables.
  ///
  /// Tuned on points before the first judged instant whose losses are known by then.
  ///
  /// - Parameter target: the share of losses that a margin shall cover, such as 0.99.
  public static func all(tunedOn replay: Replay, target: Double) -> [any CompetingPolicy] {
    [
      StaticPolicy.tuned(on: replay, target: target),
      EWMAPolicy.tuned(on: replay, target: target),
      FilteredHistoricalPolicy.tuned(on: replay, target: target),
      SPANLikePolicy.tuned(on: replay, target: target),
      DriftSizePolicy.tuned(on: replay, target: target),
    ]
  }

  /// What could not run and why, one sentence for each policy, in the order of tables.
  public static let notes = [
    "dydx-open-interest did not run: open interest by market is not part of the recorded data."
  ]
}
