import Sampling

/// Thirty probabilities with ties, outcomes and whole-number weights.
///
/// The expected values in the tests were computed with scikit-learn 1.8.0: `average_precision_score`,
/// `roc_auc_score`, `log_loss`, `brier_score_loss` and `LogisticRegression(C=inf, solver="newton-cholesky", tol=1e-12)`.
enum ReferenceSample {
  static let probabilities = [
    0.85, 0.01, 0.38, 0.15, 0.17, 0.21, 0.03, 0.21, 0.11, 0.96, 0.33, 0.18, 0.2, 0.13, 0.08, 0.18, 0.4, 0.21, 0.55,
    0.21, 0.27, 0.73, 0.43, 0.15, 0.23, 0.43, 0.82, 0.2, 0.21, 0.57,
  ]
  static let outcomes = [
    1, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1, 1, 0, 0, 1,
  ].map { $0 == 1 }
  static let weights: [Double] = [
    3, 0, 0, 2, 0, 3, 1, 2, 3, 3, 1, 0, 1, 3, 2, 0, 3, 3, 3, 2, 3, 2, 2, 3, 2, 3, 1, 3, 3, 0,
  ]
}

/// Forecasts on days of different stress, outcomes drawn from a steeper relation, some scores tied.
struct SimulatedForecasts {
  var probabilities: [Double] = []
  var outcomes: [Bool] = []
  var days: [Int] = []

  init(seed: UInt64, days dayCount: Int, rowsPerDay: Int, dayStress: Double = 1) {
    var generator = SeededGenerator(seed: seed)
    for day in 0..<dayCount {
      let stress = dayStress * generator.normal()
      for _ in 0..<rowsPerDay {
        let logOdds = -2 + stress + generator.normal()
        probabilities.append((sigmoid(logOdds) * 50).rounded(.up) / 51)
        outcomes.append(generator.happens(withProbability: sigmoid(1.3 * logOdds)))
        days.append(day)
      }
    }
  }
}
