internal import Checkpoints
internal import MarketData
internal import Markets

/// LOBSTER order book files: `ask price, ask size, bid price, bid size` level by level, prices in 1/10,000 dollar.
///
/// Each row is the whole visible book, so nothing can be lost. The file has neither times nor a symbol: the market is
/// the caller's, and the time too, unless the row of the message file stands before it (`paste -d, message orderbook`),
/// whose first column counts seconds from midnight where the exchange is. Levels that do not exist are written as
/// ±9999999999. Source: LOBSTER, "Output structure".
struct LobsterDecoder: VenueDecoder, Memoryless {
  let rule = SequenceRule.none
  let midnight: Timestamp?

  private static let messageColumns = 6
  private static let absentPrice = 9_999_999_999.0

  mutating func decode(
    _ payload: UnsafeRawBufferPointer, _ context: LineContext, into messages: inout [VenueMessage]
  ) throws(FieldFault) {
    let row = CSVRow(payload)
    let isPasted = row.count % 4 == Self.messageColumns % 4
    guard isPasted && row.count > Self.messageColumns || row.count % 4 == 0 else {
      throw FieldFault(
        field: "record", reason: "has \(row.count) columns, neither four a level nor six more than that")
    }
    let market = try context.unnamedMarket()
    let time = isPasted ? try messageTime(row) : try context.time(nil)
    var snapshot = BookUpdate(.snapshot, of: market, at: time)
    for start in stride(from: isPasted ? Self.messageColumns : 0, to: row.count, by: 4) {
      if let ask = try level(row, start, "ask") { snapshot.asks.append(ask) }
      if let bid = try level(row, start + 2, "bid") { snapshot.bids.append(bid) }
    }
    if isPasted, let trade = try trade(row, of: market, at: time) { messages.append(.event(.trade(trade))) }
    messages.append(.book(snapshot))
  }

  private func messageTime(_ row: CSVRow) throws(FieldFault) -> Timestamp {
    let sinceMidnight = try row.nanoseconds(ofSeconds: 0, "time")
    guard let midnight else {
      throw FieldFault(field: "time", reason: "counts from midnight, and the instant of midnight was not given")
    }
    return midnight + TimeSpan(nanoseconds: sinceMidnight)
  }

  private func level(_ row: CSVRow, _ start: Int, _ side: String) throws(FieldFault) -> LevelChange? {
    let price = try row.number(start, "\(side) price, column \(start + 1)")
    let size = try row.number(start + 1, "\(side) size, column \(start + 2)")
    if abs(price) == Self.absentPrice { return nil }
    if !(price > 0) { throw FieldFault(field: "\(side) price, column \(start + 1)", reason: "is not above zero") }
    if !(size >= 0) { throw FieldFault(field: "\(side) size, column \(start + 2)", reason: "is below zero") }
    return LevelChange(price: price / 10_000, size: size)
  }

  /// The execution of a visible (type 4) or hidden (type 5) order; a buy order (direction 1) is hit by a seller.
  private func trade(_ row: CSVRow, of market: MarketName, at time: Timestamp) throws(FieldFault) -> Trade? {
    let type = try row.integer(1, "type")
    if type != 4 && type != 5 { return nil }
    let price = try row.number(4, "price") / 10_000
    let size = try row.number(3, "size")
    guard price > 0, size >= 0 else { throw FieldFault(field: "price", reason: "is not that of a trade") }
    return Trade(
      time: time, market: market, price: price, size: size,
      aggressor: try row.integer(5, "direction") == 1 ? .sell : .buy)
  }
}
