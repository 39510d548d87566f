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
public struct InvalidBook: Hashable, Sendable, Codable {
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
public enum InvalidBookReason: Hashable, Sendable, Codable {
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

extension VenueEvent {
  /// What a stream of whole books and reports says, as an event of a venue.
  public init(_ event: MarketEvent) {
    switch event {
    case .book(let snapshot): self = .book(snapshot)
    case .report(.trade(let trade)): self = .trade(trade)
    case .report(.figure(let figure)): self = .figure(figure)
    case .report(.liquidation(let order)): self = .liquidation(order)
    }
  }

  /// The market that the event speaks of; nil where it speaks of none.
  public var market: MarketName? {
    switch self {
    case .book(let snapshot): snapshot.market
    case .invalid(let book): book.market
    case .trade(let trade): trade.market
    case .quote(let quote): quote.market
    case .figure(let figure): figure.market
    case .liquidation(let liquidation): liquidation.market
    case .ignored, .rejected: nil
    }
  }

  /// The event as a report on its market; nil for a book, a quote and what says nothing of a market.
  public var report: MarketReport? {
    switch self {
    case .trade(let trade): .trade(trade)
    case .figure(let figure): .figure(figure)
    case .liquidation(let order): .liquidation(order)
    case .book, .invalid, .quote, .ignored, .rejected: nil
    }
  }
}
