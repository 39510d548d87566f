package import Datasets
package import Features
package import Labels
internal import MarketData
package import Markets

/// Recorded books as rows of features beside what followed.
package struct LabeledHistory {
  /// The rows; books without a mid have none.
  package let dataset: Dataset
  /// The depths below which each market's side is in shortfall.
  let thresholds: DepthThresholds
  /// The number of snapshots inside the window.
  let snapshotCount: Int
  /// The first and the last snapshot inside the window.
  let period: (first: Timestamp, last: Timestamp)?
  /// The files that were read.
  let files: [FileDigest]
  /// Markets without thresholds, in name order; their books give no rows.
  let unknownMarkets: [MarketName]

  /// Positions of several sizes, row by row of the dataset; nil where none were asked for.
  let ladder: LadderRows?
  /// The scalars of every snapshot inside the window, in merged order.
  let outcomes: [OutcomeObservation]
  private let task: ShortfallTask

  /// Where the depths of shortfall come from.
  package enum Thresholds {
    /// They are fitted to the window, as the task says.
    case fitted
    /// They are given, as a stored model has them.
    case given(DepthThresholds)
  }

  /// Reads a recording; snapshots before `from` warm the features up and give no rows.
  ///
  /// - Parameter notionals: The sizes of position whose losses are wanted beside the rows; none for a task without a
  ///   liquidation.
  package init(
    _ recording: Recording, features: FeatureConfiguration, task: ShortfallTask, from: Timestamp,
    thresholds: Thresholds, notionals: [Double] = []
  ) throws {
    var observations: [FeaturePass.Observation] = []
    var pass = FeaturePass(features: features, task: task, notionals: notionals)
    try pass.run(over: recording) { observation in
      if observation.row.time >= from { observations.append(observation) }
    }
    let outcomes = observations.map(\.outcome)
    switch thresholds {
    case .fitted: self.thresholds = .fitted(task.threshold, to: outcomes)
    case .given(let depths): self.thresholds = depths
    }
    dataset = try Self.join(
      observations, labels: Self.labels(outcomes, task: task, thresholds: self.thresholds),
      schema: FeatureSchema(configuration: features))
    ladder = try LadderRows(observations, of: dataset, task: task, notionals: notionals)
    self.outcomes = outcomes
    self.task = task
    snapshotCount = observations.count
    period = observations.first.flatMap { first in observations.last.map { (first.row.time, $0.row.time) } }
    files = recording.digests
    let known = Set(self.thresholds.entries.map(\.market))
    unknownMarkets = Set(observations.map(\.row.market)).subtracting(known).sorted()
  }

  /// The rows labelled as one would have labelled them at `time`: with thresholds fitted to the snapshots before it.
  ///
  /// - Throws: `DatasetFault` when a market has no depth before `time`, so that its rows cannot be labelled.
  package func dataset(thresholdsFittedBefore time: Timestamp) throws(DatasetFault) -> Dataset {
    let earlier = DepthThresholds.fitted(task.threshold, to: outcomes.prefix { $0.time < time })
    let labels = Self.labels(outcomes, task: task, thresholds: earlier)
    return try dataset.relabelled(labels.mapValues { $0.filter { $0.sell.inShortfall != nil } })
  }

  /// How the folds of a walk-forward inside this history are labelled.
  var foldLabels: WalkForwardFold.Labels {
    switch task.threshold {
    case .absolute: .shared
    case .relativeToMedian: .fittedBeforeEachFold(self)
    }
  }

  /// The labels of each market's snapshots, in the market's own order; none for a market without thresholds.
  private static func labels(
    _ outcomes: [OutcomeObservation], task: ShortfallTask, thresholds: DepthThresholds
  ) -> [MarketName: [BySide<LabeledOrigin>]] {
    var labelers: [MarketName: OutcomeLabeler] = [:]
    var labels: [MarketName: [BySide<LabeledOrigin>]] = [:]
    for entry in thresholds.entries {
      labelers[entry.market] = OutcomeLabeler(task: task, thresholds: entry.depth)
      labels[entry.market] = []
    }
    for outcome in outcomes {
      guard let completed = labelers[outcome.market]?.observe(outcome) else { continue }
      labels[outcome.market]?.append(contentsOf: completed)
    }
    for entry in thresholds.entries {
      guard let rest = labelers[entry.market]?.finish() else { continue }
      labels[entry.market]?.append(contentsOf: rest)
    }
    return labels
  }

  private static func join(
    _ observations: [FeaturePass.Observation], labels: [MarketName: [BySide<LabeledOrigin>]], schema: FeatureSchema
  ) throws(DatasetFault) -> Dataset {
    var builder = DatasetBuilder(schema: schema)
    var positions: [MarketName: Int] = [:]
    for observation in observations {
      let market = observation.row.market
      guard let own = labels[market] else { continue }
      let position = positions[market, default: 0]
      positions[market] = position + 1
      if observation.row.isScorable {
        try builder.append(row: observation.row, labels: own[position], observation: observation.outcome)
      }
    }
    return builder.build()
  }
}
