extension Venue {
  /// Whether the venue's lines are rows of a table, which no envelope surrounds.
  var isTabular: Bool { self == .tardisIncremental || self == .lobster }

  /// Whether each message is a whole book, with which no change can be lost.
  var sendsWholeBooks: Bool { self == .hyperliquid || self == .lobster }

  /// What turns the venue's lines into messages.
  func makeDecoder(_ configuration: VenueFeed.Configuration) -> any VenueDecoder {
    switch self {
    case .binanceSpot: BinanceDecoder(rule: .ranges)
    case .binanceFutures: BinanceDecoder(rule: .growingLinks)
    case .bybit: BybitDecoder()
    case .okx: OKXDecoder()
    case .coinbase: CoinbaseDecoder()
    case .kraken: KrakenDecoder()
    case .krakenFutures: KrakenFuturesDecoder()
    case .deribit: DeribitDecoder()
    case .dydx: DYDXDecoder()
    case .hyperliquid: HyperliquidDecoder()
    case .bitmex: BitMEXDecoder()
    case .tardisIncremental: TardisIncrementalDecoder()
    case .lobster: LobsterDecoder(midnight: configuration.midnight)
    }
  }
}
