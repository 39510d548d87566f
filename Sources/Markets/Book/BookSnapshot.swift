/// An order book of one market as received at one instant.
public struct BookSnapshot: Hashable, Sendable {
  /// When the recorder received the book.
  public let time: Timestamp
  /// Whose book it is.
  public let market: MarketName
  /// The visible book.
  public let book: OrderBook

  /// Creates a snapshot.
  public init(time: Timestamp, market: MarketName, book: OrderBook) {
    self.time = time
    self.market = market
    self.book = book
  }
}
