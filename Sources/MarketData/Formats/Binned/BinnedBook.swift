internal import Markets

/// The rows of one binned book.
struct BinnedBook: Sendable {
  /// One price bucket.
  struct Row {
    let price: Double
    let buy: Double
    let sell: Double
    let line: Int

    /// Whether the bucket is a bid level; bucket 0 has no price to stand at.
    var isBid: Bool { buy > 0 && price > 0 }
    var isAsk: Bool { sell > 0 }
  }

  /// What is wrong with a row.
  struct RowFault: Error {
    let line: Int
    let fault: FieldFault
  }

  private var rows: [Row] = []
  private var bidCount = 0
  private var askCount = 0
  private var isRising = true
  private var isFalling = true

  @inline(__always)
  mutating func append(_ row: Row) {
    if let last = rows.last {
      if row.price <= last.price { isRising = false }
      if row.price >= last.price { isFalling = false }
    }
    if row.isBid { bidCount += 1 }
    if row.isAsk { askCount += 1 }
    rows.append(row)
  }

  mutating func clear() {
    rows.removeAll(keepingCapacity: true)
    (bidCount, askCount, isRising, isFalling) = (0, 0, true, true)
  }

  /// The book of the rows, whose prices and quantities are in range.
  ///
  /// - Throws: a fault naming the first row that repeats a price.
  mutating func orderBook() throws(RowFault) -> OrderBook {
    if isFalling { rows.reverse() }
    if !isRising, !isFalling { try sort() }
    var bids: [BookLevel] = []
    var asks: [BookLevel] = []
    bids.reserveCapacity(bidCount)
    asks.reserveCapacity(askCount)
    for row in rows where row.isAsk { asks.append(BookLevel(price: row.price, size: row.sell)) }
    for row in rows.reversed() where row.isBid { bids.append(BookLevel(price: row.price, size: row.buy)) }
    do {
      return try OrderBook(bids: bids, asks: asks)
    } catch {
      throw RowFault(line: rows.first?.line ?? 0, fault: FieldFault(error))
    }
  }

  private mutating func sort() throws(RowFault) {
    rows.sort { ($0.price, $0.line) < ($1.price, $1.line) }
    var repeated: Row?
    for index in rows.indices.dropFirst() where rows[index].price == rows[index - 1].price {
      if repeated.map({ rows[index].line < $0.line }) ?? true { repeated = rows[index] }
    }
    if let repeated {
      throw RowFault(
        line: repeated.line, fault: FieldFault(field: "price", reason: "\(repeated.price) appears twice in one book"))
    }
  }
}
