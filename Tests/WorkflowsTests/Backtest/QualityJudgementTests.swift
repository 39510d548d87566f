import Backtesting
import Configuration
import Datasets
import Foundation
import Labels
import Markets
import ModelStore
import TestRecordings
import Testing
import Validation
import Workflows

@Suite("The quality of a back-test's probabilities")
struct QualityJudgementTests {
  private static let from = SimulatedBooks.split
  private static let trained = Result {
    let configuration = try TrainingConfiguration(yaml: SimulatedBooks.training(), file: "simulated.yaml")
    return try NightlyTraining(configuration).run(recording: try Recording(paths: [SimulatedBooks.file], to: from))
  }

  private let choices: StoredModel
  private let history: LabeledHistory

  init() throws {
    choices = try Self.trained.get()
    let artefact = choices.artefact
    history = try LabeledHistory(
      try Recording(paths: [SimulatedBooks.file]), features: artefact.features, task: artefact.task,
      from: .distantPast, thresholds: .given(artefact.thresholds))
  }

  /// The quality of probabilities that `probability` gives to the rows since the split.
  private func quality(_ probability: (_ row: Int) -> Double) throws -> ForecastQuality {
    let dataset = history.dataset
    let said = QualityJudgement.Said(
      probabilities: dataset.rows().map { dataset.times[$0] < Self.from ? .nan : probability($0) },
      events: dataset.events, inShortfall: dataset.inShortfall, thresholds: dataset.thresholds)
    return try QualityJudgement(
      choices: choices, history: history, bootstrap: DayBlockBootstrap(resamples: 20, seed: 1)
    ).quality(of: said, from: Self.from)
  }

  @Test("Who knows what follows has every precision and the whole area; every row since the first instant is judged")
  func knowing() throws {
    let dataset = history.dataset
    let quality = try quality { dataset.events[$0] == true ? 0.9 : 0.1 }
    let known = dataset.rows(from: Self.from).filter { dataset.events[$0] != nil }
    #expect(quality.evaluation.overall.state.rows == known.count)
    let onset = quality.evaluation.overall.onset
    #expect(onset.rows == dataset.onsetRows(among: known).count)
    #expect(onset.model.averagePrecision.value == 1)
    #expect(quality.precisionRecall == [RecallPoint(recall: 1, precision: 1)])
    #expect(onset.baselines.names == choices.artefact.baselines.map(\.name).sorted())
    #expect(quality.evaluation.provenance == .simulated)
    #expect(quality.card == choices.card)
  }

  @Test("The curve's steps enclose the average precision, and rows that nothing was said of are left out")
  func curve() throws {
    let dataset = history.dataset
    let quality = try quality { row in
      row.isMultiple(of: 3) ? .nan : 0.1 + (dataset.events[row] == true ? 0.2 : 0) + Double(row % 7) * 0.1
    }
    let judged = dataset.rows(from: Self.from).filter { !$0.isMultiple(of: 3) && dataset.events[$0] != nil }
    #expect(quality.evaluation.overall.state.rows == judged.count)
    var (area, recall) = (0.0, 0.0)
    for point in quality.precisionRecall {
      area += (point.recall - recall) * point.precision
      recall = point.recall
    }
    #expect(recall == 1)
    let value = try #require(quality.evaluation.overall.onset.model.averagePrecision.value)
    #expect(abs(area - value) < 0.01)
  }

  @Test("Each input's drift is that of what the model reads since the first instant against the time before")
  func drift() throws {
    let (artefact, dataset) = (choices.artefact, history.dataset)
    let drift = try quality { _ in 0.5 }.drift
    let months = Set(drift.map(\.month)).sorted()
    let names = artefact.inputs.names
    #expect(!months.isEmpty && drift.map(\.input) == names.flatMap { name in months.map { _ in name } })
    for column in artefact.inputs.columns {
      func read(_ row: Int) throws -> Double {
        let value = dataset.value(row: row, column: column.position)
        guard column.isLogDepth else { return value }
        let depths = try #require(artefact.thresholds[dataset.markets[dataset.marketIndices[row]]])
        return max(value - log(depths[dataset.sides[row]]), artefact.inputs.floor)
      }
      let reference = StabilityIndex(reference: try dataset.rows(to: Self.from).map(read))
      for month in months {
        let rows = dataset.rows(from: Self.from).filter { dataset.times[$0].description.hasPrefix(month) }
        let figures = try #require(drift.first { $0.input == column.name && $0.month == month })
        #expect(figures.stabilityIndex == reference.index(of: try rows.map(read)))
      }
    }
  }
}
