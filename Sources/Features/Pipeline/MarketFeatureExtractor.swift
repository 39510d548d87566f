package import Checkpoints
public import Markets

/// Stage one: the features that need one market alone.
///
/// Markets are independent here, so stage one runs in parallel over them.
public struct MarketFeatureExtractor: Sendable {
  /// The width of a whole row, what stage two adds included.
  private let rowWidth: Int
  private let longestWindow: Int
  private var extractors: [any FeatureExtractor]
  private var state: MarketState

  /// Creates an extractor that has seen nothing.
  public init(configuration: FeatureConfiguration) {
    extractors = Registry.marketExtractors(configuration)
    rowWidth = Registry.marketDefinitions(configuration).count + Registry.crossMarketDefinitions(configuration).count
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
    observe(snapshot, writingOver: BySide(sell: [], buy: []))
  }

  /// The features at the next snapshot of the market, written where a row lay that nobody needs any more.
  mutating func observe(_ snapshot: BookSnapshot, writingOver row: consuming BySide<[Double]>) -> MarketFeatures {
    state.observe(snapshot)
    if row.sell.count != rowWidth { row = BySide { _ in [Double](repeating: undefined, count: rowWidth) } }
    var features = MarketFeatures(
      time: snapshot.time, market: snapshot.market, condition: snapshot.book.condition, room: row,
      reading: state.reading(longestWindow: longestWindow))
    Self.extract(&extractors, snapshot, state, into: &features)
    return features
  }

  /// Apart from `self`, so that the state is lent to the extractors and not copied.
  private static func extract(
    _ extractors: inout [any FeatureExtractor], _ snapshot: BookSnapshot, _ state: borrowing MarketState,
    into features: inout MarketFeatures
  ) {
    features.write { row in
      for index in extractors.indices { extractors[index].extract(snapshot, state, into: &row) }
    }
  }
}

extension MarketFeatureExtractor: Resumable {
  package mutating func exchange(with archive: inout StateArchive) throws(StateFault) {
    try archive.exchange(&state)
    for index in extractors.indices { try extractors[index].exchange(with: &archive) }
  }
}
