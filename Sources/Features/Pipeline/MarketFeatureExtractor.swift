package import Checkpoints
public import Markets

/// Stage one: the features that need one market alone.
///
/// Markets are independent here, so stage one runs in parallel over them.
public struct MarketFeatureExtractor: Sendable {
  private let featureCount: Int
  private let longestWindow: Int
  private var extractors: [any FeatureExtractor]
  private var state: MarketState

  /// Creates an extractor that has seen nothing.
  public init(configuration: FeatureConfiguration) {
    extractors = Registry.marketExtractors(configuration)
    featureCount = Registry.marketDefinitions(configuration).count
    longestWindow = configuration.windows.count - 1
    state = MarketState(configuration: configuration)
  }

  /// Takes in a report that came after the last snapshot; one with a fault says nothing.
  ///
  /// - Complexity: O(1).
  public mutating func observe(_ report: MarketReport) {
    guard report.fault == nil else { return }
    for index in extractors.indices { extractors[index].observe(report) }
  }

  /// The features at the next snapshot of the market.
  ///
  /// Times must not fall; equal times are allowed.
  /// - Complexity: O(levels + windows) amortised, and the logarithm of the snapshots in the longest window.
  public mutating func observe(_ snapshot: BookSnapshot) -> MarketFeatures {
    state.observe(snapshot)
    var row = RowWriter(capacity: featureCount)
    for index in extractors.indices { extractors[index].extract(snapshot, state, into: &row) }
    return MarketFeatures(
      time: snapshot.time, market: snapshot.market, condition: snapshot.book.condition, values: row.values,
      reading: state.reading(longestWindow: longestWindow))
  }
}

extension MarketFeatureExtractor: Resumable {
  package mutating func exchange(with archive: inout StateArchive) throws(StateFault) {
    try archive.exchange(&state)
    for index in extractors.indices { try extractors[index].exchange(with: &archive) }
  }
}
