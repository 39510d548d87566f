public import Markets

/// Recorded markets with what a model said of them and what followed: all that policies are judged on.
public struct Replay: Sendable {
  /// Whether the data was recorded or simulated.
  public let provenance: Provenance
  /// The sizes of position, in quote currency, rising.
  public let notionals: [Double]
  /// The time from a snapshot until everything that its losses look at is known: latency and horizon.
  public let informationSpan: TimeSpan
  /// The first instant at which policies are judged; what comes before is for their tuning.
  public let judgedFrom: Timestamp
  /// The markets, by name.
  public let markets: [ReplayedMarket]

  /// Creates a replay.
  public init(
    provenance: Provenance, notionals: [Double], informationSpan: TimeSpan, judgedFrom: Timestamp,
    markets: [ReplayedMarket]
  ) {
    self.provenance = provenance
    self.notionals = notionals
    self.informationSpan = informationSpan
    self.judgedFrom = judgedFrom
    self.markets = markets
  }

  /// The position of the size nearest to a notional, the smaller of two; nil where there is none.
  public func size(nearestTo notional: Double) -> Int? {
    notionals.indices.min { abs(notionals[$0] - notional) < abs(notionals[$1] - notional) }
  }
}

/// One market of a replay.
public struct ReplayedMarket: Sendable {
  /// The market.
  public let market: MarketName
  /// Its snapshots with a mid, in time order, from the first of the recording on.
  public let points: [ReplayPoint]
  /// The position of the first judged point.
  public let judgedStart: Int

  /// Creates a market; points before `judgedFrom` are for tuning.
  public init(market: MarketName, points: [ReplayPoint], judgedFrom: Timestamp) {
    self.market = market
    self.points = points
    judgedStart = points.firstIndex { $0.time >= judgedFrom } ?? points.count
  }

  /// The positions of the judged points.
  public var judged: Range<Int> { judgedStart..<points.count }
}
