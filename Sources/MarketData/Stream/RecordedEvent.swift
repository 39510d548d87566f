public import Markets

/// What a recording says next.
public enum RecordedEvent: Hashable, Sendable {
  /// A book.
  case snapshot(BookSnapshot)
  /// A trade, a figure or a forced execution beside the books.
  case report(MarketReport)
  /// A record that could not be used.
  case rejected(RecordFault)

  /// When and in which market it happened; nil for a rejected record.
  var place: (time: Timestamp, market: MarketName)? {
    switch self {
    case .snapshot(let snapshot): (snapshot.time, snapshot.market)
    case .report(let report): (report.time, report.market)
    case .rejected: nil
    }
  }
}
