/// What a stream says of a market: its book, or something beside it.
public enum MarketEvent: Hashable, Sendable {
  /// The market's book.
  case book(BookSnapshot)
  /// A trade, a figure or a forced execution.
  case report(MarketReport)

  /// The book; nil for a report.
  public var snapshot: BookSnapshot? {
    if case .book(let snapshot) = self { snapshot } else { nil }
  }

  /// When it was received.
  public var time: Timestamp {
    switch self {
    case .book(let snapshot): snapshot.time
    case .report(let report): report.time
    }
  }

  /// What it is about.
  public var market: MarketName {
    switch self {
    case .book(let snapshot): snapshot.market
    case .report(let report): report.market
    }
  }
}
