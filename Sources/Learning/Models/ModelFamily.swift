/// A kind of model, from the simplest to the most complex.
public enum ModelFamily: String, Codable, CaseIterable, Sendable {
  /// A penalised logistic regression.
  case logistic
  /// Gradient boosting of trees.
  case boosting
  /// A weighted mean of the log-odds of both.
  case blend
}
