internal import Backtesting
internal import Datasets
internal import Labels
internal import Markets
internal import ModelStore
internal import Parallelism
internal import Validation

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// How far a model's inputs moved from where they were when the model was chosen.
///
/// Depths are read as that model reads them, relative to its own thresholds, which are kept: a month in which books are
/// thinner shows. The rows of all markets and sides are taken together.
struct InputDrift {
  private let artefact: ModelArtefact
  private let dataset: Dataset
  private let logThresholds: [Double]

  /// Prepares the rows of the model's markets.
  init(_ artefact: ModelArtefact, _ dataset: Dataset) {
    self.artefact = artefact
    self.dataset = dataset
    let depths = dataset.markets.map { artefact.thresholds[$0] }
    logThresholds = dataset.rows().map { row in
      depths[dataset.marketIndices[row]].map { log($0[dataset.sides[row]]) } ?? .nan
    }
  }

  /// The index of each input and UTC month since `start`, input by input in the model's order, months rising.
  ///
  /// - Complexity: O(inputs · n log n), spread over the machine's cores.
  func figures(since start: Timestamp) -> [DriftFigures] {
    let known = dataset.rows().filter { !logThresholds[$0].isNaN }
    let earlier = known.filter { dataset.times[$0] < start }
    var months: [(name: String, rows: [Int])] = []
    for row in known where dataset.times[row] >= start {
      let month = String(dataset.times[row].description.prefix(7))
      if months.last?.name != month { months.append((month, [])) }
      months[months.count - 1].rows.append(row)
    }
    return concurrentMap(artefact.inputs.columns) { [months] column in
      let index = StabilityIndex(reference: earlier.map { value($0, column) })
      return months.map { month in
        DriftFigures(
          input: column.name, month: month.name, stabilityIndex: index.index(of: month.rows.map { value($0, column) }))
      }
    }.flatMap(\.self)
  }

  private func value(_ row: Int, _ column: ModelInputs.Column) -> Double {
    artefact.inputs.value(
      dataset.value(row: row, column: column.position), in: column, logThreshold: logThresholds[row])
  }
}
