/// A format in which recorded order books are stored.
public enum BookFormat: String, CaseIterable, Hashable, Sendable, Codable {
  /// JSON lines, one book each: `{"time":…,"market":"…","bids":[[price,size],…],"asks":[…]}`.
  case canonical
  /// Tardis `book_snapshot_N` CSV: one book per row, a header that names its columns.
  case tardis
  /// Binned CSV, `ts,price,buy_qty,sell_qty`: one price bucket per row, a book is the run of rows with one `ts`.
  case binned
}
