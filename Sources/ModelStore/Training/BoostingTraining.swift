public import Boosting

/// How a model's trees came about.
public struct BoostingTraining: Codable, Hashable, Sendable {
  /// How the trees were grown; its rounds are those that were allowed.
  public let configuration: BoostingConfiguration
  /// The constraint of each column, in the order of the model's inputs.
  public let constraints: [MonotoneConstraint]
  /// The number of trees.
  public let rounds: Int
  /// How the number of trees was found on rows that trees were not grown on; nil when every round was grown.
  public let stopping: EarlyStop?
  /// The mean loss on the training rows after the first round, after each doubling of their number and after the last.
  public let losses: [RoundLoss]
  /// The columns that the trees ask, the most important first.
  public let importances: [ColumnImportance]

  /// The mean loss on the training rows after a round.
  public struct RoundLoss: Codable, Hashable, Sendable {
    /// The round, 1 for the first.
    public let round: Int
    /// The loss.
    public let loss: Double
  }

  /// The end of growing on the last rows in time, from which the number of trees for all rows follows.
  public struct EarlyStop: Codable, Hashable, Sendable {
    /// The number of rows that trees were grown on.
    public let fittedRows: Int
    /// The number of later rows on which the loss was watched.
    public let watchedRows: Int
    /// The number of positive rows among them.
    public let watchedPositives: Int
    /// The number of rounds that were grown.
    public let grownRounds: Int
    /// The lowest mean loss on the watched rows.
    public let loss: Double

    /// Creates a record.
    public init(fittedRows: Int, watchedRows: Int, watchedPositives: Int, grownRounds: Int, loss: Double) {
      self.fittedRows = fittedRows
      self.watchedRows = watchedRows
      self.watchedPositives = watchedPositives
      self.grownRounds = grownRounds
      self.loss = loss
    }
  }

  /// Creates the record of a fit.
  public init(
    configuration: BoostingConfiguration, constraints: [MonotoneConstraint], fit: BoostedFit, stopping: EarlyStop?
  ) {
    self.configuration = configuration
    self.constraints = constraints
    self.stopping = stopping
    rounds = fit.report.rounds
    losses = Self.summary(of: Array(fit.report.trainingLosses.prefix(fit.report.rounds)))
    importances = ColumnImportance.byGain(in: fit.ensemble)
  }

  /// The losses after the rounds 1, 2, 4, 8 and so on, and after the last.
  private static func summary(of losses: [Double]) -> [RoundLoss] {
    var rounds: [Int] = []
    var round = 1
    while round < losses.count {
      rounds.append(round)
      round *= 2
    }
    if !losses.isEmpty { rounds.append(losses.count) }
    return rounds.map { RoundLoss(round: $0, loss: losses[$0 - 1]) }
  }
}

/// How much a column helps trees to lower the training objective.
public struct ColumnImportance: Codable, Hashable, Sendable {
  /// The column's name.
  public let name: String
  /// The share of the gain of all splits, 0 to 1.
  public let gainShare: Double
  /// The number of splits that ask the column.
  public let splits: Int

  /// The columns that an ensemble asks, the largest gain first; of equal ones the earlier column.
  public static func byGain(in ensemble: TreeEnsemble) -> [ColumnImportance] {
    var gains = [Double](repeating: 0, count: ensemble.columnCount)
    var splits = [Int](repeating: 0, count: ensemble.columnCount)
    for split in ensemble.trees.lazy.flatMap(\.splits) {
      gains[split.column] += split.gain
      splits[split.column] += 1
    }
    let total = gains.reduce(0, +)
    return gains.indices.filter { splits[$0] > 0 }.sorted { (gains[$1], $0) < (gains[$0], $1) }.map { column in
      ColumnImportance(
        name: ensemble.columnNames[column], gainShare: total > 0 ? gains[column] / total : 0, splits: splits[column])
    }
  }
}
