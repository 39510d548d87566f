public import Learning

/// The families that were judged on the same walk-forward folds, and which of them is stored.
public struct FamilyComparison: Codable, Hashable, Sendable {
  /// What each family gave, the simplest first.
  public let scores: [FamilyScore]
  /// The onset rows of known outcome in all folds.
  public let rows: Int
  /// The positive rows among them.
  public let positives: Int
  /// The family that is stored.
  public let picked: ModelFamily
  /// How far above the least log loss, as a share of it, the simplest family may lie to be picked; nil where the
  /// configuration names the family.
  public let margin: Double?

  /// Creates a comparison.
  public init(scores: [FamilyScore], rows: Int, positives: Int, picked: ModelFamily, margin: Double?) {
    self.scores = scores
    self.rows = rows
    self.positives = positives
    self.picked = picked
    self.margin = margin
  }
}

/// How a family did on rows that were not trained on.
public struct FamilyScore: Codable, Hashable, Sendable {
  /// The family.
  public let family: ModelFamily
  /// The mean log loss over the rows of all folds, in nats.
  public let logLoss: Double
  /// The standard error of the mean, from its spread over the folds; nil for a single fold.
  public let standardError: Double?
  /// The mean log loss of each fold.
  public let foldLosses: [Double]

  /// The score from the mean loss of each fold and its number of rows.
  ///
  /// - Precondition: There are as many numbers of rows as losses, and not all of them are zero.
  public init(family: ModelFamily, foldLosses: [Double], foldRows: [Int]) {
    let losses = FoldLosses(losses: foldLosses, rows: foldRows)
    self.family = family
    self.foldLosses = foldLosses
    logLoss = losses.mean
    standardError = losses.standardError
  }
}
