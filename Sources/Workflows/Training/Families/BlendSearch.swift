internal import Learning
package import ModelStore

/// The choice of a blend's weight by the log loss of rows that its parts were not fitted to.
package struct BlendSearch {
  /// The weights of the trees to choose from.
  package static let weights = (0...10).map { Double($0) / 10 }
  /// The weight where there is nothing to choose by: both parts count alike.
  package static let evenWeight = 0.5

  /// What each weight gave, weights rising.
  package let scores: [BlendTraining.WeightScore]
  /// The weight of least loss; of equal ones the smaller, which leans on the simpler part.
  package let best: Double

  /// Judges every weight; nil unless there are rows of both outcomes.
  package init?(linear: [Double], boosted: [Double], outcomes: [Bool]) {
    guard outcomes.contains(true), outcomes.contains(false) else { return nil }
    scores = Self.weights.map { weight in
      var loss = 0.0
      for row in outcomes.indices {
        let logOdds = BlendedClassifier.mixed(linear: linear[row], boosted: boosted[row], boostedWeight: weight)
        loss += LogLoss.value(logOdds: logOdds, outcome: outcomes[row])
      }
      return BlendTraining.WeightScore(boostedWeight: weight, logLoss: loss / Double(outcomes.count))
    }
    // `min` keeps the first of equal losses.
    guard let best = scores.min(by: { $0.logLoss < $1.logLoss }) else { return nil }
    self.best = best.boostedWeight
  }
}
