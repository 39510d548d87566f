package import Configuration
package import Datasets
internal import Features
internal import Labels
internal import Learning
internal import LinearModels
internal import Markets
internal import ModelStore
internal import Validation

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// The training window as the learners see it.
///
/// The model and its baselines learn from onset rows of known outcome: a book that is already in shortfall will probably be
/// so soon after, and learning that is learning persistence.
package struct TrainingRows {
  package let dataset: Dataset
  let configuration: TrainingConfiguration
  let groups: [ModelGroup]
  let inputs: ModelInputs
  /// Every onset row of known outcome.
  package let fitted: [Int]
  /// Every row of known outcome.
  let known: [Int]
  let positiveCount: Int
  let censoredCount: Int
  let provenance: Provenance
  let rates: ReferenceRates

  private let examples: TrainingExamples
  let logThresholds: [Double]

  package init(_ dataset: Dataset, configuration: TrainingConfiguration) throws {
    let schema = dataset.schema
    self.dataset = dataset
    self.configuration = configuration
    guard
      let inputs = ModelInputs(
        names: configuration.model.inputs, schema: schema, floor: configuration.model.relativeFloor)
    else {
      throw TrainingFailure.unknownInputs(
        ModelInputs.unknownNames(in: configuration.model.inputs ?? [], schema: schema))
    }
    self.inputs = inputs
    groups = dataset.markets.flatMap { market in
      LiquidationSide.allCases.map { ModelGroup(market: market, side: $0) }
    }
    known = dataset.labelledRows(among: dataset.rows())
    fitted = dataset.onsetRows(among: known)
    positiveCount = fitted.count { dataset.events[$0] == true }
    censoredCount = dataset.count - known.count
    provenance = Provenance(of: dataset.markets)
    guard positiveCount > 0, positiveCount < fitted.count else {
      throw TrainingFailure.oneOutcome(rows: fitted.count, positives: positiveCount)
    }
    guard let rates = ReferenceRates(trainingRows: (0..<dataset.count).map { Self.evaluationRow($0, in: dataset) })
    else {
      throw TrainingFailure.oneOutcome(rows: fitted.count, positives: positiveCount)
    }
    self.rates = rates
    logThresholds = dataset.thresholds.map { log($0) }
    examples = TrainingExamples(
      matrix: Self.matrix(of: inputs, dataset: dataset, logThresholds: logThresholds),
      groups: dataset.groups, outcomes: dataset.events.map { $0 == true }, clusters: dataset.days)
  }

  /// Whether the model may learn from a row: its outcome is known and its book is not in shortfall.
  package func isFitted(_ row: Int) -> Bool { isKnown(row) && dataset.inShortfall[row] == false }

  /// The number of positive rows among some.
  func positiveCount(among rows: [Int]) -> Int { rows.count { dataset.events[$0] == true } }

  /// Whether there are positive rows and others among some.
  func hasBothOutcomes(_ rows: [Int]) -> Bool {
    let positives = positiveCount(among: rows)
    return positives > 0 && positives < rows.count
  }

  /// Whether a row's outcome is known.
  func isKnown(_ row: Int) -> Bool { dataset.events[row] != nil }

  /// What a model reads of every row of a dataset.
  static func matrix(of inputs: ModelInputs, dataset: Dataset, logThresholds: [Double]) -> FeatureMatrix {
    var values: [Double] = []
    values.reserveCapacity(inputs.columns.count * dataset.count)
    for column in inputs.columns {
      let source = dataset.column(column.position)
      for (value, logThreshold) in zip(source, logThresholds) {
        values.append(inputs.value(value, in: column, logThreshold: logThreshold))
      }
    }
    return FeatureMatrix(
      rowCount: dataset.count, columnCount: inputs.columns.count, values: values, columnNames: inputs.names)
  }

  /// The examples of some rows, weighted by age before the newest of them where the configuration asks for it.
  func examples(of rows: [Int]) -> TrainingExamples {
    let selected = examples.selecting(rows: rows)
    guard let halfLife = configuration.model.recencyHalfLife, let newest = rows.map({ dataset.times[$0] }).max() else {
      return selected
    }
    let ages = rows.map { (newest - dataset.times[$0]).seconds }
    return selected.weighted(by: recencyWeights(ages: ages, halfLife: halfLife.seconds))
  }

  func logistic(penalty: Double) throws -> LogisticConfiguration {
    do {
      return try LogisticConfiguration(penalty: penalty, method: configuration.model.method)
    } catch {
      throw TrainingFailure.fit("\(error)")
    }
  }

  /// The logistic regression fitted to some rows.
  func fit(_ rows: [Int], penalty: Double) throws -> LogisticFit {
    let regression = LogisticRegression(
      design: configuration.model.design, configuration: try logistic(penalty: penalty))
    do {
      return try regression.fit(examples(of: rows))
    } catch {
      throw TrainingFailure.fit("\(error)")
    }
  }

  /// A model's log-odds of some rows, each computed as a live process would.
  func logOdds(of rows: [Int], by classifier: some BinaryModel) -> [Double] {
    rows.map { row in
      classifier.logOdds(of: examples.matrix.row(row).span, group: examples.groups[row])
    }
  }

  /// What baselines may look at in a row.
  func instant(_ row: Int) -> Baseline.Instant {
    Baseline.Instant(
      row: dataset.features(ofRow: row), logThreshold: logThresholds[row], group: examples.groups[row],
      hour: dataset.times[row].hourOfDay, isInShortfall: dataset.inShortfall[row] == true)
  }

  /// The rows as the evaluation wants them.
  func evaluationRow(_ row: Int) -> EvaluationRow { Self.evaluationRow(row, in: dataset) }

  private static func evaluationRow(_ row: Int, in dataset: Dataset) -> EvaluationRow {
    EvaluationRow(
      market: dataset.markets[dataset.marketIndices[row]], side: dataset.sides[row], time: dataset.times[row],
      outcome: dataset.events[row], inShortfall: dataset.inShortfall[row])
  }

  /// All baselines, fitted to onset rows, and to rows in any state where the rule asks for it.
  func baselines(fittedTo onset: [Int], state: [Int]) throws -> [NamedBaseline] {
    try BaselineFitting(dataset: dataset, logThresholds: logThresholds, groups: examples.groups).fit(
      onset: onset, state: state, features: configuration.features)
  }
}
