import Configuration
import Datasets
import Labels
import Markets
import TestRecordings
import Testing
import Workflows

@Suite("The labels of a fold")
struct FoldLabelsTests {
  private let configuration: TrainingConfiguration

  init() throws {
    configuration = try TrainingConfiguration(yaml: SimulatedBooks.training(), file: "simulated.yaml")
  }

  private func history(
    to end: Timestamp = .distantFuture, thresholds: LabeledHistory.Thresholds = .fitted
  ) throws -> LabeledHistory {
    try LabeledHistory(
      try Recording(paths: [SimulatedBooks.file], to: end), features: configuration.features, task: configuration.task,
      from: .distantPast, thresholds: thresholds)
  }

  @Test("thresholds before an instant are those of a recording that ends there")
  func thresholdsKnowNothingLater() throws {
    let whole = try history()
    let middle = whole.dataset.times[whole.dataset.count / 2]
    let relabelled = try whole.dataset(thresholdsFittedBefore: middle)
    let earlier = try history(to: middle).dataset
    #expect(Array(relabelled.thresholds[..<earlier.count]) == earlier.thresholds)
    #expect(relabelled.thresholds != whole.dataset.thresholds)
  }

  @Test("relabelled rows equal rows labelled with those thresholds from the start")
  func relabellingEqualsLabelling() throws {
    let whole = try history()
    let middle = whole.dataset.times[whole.dataset.count / 2]
    let relabelled = try whole.dataset(thresholdsFittedBefore: middle)
    var depths: [MarketName: BySide<Double>] = [:]
    for (row, market) in relabelled.marketIndices.enumerated() {
      depths[relabelled.markets[market], default: BySide(sell: 0, buy: 0)][relabelled.sides[row]] =
        relabelled.thresholds[row]
    }
    let direct = try history(thresholds: .given(DepthThresholds(depths))).dataset
    #expect(direct.times == relabelled.times)
    #expect(direct.thresholds == relabelled.thresholds)
    #expect(direct.events == relabelled.events)
    #expect(direct.inShortfall == relabelled.inShortfall)
    #expect(direct.censoringReasons == relabelled.censoringReasons)
    #expect(direct.events != whole.dataset.events)
  }

  @Test("every fold of a relative task has thresholds of its own, of an absolute one the same")
  func foldsHaveTheirOwnThresholds() throws {
    let whole = try history()
    let rows = try TrainingRows(whole.dataset, configuration: configuration)
    let own = try WalkForwardFold.all(of: rows, configuration: configuration, labels: .fittedBeforeEachFold(whole))
    #expect(own.count > 1)
    #expect(Set(own.map { $0.rows.dataset.thresholds[0] }).count == own.count)
    let shared = try WalkForwardFold.all(of: rows, configuration: configuration)
    #expect(Set(shared.map { $0.rows.dataset.thresholds[0] }).count == 1)
  }
}
