/// What a scorer said about each row.
public enum Predictions: Hashable, Sendable {
  /// Probabilities of the event, 0 to 1: every metric applies.
  case probabilities([Double])
  /// Finite or infinite scores that only rank the rows, higher meaning riskier: only rank metrics apply.
  case ranks([Double])

  /// The numbers, one per row.
  public var values: [Double] {
    switch self {
    case .probabilities(let values), .ranks(let values): values
    }
  }

  /// Whether the numbers are probabilities.
  public var areProbabilities: Bool {
    if case .probabilities = self { true } else { false }
  }

  /// The predictions of the rows at `indices`, which must lie inside the predictions.
  func selecting(_ indices: [Int]) -> Predictions {
    switch self {
    case .probabilities(let values): .probabilities(indices.map { values[$0] })
    case .ranks(let values): .ranks(indices.map { values[$0] })
    }
  }

  /// The first row whose number is undefined, or outside 0 to 1 for probabilities.
  var firstInvalidRow: Int? {
    switch self {
    case .probabilities(let values): values.firstIndex { !($0 >= 0 && $0 <= 1) }
    case .ranks(let values): values.firstIndex(where: \.isNaN)
    }
  }
}

/// A named source of predictions: the model or a baseline.
public struct Scorer: Hashable, Sendable {
  /// The name in the report.
  public let name: String
  /// The predictions, one per row.
  public let predictions: Predictions

  /// Creates a scorer.
  public init(name: String, predictions: Predictions) {
    self.name = name
    self.predictions = predictions
  }
}

/// Why rows and predictions cannot be evaluated.
public enum EvaluationFault: Error, Hashable, Sendable, CustomStringConvertible {
  /// A scorer has more or fewer predictions than there are rows.
  case countMismatch(scorer: String, rows: Int, predictions: Int)
  /// A prediction is undefined, or a probability lies outside 0 to 1.
  case invalidPrediction(scorer: String, row: Int, value: Double)
  /// Two scorers share a name.
  case duplicateScorer(String)
  /// A row is earlier than the row before it.
  case rowsOutOfOrder(row: Int)
  /// A reference rate is not a number from 0 to 1.
  case invalidReferenceRate(Double)

  /// One sentence for the user.
  public var description: String {
    switch self {
    case .countMismatch(let scorer, let rows, let predictions):
      "\(scorer) has \(predictions) predictions for \(rows) rows"
    case .invalidPrediction(let scorer, let row, let value):
      "\(scorer) predicts \(value) for row \(row), which is not usable"
    case .duplicateScorer(let name): "two scorers are named '\(name)'"
    case .rowsOutOfOrder(let row): "row \(row) is earlier than the row before it"
    case .invalidReferenceRate(let rate): "the reference rate \(rate) is not a number from 0 to 1"
    }
  }
}

/// Predictions beside what happened, with the UTC day of each row.
public struct ScoredRows: Sendable {
  /// The predictions.
  public let predictions: Predictions
  /// Whether the event followed, per row.
  public let outcomes: [Bool]
  /// Days since the epoch in UTC, per row, in any order.
  public let days: [Int]

  /// Creates scored rows; all three lists must have the same length and every prediction must be usable.
  public init(predictions: Predictions, outcomes: [Bool], days: [Int]) throws(EvaluationFault) {
    guard outcomes.count == predictions.values.count, days.count == outcomes.count else {
      throw .countMismatch(scorer: "the scorer", rows: outcomes.count, predictions: predictions.values.count)
    }
    if let row = predictions.firstInvalidRow {
      throw .invalidPrediction(scorer: "the scorer", row: row, value: predictions.values[row])
    }
    self.init(checked: predictions, outcomes: outcomes, days: days)
  }

  init(checked predictions: Predictions, outcomes: [Bool], days: [Int]) {
    self.predictions = predictions
    self.outcomes = outcomes
    self.days = days
  }

  /// The number of rows.
  public var count: Int { outcomes.count }
}
