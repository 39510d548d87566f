package import Checkpoints
public import Features
internal import MarketData
public import Markets
public import ModelStore
internal import Telemetry

/// The online pipeline: a snapshot in, both sides' scores out, with bounded memory.
public struct OnlineScorer: Sendable {
  /// Why a snapshot has no score.
  public enum Refusal: Hashable, Sendable {
    /// The book shows no mid.
    case noMid(BookCondition)
    /// The model was not trained on the market.
    case unknownMarket
    /// The snapshot is older than one before it; the text says by how much.
    case outOfOrder(String)
  }

  /// What one snapshot gives.
  public struct Result: Sendable {
    /// When the snapshot was received.
    public let time: Timestamp
    /// Whose book it is.
    public let market: MarketName
    /// Both sides' scores, or why there are none.
    public let scores: Swift.Result<BySide<SideScore>, Refusal>
    /// The features that were scored; nil when the snapshot was out of order.
    public let row: FeatureRow?
    /// How much more of the market must be seen until its past before the first snapshot no longer matters; nil from
    /// then on, and for a snapshot out of order.
    public let warming: TimeSpan?
  }

  private var scorer: ModelScorer
  private let reasonCount: Int
  private var pipeline: FeaturePipeline
  private var order = ArrivalOrder()
  private var emptyWatch: CloseOutWatch?
  private var watches: [MarketName: CloseOutWatch] = [:]
  private var warmUp: WarmUp

  /// Creates a scorer with empty windows.
  public init(_ artefact: ModelArtefact, reasonCount: Int) {
    scorer = ModelScorer(artefact)
    self.reasonCount = reasonCount
    pipeline = FeaturePipeline(configuration: artefact.features)
    emptyWatch = Self.emptyWatch(artefact)
    warmUp = WarmUp(artefact.features)
  }

  private static func emptyWatch(_ artefact: ModelArtefact) -> CloseOutWatch? {
    CloseOutWatch(
      task: artefact.task, features: artefact.features, notionals: artefact.closeOut?.ladder?.notionals ?? [])
  }

  /// Scores a snapshot and remembers it.
  ///
  /// An out-of-order snapshot is refused and changes nothing; a book without a mid is remembered but gives no score.
  public mutating func score(_ snapshot: BookSnapshot) -> Result {
    var untimed: StageTimer?
    return score(snapshot, timing: &untimed)
  }

  /// The same, ending the timer's stage of features.
  mutating func score(_ snapshot: BookSnapshot, timing timer: inout StageTimer?) -> Result {
    do {
      try order.admit(snapshot)
    } catch {
      return Result(
        time: snapshot.time, market: snapshot.market, scores: .failure(.outOfOrder(error.reason)), row: nil,
        warming: nil)
    }
    let row = pipeline.observe(snapshot)
    timer?.finish(.features)
    return Result(
      time: snapshot.time, market: snapshot.market, scores: scores(snapshot, row), row: row,
      warming: warmUp.observe(row))
  }

  private mutating func scores(
    _ snapshot: BookSnapshot, _ row: FeatureRow
  ) -> Swift.Result<BySide<SideScore>, Refusal> {
    guard row.isScorable else { return .failure(.noMid(row.condition)) }
    let reading = read(snapshot)
    guard let sell = score(row, .sell, reading), let buy = score(row, .buy, reading) else {
      return .failure(.unknownMarket)
    }
    return .success(BySide(sell: sell, buy: buy))
  }

  /// What closing out costs in a market that the model knows.
  private mutating func read(_ snapshot: BookSnapshot) -> CloseOutReading? {
    guard scorer.artefact.group(of: snapshot.market, .sell) != nil,
      var watch = watches[snapshot.market] ?? emptyWatch
    else { return nil }
    watches[snapshot.market] = nil
    let reading = watch.observe(snapshot)
    watches[snapshot.market] = watch
    return reading
  }

  private func score(_ row: FeatureRow, _ side: LiquidationSide, _ reading: CloseOutReading?) -> SideScore? {
    guard let group = scorer.artefact.group(of: row.market, side) else { return nil }
    return scorer.score(row.values[side], group: group, reasonCount: reasonCount, reading: reading)
  }

  /// Goes on with another model, all that was remembered kept.
  ///
  /// The model must compute its features as the present one does and answer the same task; see `StreamIdentity`.
  mutating func adopt(_ artefact: ModelArtefact) {
    scorer = ModelScorer(artefact)
    emptyWatch = Self.emptyWatch(artefact)
    guard let emptyWatch else { return watches = [:] }
    for market in watches.keys { watches[market]?.takeSizes(of: emptyWatch) }
  }
}

extension OnlineScorer: Resumable {
  package mutating func exchange(with archive: inout StateArchive) throws(StateFault) {
    try archive.exchange(&order)
    try archive.exchange(&pipeline)
    try archive.exchange(&warmUp)
    var markets = watches.keys.sorted()
    try archive.exchange(&markets)
    if archive.direction == .reading { watches = [:] }
    for market in markets {
      guard var watch = watches[market] ?? emptyWatch else {
        throw StateFault("it follows the cost of closing out, of which this model knows nothing")
      }
      watches[market] = nil
      try archive.exchange(&watch)
      watches[market] = watch
    }
  }
}

extension OnlineScorer.Refusal: Error, CustomStringConvertible {
  /// The refusal in words.
  public var description: String {
    switch self {
    case .noMid(let condition): "no score: the book is \(condition.rawValue)"
    case .unknownMarket: "no score: the model was not trained on this market"
    case .outOfOrder(let reason): "no score: \(reason)"
    }
  }
}
