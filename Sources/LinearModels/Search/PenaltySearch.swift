public import Learning
internal import Parallelism

/// Rows to train on and rows to test on.
public struct RowSplit: Hashable, Sendable {
  /// The rows to train on.
  public let train: [Int]
  /// The rows to test on.
  public let test: [Int]

  /// Creates a split.
  public init(train: [Int], test: [Int]) {
    self.train = train
    self.test = test
  }
}

/// The choice of a penalty by the log loss on rows that were not trained on.
///
/// In each split the design is fitted to the training rows alone; the fits go from the largest penalty to the
/// smallest, each started where the one before ended.
public struct PenaltySearch: Sendable {
  /// Which penalty is chosen.
  public enum Rule: String, Codable, Sendable, CaseIterable {
    /// The one of the least loss; of equal ones the larger.
    case leastLoss
    /// The largest whose loss is within one standard error, taken over the splits, of the least.
    case oneStandardError
  }

  /// The penalties, falling, each once.
  public let penalties: [Double]
  /// Which penalty is chosen.
  public let rule: Rule

  /// Creates a search.
  ///
  /// - Throws: A fault unless there is a penalty and all are finite and not negative.
  public init(penalties: [Double], rule: Rule = .leastLoss) throws(LinearModelFault) {
    guard !penalties.isEmpty else { throw LinearModelFault(setting: "penalties", reason: "there is none") }
    if let wrong = penalties.first(where: { !($0 >= 0 && $0.isFinite) }) {
      throw LinearModelFault(setting: "penalties", reason: "\(wrong) is not a finite number of zero or more")
    }
    self.penalties = Set(penalties).sorted(by: >)
    self.rule = rule
  }

  /// Fits every penalty in every split and chooses one; the configuration's own penalty is not used.
  ///
  /// - Precondition: The splits name rows of the examples.
  /// - Throws: `noUsableSplit`, or the failure of a fit.
  public func run(
    _ examples: TrainingExamples, splits: [RowSplit], design: DesignConfiguration,
    configuration: LogisticConfiguration
  ) throws(FitFailure) -> PenaltyChoice {
    let outcomes = concurrentMap(splits) { split in
      Result { () throws(FitFailure) in
        try trial(examples, split: split, design: design, configuration: configuration)
      }
    }
    var trials: [Trial] = []
    var skipped: [Int] = []
    for (index, outcome) in outcomes.enumerated() {
      do { trials.append(try outcome.get()) } catch {
        switch error {
        case .oneOutcome, .noRows: skipped.append(index)
        default: throw error
        }
      }
    }
    guard !trials.isEmpty else { throw .noUsableSplit }
    return choice(from: trials, skipped: skipped)
  }

  /// The out-of-sample log-odds of one split for each penalty, with their mean losses.
  private struct Trial: Sendable {
    let test: [Int]
    let weight: Double
    let logOdds: [[Double]]
    let losses: [Double]
  }

  private func trial(
    _ examples: TrainingExamples, split: RowSplit, design: DesignConfiguration, configuration: LogisticConfiguration
  ) throws(FitFailure) -> Trial {
    let (training, testing) = (examples.selecting(rows: split.train), examples.selecting(rows: split.test))
    guard testing.count > 0 else { throw .noRows }
    try LogisticRegression.check(training)
    let weights = testing.weights ?? [Double](repeating: 1, count: testing.count)
    if let row = weights.firstIndex(where: { !($0 >= 0 && $0.isFinite) }) {
      throw .weightNotUsable(row: split.test[row])
    }
    let weight = weights.reduce(0, +)
    guard weight > 0 else { throw .noRows }
    let fitted = try Design.fitted(to: training, configuration: design)
    let blocks = RowBlocks(training, design: fitted)
    var coefficients = LogisticRegression.start(training, termCount: fitted.terms.count)
    var (logOdds, losses): ([[Double]], [Double]) = ([], [])
    for penalty in penalties {
      let newton = Newton(
        blocks: blocks, configuration: configuration.with(penalty: penalty), execution: .concurrent)
      coefficients = try newton.minimum(from: coefficients).point.coefficients
      let model = LinearClassifier(
        design: fitted, intercept: coefficients[0], coefficients: Array(coefficients.dropFirst()))
      let scores = model.logOdds(of: testing.matrix, groups: testing.groups)
      var loss = 0.0
      for row in scores.indices where weights[row] > 0 {
        loss += weights[row] * LogLoss.value(logOdds: scores[row], outcome: testing.outcomes[row])
      }
      logOdds.append(scores)
      losses.append(loss / weight)
    }
    return Trial(test: split.test, weight: weight, logOdds: logOdds, losses: losses)
  }

  private func choice(from trials: [Trial], skipped: [Int]) -> PenaltyChoice {
    let table = penalties.indices.map { index in
      PenaltyScore(
        penalty: penalties[index], losses: trials.map { $0.losses[index] }, weights: trials.map(\.weight))
    }
    // The penalties fall, so the first of equal losses is that of the largest penalty.
    var best = 0
    for index in table.indices where table[index].meanLoss < table[best].meanLoss { best = index }
    if rule == .oneStandardError {
      let limit = table[best].meanLoss + (table[best].standardError ?? 0)
      best = table.firstIndex { $0.meanLoss <= limit } ?? best
    }
    return PenaltyChoice(
      penalty: penalties[best], table: table, skippedSplits: skipped, rows: trials.flatMap(\.test),
      logOdds: trials.flatMap { $0.logOdds[best] })
  }
}

/// How a penalty did on rows that were not trained on.
public struct PenaltyScore: Codable, Hashable, Sendable {
  /// The penalty.
  public let penalty: Double
  /// The mean log loss over the test rows of all splits, in nats.
  public let meanLoss: Double
  /// The standard error of the mean, from its spread over the splits; nil for a single split.
  public let standardError: Double?
  /// The mean log loss of each split that was used.
  public let splitLosses: [Double]

  init(penalty: Double, losses: [Double], weights: [Double]) {
    self.penalty = penalty
    let total = weights.reduce(0, +)
    meanLoss = zip(losses, weights).reduce(0) { $0 + $1.0 * $1.1 } / total
    let count = Double(losses.count)
    let mean = losses.reduce(0, +) / count
    let squares = losses.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    standardError = losses.count > 1 ? (squares / (count - 1) / count).squareRoot() : nil
    splitLosses = losses
  }
}

/// The penalty that a search chose, with what a calibration needs.
public struct PenaltyChoice: Sendable {
  /// The penalty chosen.
  public let penalty: Double
  /// How each penalty did, penalties falling.
  public let table: [PenaltyScore]
  /// The splits that lack rows of one outcome to train on, or rows to test; counted from zero.
  public let skippedSplits: [Int]
  /// The test rows of the splits, in the order of the splits.
  public let rows: [Int]
  /// The log-odds of those rows at the penalty chosen, each from a fit that did not see the row.
  public let logOdds: [Double]
}
