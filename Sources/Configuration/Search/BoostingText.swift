public import Boosting

extension TrainingConfiguration.Boosting {
  /// The same settings with trees grown another way; ending early stays as it is.
  public func with(learner: BoostingConfiguration) -> Self {
    var learner = learner
    learner.patience = earlyStopping?.patience
    return Self(learner: learner, monotone: monotone, earlyStopping: earlyStopping)
  }

  /// The section `boosting` under `model` that reads back as exactly these settings.
  public var yaml: String {
    var lines = BoostingSetting.allCases.map { "\($0.rawValue): \($0.value(in: learner))" }
    lines.append("seed: \(learner.seed)")
    lines.append("monotone: \(monotone.rawValue)")
    if let earlyStopping {
      lines.append("earlyStopping: {share: \(earlyStopping.share), patience: \(earlyStopping.patience)}")
    }
    return "model:\n  boosting:\n" + lines.map { "    \($0)\n" }.joined()
  }
}
