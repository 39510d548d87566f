extension EvaluationReport.Scores {
  /// The name of the baseline with the lowest log loss, the first by name of equal ones; nil when none says probabilities.
  public var strongestBaseline: String? {
    baselines.pairs.compactMap { name, card in card.logLoss.value.map { (name, $0) } }.min { $0.1 < $1.1 }?.0
  }
}
