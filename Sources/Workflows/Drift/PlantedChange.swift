internal import Validation

/// A change of the world that is planted into rows of a reference.
enum PlantedChange: CaseIterable {
  /// The odds of the event are twice what the model says, at once.
  case doubledOdds
  /// They rise to twice what it says, little by little.
  case risingOdds
  /// The close-out loss goes beyond its bound three times as often.
  case tripledMisses
  /// The model's log-odds are higher by a half, and the outcomes follow.
  case shiftedScores

  static let oddsFactor = 2.0
  static let missFactor = 3.0
  static let scoreShift = 0.5

  /// The change in a few words.
  func name(slowSpan: Int) -> String {
    switch self {
    case .doubledOdds: "odds × 2 at once"
    case .risingOdds: "odds × 2 over \(slowSpan)"
    case .tripledMisses: "misses × 3 at once"
    case .shiftedScores: "log-odds + 0.5 at once"
    }
  }

  /// Whether a series can show the change.
  func shows(in series: MonitoredSeries) -> Bool {
    switch self {
    case .doubledOdds, .risingOdds: series == .logLossExcess || series == .calibrationResidual
    case .tripledMisses: series == .missExcess
    case .shiftedScores: series == .logOdds
    }
  }

  /// How much of the change has come at an age, 0 to 1.
  func progress(age: Int, slowSpan: Int) -> Double {
    if age < 0 { return 0 }
    return self == .risingOdds ? min(1, Double(age + 1) / Double(max(1, slowSpan))) : 1
  }

  /// The probability that a row without an event has one when its odds are `factor` times p/(1 − p).
  ///
  /// With it a row has the event with probability factor · p / (1 − p + factor · p), if it had it with probability p.
  static func addedProbability(_ probability: Double, factor: Double) -> Double {
    probability * (factor - 1) / (1 - probability + factor * probability)
  }
}
