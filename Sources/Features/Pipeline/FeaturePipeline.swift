package import Checkpoints
public import Markets

/// The features of a stream of snapshots of any number of markets: the one path for training and for scoring.
///
/// Equal to stage two after stage one, bit for bit. A row depends on nothing that comes later in the stream. Memory is
/// bounded by the snapshots in the longest window of each market.
public struct FeaturePipeline: Sendable {
  /// What the values of a row are.
  public let schema: FeatureSchema

  private let configuration: FeatureConfiguration
  private var numbers: [MarketName: Int] = [:]
  private var markets: [MarketFeatureExtractor] = []
  private var crossMarket: CrossMarketExtractor
  /// The values of the last row, whose memory serves the next one once nobody else holds them.
  private var lastValues = BySide<[Double]>(sell: [], buy: [])

  /// Creates a pipeline that has seen nothing.
  public init(configuration: FeatureConfiguration) {
    self.configuration = configuration
    schema = FeatureSchema(configuration: configuration)
    crossMarket = CrossMarketExtractor(configuration: configuration)
  }

  /// The features at the next snapshot of the stream; times must not fall.
  public mutating func observe(_ snapshot: BookSnapshot) -> FeatureRow {
    var room = BySide<[Double]>(sell: [], buy: [])
    swap(&room, &lastValues)
    let row = crossMarket.complete(markets[number(of: snapshot.market)].observe(snapshot, writingOver: room))
    lastValues = row.values
    return row
  }

  /// Takes in a report that came after the last snapshot, in its place in the stream and whatever time it claims.
  ///
  /// Nothing is remembered of it unless a configured family reads reports.
  public mutating func observe(_ report: MarketReport) {
    if configuration.readsReports { markets[number(of: report.market)].observe(report) }
  }

  /// The features at the next event of the stream; nil for a report.
  public mutating func observe(_ event: MarketEvent) -> FeatureRow? {
    switch event {
    case .book(let snapshot): return observe(snapshot)
    case .report(let report):
      observe(report)
      return nil
    }
  }

  private mutating func number(of name: MarketName) -> Int {
    if let number = numbers[name] { return number }
    numbers[name] = markets.count
    markets.append(MarketFeatureExtractor(configuration: configuration))
    return markets.count - 1
  }
}

extension FeaturePipeline: Resumable {
  package mutating func exchange(with archive: inout StateArchive) throws(StateFault) {
    var names = numbers.keys.sorted { numbers[$0, default: 0] < numbers[$1, default: 0] }
    try archive.exchange(&names)
    try archive.exchange(parts: &markets, blank: MarketFeatureExtractor(configuration: configuration))
    numbers = Dictionary(names.enumerated().map { ($1, $0) }) { first, _ in first }
    guard numbers.count == markets.count else { throw StateFault("the markets are not as many as their names") }
    try archive.exchange(&crossMarket)
  }
}
