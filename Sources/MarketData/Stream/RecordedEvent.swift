public import Markets

/// What a recording says next.
public enum RecordedEvent: Hashable, Sendable {
  /// A book.
  case snapshot(BookSnapshot)
  /// A record that could not be used.
  case rejected(RecordFault)
}
