public import Boosting

/// How one trial of a search did: one line of its journal.
public struct TrialRecord: Codable, Hashable, Sendable {
  /// The number of the trial; 1 is the starting point.
  public let number: Int
  /// How its trees were grown.
  public let settings: BoostingConfiguration
  /// Its log loss on the folds that were judged, the earliest first.
  public let losses: FoldLosses
  /// The number of trees of each of these folds' models.
  public let trees: [Int]
  /// The number of folds of the search; a trial with fewer losses was discarded.
  public let folds: Int

  /// Whether every fold was judged.
  public var isComplete: Bool { losses.losses.count == folds }

  /// Creates a record.
  public init(number: Int, settings: BoostingConfiguration, losses: FoldLosses, trees: [Int], folds: Int) {
    self.number = number
    self.settings = settings
    self.losses = losses
    self.trees = trees
    self.folds = folds
  }
}

extension Sequence<TrialRecord> {
  /// The complete trial of the least loss; of equal ones the earlier.
  public var best: TrialRecord? {
    filter(\.isComplete).min { ($0.losses.mean, $0.number) < ($1.losses.mean, $1.number) }
  }
}
