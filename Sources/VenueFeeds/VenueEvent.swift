public import MarketData
public import Markets

/// What a venue's line says, once its book is rebuilt.
public enum VenueEvent: Hashable, Sendable {
  /// A market's book after the line.
  case book(BookSnapshot)
  /// A market's book that is not to be used until the venue sends a new snapshot.
  case invalid(InvalidBook)
  /// A trade.
  case trade(Trade)
  /// The best bid and ask as the venue states them.
  case quote(BestQuote)
  /// A mark price, an index price, open interest or funding.
  case figure(MarketFigure)
  /// A forced execution.
  case liquidation(Liquidation)
  /// A message that says nothing about a market's state, with the venue's name for it.
  case ignored(String)
  /// A line that could not be read.
  case rejected(FieldFault)
}

/// A book that lost its thread.
public struct InvalidBook: Hashable, Sendable {
  /// When the loss was seen.
  public let time: Timestamp
  /// Whose book it is.
  public let market: MarketName
  /// How it was seen.
  public let reason: InvalidBookReason

  /// Creates a loss.
  public init(time: Timestamp, market: MarketName, reason: InvalidBookReason) {
    self.time = time
    self.market = market
    self.reason = reason
  }
}

/// Why a book is not to be used.
public enum InvalidBookReason: Hashable, Sendable {
  /// Changes arrived, but no snapshot to apply them to.
  case awaitingSnapshot
  /// The message does not follow the one before it: the number that was due and the number that came.
  case gap(expected: Int64, found: Int64)
  /// Messages of the connection were lost: the number that was due and the number that came.
  case connectionGap(expected: Int64, found: Int64)
  /// The venue's checksum is not that of the rebuilt book.
  case checksum(stated: UInt32, computed: UInt32)
  /// The message changes a level that is not there, or adds one that is.
  case contradiction
  /// The message is damaged, so that what it changed is unknown.
  case unreadable
  /// Reading went on elsewhere in the stream, and nothing shows what was missed.
  case interrupted
}

extension InvalidBookReason: CustomStringConvertible {
  /// The reason in words.
  public var description: String {
    switch self {
    case .awaitingSnapshot: "no snapshot yet"
    case .gap(let expected, let found): "message \(expected) was due, \(found) came"
    case .connectionGap(let expected, let found): "message \(expected) of the connection was due, \(found) came"
    case .checksum(let stated, let computed): "the venue's checksum is \(stated), the book's \(computed)"
    case .contradiction: "a change does not fit the book"
    case .unreadable: "a change could not be read"
    case .interrupted: "messages may have been missed before this process began"
    }
  }
}

/// The side that took liquidity.
public enum Aggressor: String, Hashable, Sendable, Codable {
  /// The buyer took an ask.
  case buy
  /// The seller hit a bid.
  case sell
}

/// A trade as the venue printed it.
public struct Trade: Hashable, Sendable {
  /// When it was received; the venue's own time where the line has no receive time.
  public let time: Timestamp
  /// Where it happened.
  public let market: MarketName
  /// Price in quote currency.
  public let price: Double
  /// Size in the venue's unit.
  public let size: Double
  /// Who took liquidity, where the venue says so.
  public let aggressor: Aggressor?
}

/// The best bid and ask as the venue states them, apart from the rebuilt book.
public struct BestQuote: Hashable, Sendable {
  /// When it was received; the venue's own time where the line has no receive time.
  public let time: Timestamp
  /// Whose quote it is.
  public let market: MarketName
  /// The best bid; nil when there is none or the message leaves it out.
  public let bid: BookLevel?
  /// The best ask; nil when there is none or the message leaves it out.
  public let ask: BookLevel?
  /// The number of the book that it belongs to, where the venue says so.
  public let updateNumber: Int64?
}

/// One figure of a derivative.
public struct MarketFigure: Hashable, Sendable {
  /// What a figure measures.
  public enum Kind: String, Hashable, Sendable, Codable {
    /// The price at which the venue values positions, in quote currency.
    case markPrice = "mark-price"
    /// The price of the underlying index, in quote currency.
    case indexPrice = "index-price"
    /// Open contracts, in the venue's unit.
    case openInterest = "open-interest"
    /// The funding that longs pay shorts, as the venue states it: a fraction of notional per its funding interval,
    /// and per contract for Kraken Futures' `funding_rate`, which is therefore not read.
    case fundingRate = "funding-rate"
  }

  /// When it was received; the venue's own time where the line has no receive time.
  public let time: Timestamp
  /// Whose figure it is.
  public let market: MarketName
  /// What it measures.
  public let kind: Kind
  /// Its value.
  public let value: Double
}

/// A forced execution.
public struct Liquidation: Hashable, Sendable {
  /// When it was received; the venue's own time where the line has no receive time.
  public let time: Timestamp
  /// Where it happened.
  public let market: MarketName
  /// The side on which it executes: `sell` closes longs.
  public let side: LiquidationSide
  /// The price that the venue states, in quote currency.
  public let price: Double
  /// Size in the venue's unit.
  public let size: Double
}
