/// The inductive Venn-Abers predictor: for a score, the isotonic probability if the row were no event and if it were
/// one, each refitted with the row itself among the calibration rows.
///
/// Whatever the scores are, one of the two probabilities is calibrated if calibration rows and the row are exchangeable.
/// Both never fall as the score rises, and the lower is always below the higher. Below all calibration scores the lower
/// is 0; above all of them the higher is 1, because nothing there speaks against the event.
///
/// Source: V. Vovk, I. Petej and V. Fedorova, "Large-scale probabilistic predictors with and without guarantees of
/// validity" (2015), arXiv:1511.00213.
public struct VennAbers: Hashable, Sendable {
  /// The least evidence a fit accepts, that of an isotonic calibration.
  public static let neededEvidence = IsotonicCalibration.neededEvidence

  /// The scores from which on the lower probability has its next value, strictly rising.
  public let lowerScores: [Double]
  /// The lower probability from each of `lowerScores` on, strictly rising within (0, 1); it is 0 before the first.
  public let lowerProbabilities: [Double]
  /// The scores up to which the higher probability has its value, strictly rising.
  public let upperScores: [Double]
  /// The higher probability up to each of `upperScores`, strictly rising within (0, 1); it is 1 after the last.
  public let upperProbabilities: [Double]

  /// A predictor of two rising steps, or nil when they break a rule above or cross.
  public init?(
    lowerScores: [Double], lowerProbabilities: [Double], upperScores: [Double], upperProbabilities: [Double]
  ) {
    guard Self.isRisingStep(lowerScores, lowerProbabilities), Self.isRisingStep(upperScores, upperProbabilities) else {
      return nil
    }
    self.lowerScores = lowerScores
    self.lowerProbabilities = lowerProbabilities
    self.upperScores = upperScores
    self.upperProbabilities = upperProbabilities
    // The lower one rises at its own scores alone, the higher one never falls: elsewhere they cannot cross.
    for (score, probability) in zip(lowerScores, lowerProbabilities) where probability >= higher(at: score) {
      return nil
    }
  }

  private static func isRisingStep(_ scores: [Double], _ probabilities: [Double]) -> Bool {
    scores.count == probabilities.count && scores.allSatisfy(\.isFinite)
      && probabilities.allSatisfy { $0 > 0 && $0 < 1 }
      && zip(scores, scores.dropFirst()).allSatisfy { $0 < $1 }
      && zip(probabilities, probabilities.dropFirst()).allSatisfy { $0 < $1 }
  }

  /// Both probabilities of a score; NaN for NaN.
  ///
  /// - Complexity: O(log calibration rows).
  public func interval(logOdds score: Double) -> ProbabilityInterval {
    if score.isNaN { return ProbabilityInterval(low: score, high: score) }
    let below = lowerScores.partitioningIndex { $0 > score }
    return ProbabilityInterval(low: below == 0 ? 0 : lowerProbabilities[below - 1], high: higher(at: score))
  }

  private func higher(at score: Double) -> Double {
    let place = upperScores.partitioningIndex { $0 >= score }
    return place == upperScores.count ? 1 : upperProbabilities[place]
  }
}

extension [Double] {
  /// The first place whose value satisfies a condition that holds for all later values once it holds for one.
  fileprivate func partitioningIndex(where belongs: (Double) -> Bool) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = low + (high - low) / 2
      if belongs(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}

extension VennAbers: Codable {
  private enum CodingKeys: String, CodingKey, CaseIterable {
    case lowerScores, lowerProbabilities, upperScores, upperProbabilities
  }

  /// Reads the steps and checks them; unknown keys are errors.
  public init(from decoder: any Decoder) throws {
    let values = try decoder.closedContainer(keyedBy: CodingKeys.self)
    let predictor = VennAbers(
      lowerScores: try values.decode([Double].self, forKey: .lowerScores),
      lowerProbabilities: try values.decode([Double].self, forKey: .lowerProbabilities),
      upperScores: try values.decode([Double].self, forKey: .upperScores),
      upperProbabilities: try values.decode([Double].self, forKey: .upperProbabilities))
    guard let predictor else {
      throw decoder.corrupted("the steps of an interval must rise within (0, 1) and must not cross")
    }
    self = predictor
  }
}
