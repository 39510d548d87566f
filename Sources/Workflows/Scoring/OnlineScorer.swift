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
    public internal(set) var scores: Swift.Result<BySide<SideScore>, Refusal>
    /// The features that were scored; nil when the snapshot was out of order.
    public let row: FeatureRow?
    /// How much more of the market must be seen until its past before the first snapshot no longer matters; nil from
    /// then on, and for a snapshot out of order.
    public let warming: TimeSpan?
  }

  private var scorer: ModelScorer
  /// What the classifier read last, whose memory serves the next row.
  private var inputs = BySide<[Double]>(sell: [], buy: [])
  private let reasonCount: Int
  private var pipeline: FeaturePipeline
  private var order = ArrivalOrder()
  private var emptyWatch: CloseOutWatch?
  private var watches: [MarketName: CloseOutWatch] = [:]
  private var warmUp: WarmUp
  /// Markets that the model was not trained on and whose books enter the features of others, in the order of their coming.
  private var strangers: [MarketName] = []

  /// How many markets that the model was not trained on are remembered; what is remembered of pairs of markets grows with
  /// their square, and damaged names must not fill it.
  package static let strangerLimit = 16

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
  /// An out-of-order snapshot is refused and changes nothing; a book without a mid is remembered but gives no score, and so is
  /// one of a market that the model was not trained on, for the first ``strangerLimit`` of these.
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
    let groups = scorer.groups(of: snapshot.market)
    guard admits(snapshot.market, groups) else {
      return Result(
        time: snapshot.time, market: snapshot.market, scores: .failure(.unknownMarket), row: nil, warming: nil)
    }
    let row = pipeline.observe(snapshot)
    timer?.finish(.features)
    return Result(
      time: snapshot.time, market: snapshot.market, scores: scores(snapshot, row, groups), row: row,
      warming: warmUp.observe(row))
  }

  /// Remembers a report for the features that read reports; its place in the stream counts, not the time it claims.
  public mutating func observe(_ report: MarketReport) {
    if admits(report.market, scorer.groups(of: report.market)) { pipeline.observe(report) }
  }

  /// A market that the model was trained on; nil for others.
  func known(_ market: MarketName) -> MarketName? {
    Self.isKnown(scorer.groups(of: market)) ? market : nil
  }

  private static func isKnown(_ groups: BySide<Int?>) -> Bool { groups.sell != nil || groups.buy != nil }

  /// Whether a market of these groups is remembered: each that the model knows, and the first few others.
  private mutating func admits(_ market: MarketName, _ groups: BySide<Int?>) -> Bool {
    if Self.isKnown(groups) || strangers.contains(market) { return true }
    guard strangers.count < Self.strangerLimit else { return false }
    strangers.append(market)
    return true
  }

  private mutating func scores(
    _ snapshot: BookSnapshot, _ row: FeatureRow, _ groups: BySide<Int?>
  ) -> Swift.Result<BySide<SideScore>, Refusal> {
    guard row.isScorable else { return .failure(.noMid(row.condition)) }
    // What closing out costs in a market that the model knows.
    let reading = groups.sell == nil ? nil : read(snapshot)
    guard let sell = groups.sell, let buy = groups.buy,
      let scores = scorer.scores(
        row.values, groups: BySide(sell: sell, buy: buy), reasonCount: reasonCount, reading: reading,
        inputs: &inputs)
    else { return .failure(.unknownMarket) }
    return .success(scores)
  }

  private mutating func read(_ snapshot: BookSnapshot) -> CloseOutReading? {
    guard let emptyWatch else { return nil }
    return watches[snapshot.market, default: emptyWatch].observe(snapshot)
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
    try archive.exchange(&strangers)
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
