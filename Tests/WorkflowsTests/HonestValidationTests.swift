import Configuration
import Datasets
import Markets
import Sampling
import TestRecordings
import Testing
import Validation
import Workflows

@Suite("Validation is honest")
struct HonestValidationTests {
  private let configuration: TrainingConfiguration
  private let dataset: Dataset

  init() throws {
    configuration = try TrainingConfiguration(yaml: SimulatedBooks.training(), file: "simulated.yaml")
    dataset = try LabeledHistory(
      try Recording(paths: [SimulatedBooks.file]), features: configuration.features, task: configuration.task,
      from: .distantPast, thresholds: .fitted
    ).dataset
  }

  @Test("the simulated books hold enough events to judge by")
  func enoughEvents() {
    let onset = dataset.onsetRows(among: 0..<dataset.count)
    let positives = onset.count { dataset.events[$0] == true }
    #expect(positives > 100)
    #expect(Double(positives) < 0.4 * Double(onset.count))
  }

  @Test("shuffled outcomes give a ROC area of one half within its error, true ones clearly more")
  func shuffledOutcomes() throws {
    let truth = try rocArea(dataset)
    #expect(try #require(truth.low) > 0.6)
    var deviations: [Double] = []
    for seed in 1...6 as ClosedRange<UInt64> {
      let area = try rocArea(try shufflingOutcomes(seed: seed))
      let (value, low, high) = try (
        #require(area.value), #require(area.low), #require(area.high)
      )
      // Half the 95 % interval is about two standard errors.
      let error = (high - low) / 4
      deviations.append((value - 0.5) / error)
      #expect(abs(value - 0.5) < 4 * error, "seed \(seed): \(value)")
    }
    let mean = deviations.reduce(0, +) / Double(deviations.count)
    #expect(abs(mean) < 1.6, "mean deviation of \(deviations)")
  }

  @Test("no training row of any fold has a label that overlaps the fold, in any market")
  func purge() throws {
    let rows = try TrainingRows(dataset, configuration: configuration)
    let splits = try WalkForwardFold.all(of: rows, configuration: configuration)
    #expect(splits.count == configuration.validation.folds)
    for split in splits {
      let start = try #require(split.test.map { dataset.times[$0] }.min())
      let end = try #require(split.test.map { dataset.informationEnds[$0] }.max())
      #expect(split.train.count > 500)
      #expect(split.test.count > 500)
      for row in split.train {
        #expect(dataset.times[row] < start)
        #expect(dataset.informationEnds[row] < start)
      }
      // Nothing else was lost: what is neither trained on nor tested ends inside the fold or comes after it.
      let used = Set(split.train).union(split.test)
      for row in 0..<dataset.count where !used.contains(row) {
        #expect(dataset.informationEnds[row] >= start)
        #expect(dataset.times[row] < start || dataset.informationEnds[row] > end)
      }
    }
    #expect(Set(splits.flatMap(\.test)).count == splits.map(\.test.count).reduce(0, +))
  }

  @Test("no label that a fold's calibrator learns from overlaps the fold")
  func calibrationPurge() throws {
    let rows = try TrainingRows(dataset, configuration: configuration)
    let splits = try WalkForwardFold.all(of: rows, configuration: configuration)
    let walkForward = try WalkForwardRun(rows, configuration: configuration)
    for (fold, split) in splits.enumerated() {
      let start = try #require(split.test.map { dataset.times[$0] }.min())
      let learnt = walkForward.calibrationRows(before: fold).map(\.row)
      #expect(learnt.count { dataset.informationEnds[$0] >= start } == 0, "fold \(fold)")
      let earlier = Set(splits[..<fold].flatMap(\.test))
      let honest = earlier.count { rows.isFitted($0) && dataset.informationEnds[$0] < start }
      #expect(learnt.count == honest, "fold \(fold)")
    }
    #expect(walkForward.calibrationRows(before: splits.count).count > 1_000)
  }

  private func rocArea(_ dataset: Dataset) throws -> Estimate {
    let rows = try TrainingRows(dataset, configuration: configuration)
    return try WalkForwardRun(rows, configuration: configuration).report().overall.onset.model.rocArea
  }

  /// The dataset with the outcomes of its onset rows permuted among them.
  private func shufflingOutcomes(seed: UInt64) throws -> Dataset {
    var generator = SeededGenerator(seed: seed)
    let onset = dataset.onsetRows(among: 0..<dataset.count)
    var events = dataset.events
    for position in stride(from: onset.count - 1, to: 0, by: -1) {
      events.swapAt(onset[position], onset[generator.index(below: position + 1)])
    }
    return try dataset.replacing(events: events)
  }
}
