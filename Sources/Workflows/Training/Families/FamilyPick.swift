package import Configuration
package import Learning
package import ModelStore

/// The rule by which one of the judged families is stored.
package enum FamilyPick {
  /// The family that a configuration names; under `best` the simplest of those whose loss is at most `1 + margin` times
  /// the least.
  ///
  /// - Parameter scores: What each judged family gave, the simplest first.
  package static func family(_ setting: TrainingConfiguration.Family, from scores: [FamilyScore]) -> ModelFamily {
    switch setting {
    case .one(let family): return family
    case .best(let margin):
      let least = scores.map(\.logLoss).min() ?? 0
      return scores.first { $0.logLoss <= (1 + margin) * least }?.family ?? .logistic
    }
  }
}

extension TrainingConfiguration.Family {
  /// The margin of the rule, where there is one.
  var margin: Double? {
    switch self {
    case .one: nil
    case .best(let margin): margin
    }
  }
}
