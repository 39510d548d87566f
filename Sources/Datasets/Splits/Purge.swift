public import Markets

/// Removes the training rows whose label knows something of the evaluation fold, in every market alike.
///
/// A row is purged exactly when its label interval `(t, t+δ+h]` meets `[earliest start, latest end]` of the fold. The
/// window starts at the first *origin* of the fold; to start it at the end of the fold's first label would leave one
/// whole horizon of training labels that overlap the fold.
///
/// Source: M. López de Prado, "Advances in Financial Machine Learning" (2018), section 7.4.
public enum Purge {
  /// The rows of `training` that may be learned from when `evaluation` is judged, in their order.
  ///
  /// Rows that follow the fold must in addition start at least `embargo` after its latest label end, because their
  /// features look back into it; ask for `δ + h` or more there. Rows that come before the fold need no embargo. All
  /// rows must be row numbers of `intervals`.
  ///
  /// - Complexity: O(rows).
  public static func kept(
    _ training: [Int], evaluating evaluation: [Int], in intervals: LabelIntervals, embargo: TimeSpan = .zero
  ) -> [Int] {
    guard let window = intervals.window(of: evaluation) else { return training }
    let limit = EvaluationWindow(start: window.start, end: max(window.end, window.end + embargo))
    return training.filter { !limit.meets(origin: intervals.origins[$0], labelEnd: intervals.ends[$0]) }
  }

  /// The rows of `training` whose label overlaps the fold, in their order: empty for an honest split.
  ///
  /// - Complexity: O(rows).
  public static func overlapping(
    _ training: [Int], evaluating evaluation: [Int], in intervals: LabelIntervals
  ) -> [Int] {
    guard let window = intervals.window(of: evaluation) else { return [] }
    return training.filter { window.meets(origin: intervals.origins[$0], labelEnd: intervals.ends[$0]) }
  }
}
