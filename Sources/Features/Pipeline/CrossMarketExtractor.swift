package import Checkpoints
import Markets

/// Stage two: adds the features that need several markets.
///
/// Takes the results of stage one in stream order. Each snapshot sees what has arrived before it; of simultaneous
/// snapshots the later ones in the stream see the earlier ones.
public struct CrossMarketExtractor: Sendable {
  private var extractors: [any CrossMarketFeatureExtractor]
  private var state: CrossMarketState

  /// Creates an extractor that has seen nothing.
  public init(configuration: FeatureConfiguration) {
    extractors = Registry.crossMarketExtractors(configuration)
    state = CrossMarketState(memory: configuration.longestWindow)
  }

  /// The complete row of the next snapshot of the stream.
  ///
  /// - Complexity: O(markets × windows) amortised and O(markets³) for the spectrum of the correlation matrix.
  public mutating func complete(_ features: consuming MarketFeatures) -> FeatureRow {
    if !extractors.isEmpty {
      let arrival = state.observe(features)
      Self.extract(&extractors, arrival, state, into: &features)
    }
    return features.row
  }

  /// Apart from `self`, so that the state is lent to the extractors and not copied.
  private static func extract(
    _ extractors: inout [any CrossMarketFeatureExtractor], _ arrival: Arrival, _ state: borrowing CrossMarketState,
    into features: inout MarketFeatures
  ) {
    features.write { row in
      for index in extractors.indices { extractors[index].extract(arrival, state, into: &row) }
    }
  }
}

extension CrossMarketExtractor: Resumable {
  package mutating func exchange(with archive: inout StateArchive) throws(StateFault) {
    try archive.exchange(&state)
    for index in extractors.indices { try extractors[index].exchange(with: &archive) }
  }
}
