extension Venue {
  /// Whether the venue's lines are rows of a table, which no envelope surrounds.
  var isTabular: Bool { self == .tardisIncremental || self == .lobster }

  /// Whether a lost change shows neither by a number nor by a checksum, so that an unreadable line ends every book.
  var hidesLosses: Bool {
    switch self {
    case .coinbase, .bitmex, .bybit, .tardisIncremental: true
    case .binanceSpot, .binanceFutures, .okx, .kraken, .krakenFutures, .deribit, .dydx, .hyperliquid, .lobster: false
    }
  }

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
