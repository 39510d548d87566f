public import Learning

extension TreeEnsemble {
  /// The value of a row taken apart: the expected value over the training rows, and each column's Shapley value.
  ///
  /// What a tree expects when columns are unknown is averaged by the numbers of training rows below each split, as in
  /// TreeSHAP's path-dependent form. Base and contributions add up to ``value(of:)`` within 1e-9.
  ///
  /// - Precondition: `row` has `columnCount` values; NaN is undefined.
  /// - Complexity: O(splits · columns between root and leaf).
  public func contributions(of row: Span<Double>) -> Explanation {
    precondition(row.count == columnCount, "the row must fit the ensemble")
    return Explanation(
      base: base + explainer.expectation, contributions: explainer.contributions(of: row, trees: trees))
  }
}
