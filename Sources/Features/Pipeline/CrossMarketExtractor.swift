package import Checkpoints
import Markets

/// Stage two: adds the features that need several markets.
///
/// Takes the results of stage one in stream order. Each snapshot sees what has arrived before it; of simultaneous
/// snapshots the later ones in the stream see the earlier ones.
public struct CrossMarketExtractor: Sendable {
  private let featureCount: Int
  private var extractors: [any CrossMarketFeatureExtractor]
  private var state: CrossMarketState

  /// Creates an extractor that has seen nothing.
  public init(configuration: FeatureConfiguration) {
    extractors = Registry.crossMarketExtractors(configuration)
    featureCount = Registry.crossMarketDefinitions(configuration).count
    state = CrossMarketState(memory: configuration.longestWindow)
  }

  /// The complete row of the next snapshot of the stream.
  ///
  /// - Complexity: O(markets × windows) amortised and O(markets³) for the spectrum of the correlation matrix.
  public mutating func complete(_ features: MarketFeatures) -> FeatureRow {
    var values = features.values
    if !extractors.isEmpty {
      let arrival = state.observe(features)
      var row = RowWriter(continuing: features.values, capacity: features.values.sell.count + featureCount)
      for index in extractors.indices { extractors[index].extract(arrival, state, into: &row) }
      values = row.values
    }
    return FeatureRow(time: features.time, market: features.market, condition: features.condition, values: values)
  }
}

extension CrossMarketExtractor: Resumable {
  package mutating func exchange(with archive: inout StateArchive) throws(StateFault) {
    try archive.exchange(&state)
    for index in extractors.indices { try extractors[index].exchange(with: &archive) }
  }
}
