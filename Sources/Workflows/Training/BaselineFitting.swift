internal import Datasets
internal import Features
internal import Learning
internal import LinearModels
internal import Markets
internal import ModelStore

/// Fits the rules that a model must beat.
struct BaselineFitting {
  let dataset: Dataset
  let logThresholds: [Double]
  let groups: [Int]

  /// The names of the baselines, in the order of `fit`.
  static let names = ["currentDepth", "ewmaVolatility", "harLogistic", "climatology", "persistence"]

  /// The shrinkage of the logistic baselines: enough to be determined, too little to matter.
  private static let penalty = 1.0

  /// The baselines, in the order of the tables.
  ///
  /// - Parameters:
  ///   - onset: Rows of known outcome that are not in shortfall.
  ///   - state: Rows of known outcome in any state.
  func fit(onset: [Int], state: [Int], features: FeatureConfiguration) throws -> [NamedBaseline] {
    let columns = BaselineFeatures(features)
    let fitted = [
      try logistic([columns.depth], onset), try logistic([columns.ewmaVolatility], onset),
      try logistic(columns.realisedVolatilities, onset), climatology(onset), persistence(state),
    ]
    return zip(Self.names, fitted).map { NamedBaseline(name: $0, baseline: $1) }
  }

  private func logistic(_ names: [String], _ rows: [Int]) throws -> Baseline {
    guard let inputs = ModelInputs(names: names, schema: dataset.schema, floor: -.greatestFiniteMagnitude) else {
      throw TrainingFailure.unknownInputs(ModelInputs.unknownNames(in: names, schema: dataset.schema))
    }
    let values = inputs.columns.flatMap { column in
      rows.map { row in
        inputs.value(dataset.value(row: row, column: column.position), in: column, logThreshold: logThresholds[row])
      }
    }
    let examples = TrainingExamples(
      matrix: FeatureMatrix(
        rowCount: rows.count, columnCount: names.count, values: values, columnNames: names),
      groups: rows.map { groups[$0] }, outcomes: rows.map { dataset.events[$0] == true },
      clusters: rows.map { dataset.times[$0].day })
    do {
      let regression = LogisticRegression(
        design: try DesignConfiguration(centring: .pooledMedian, clip: nil),
        configuration: try LogisticConfiguration(penalty: Self.penalty))
      return .logistic(inputs: inputs, classifier: try regression.fit(examples).model)
    } catch {
      throw TrainingFailure.fit("a baseline: \(error)")
    }
  }

  /// The rate by hour of the day, each hour drawn towards the overall rate by as many rows as hold one event.
  private func climatology(_ rows: [Int]) -> Baseline {
    let overall = rate(of: rows)
    let prior = overall > 0 ? 1 / overall : 1
    var counts = [Double](repeating: 0, count: 24)
    var events = [Double](repeating: 0, count: 24)
    for row in rows {
      counts[dataset.times[row].hourOfDay] += 1
      if dataset.events[row] == true { events[dataset.times[row].hourOfDay] += 1 }
    }
    return .climatology((0..<24).map { (events[$0] + prior * overall) / (counts[$0] + prior) })
  }

  private func persistence(_ rows: [Int]) -> Baseline {
    let onset = rate(of: dataset.onsetRows(among: rows))
    let inShortfall = dataset.shortfallRows(among: rows)
    return .persistence(StateRates(onset: onset, inShortfall: inShortfall.isEmpty ? onset : rate(of: inShortfall)))
  }

  private func rate(of rows: [Int]) -> Double {
    rows.isEmpty ? 0 : Double(rows.count { dataset.events[$0] == true }) / Double(rows.count)
  }
}

/// The names of the features that baselines read.
struct BaselineFeatures {
  let depth: String
  let ewmaVolatility: String
  let realisedVolatilities: [String]

  init(_ configuration: FeatureConfiguration) {
    depth = "depth_\(configuration.mainBand)"
    ewmaVolatility = "ewma_volatility_fast"
    realisedVolatilities = configuration.windows.map { "realised_volatility_\($0)" }
  }
}
