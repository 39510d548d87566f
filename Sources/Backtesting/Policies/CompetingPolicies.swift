public import Margining

/// The policies of the field, tuned alike.
public enum CompetingPolicies {
  /// Every policy that the replay's data suffices for, in the order of tables.
  ///
  /// Tuned on points before the first judged instant whose losses are known by then.
  ///
  /// - Parameters:
  ///   - target: The share of losses that a margin shall cover, such as 0.99.
  ///   - openInterest: What is known of open interest; nil where nothing is.
  public static func all(
    tunedOn replay: Replay, target: Double, openInterest: OpenInterestSettings? = nil
  ) -> [any CompetingPolicy] {
    let policies: [any CompetingPolicy] = [
      StaticPolicy.tuned(on: replay, target: target),
      EWMAPolicy.tuned(on: replay, target: target),
      FilteredHistoricalPolicy.tuned(on: replay, target: target),
      SPANLikePolicy.tuned(on: replay, target: target),
      DriftSizePolicy.tuned(on: replay, target: target),
    ]
    guard let openInterest = known(openInterest) else { return policies }
    return policies + [OpenInterestPolicy.tuned(on: replay, target: target, openInterest: openInterest)]
  }

  /// What could not run and why, one sentence for each policy, in the order of tables.
  public static func notes(openInterest: OpenInterestSettings? = nil) -> [String] {
    if known(openInterest) != nil { return [] }
    return [
      "dydx-open-interest did not run: open interest by market is not part of recorded books, and no policy file states it."
    ]
  }

  private static func known(_ openInterest: OpenInterestSettings?) -> OpenInterestSettings? {
    openInterest.flatMap { $0.known.isEmpty ? nil : $0 }
  }
}
