internal import Checkpoints
internal import MarketData
internal import Markets

/// BitMEX: `orderBookL2`, `orderBookL2_25`; the snapshots `orderBook10`; `trade`, `quote`, `instrument`, `funding`,
/// `liquidation`.
///
/// Rule: no numbers and no checksum. `partial` is the whole book; `insert` adds a level, `update` and `delete` change
/// one that is there, each named by `id`. A change that does not fit the book shows that something was lost; a lost
/// change that nothing contradicts stays unseen. Before April 2023 only `insert` stated prices, so they are kept by
/// `id`. Sizes are contracts. Sources: BitMEX, "WebSocket API"; "Potentially breaking API update to ID generation on
/// WebSocket orderbook feeds".
struct BitMEXDecoder: VenueDecoder {
  let rule = SequenceRule.none
  private var prices: [MarketName: [Int64: Double]] = [:]

  mutating func decode(
    _ payload: UnsafeRawBufferPointer, _ context: LineContext, into messages: inout [VenueMessage]
  ) throws(FieldFault) {
    var scanner = ByteScanner(payload)
    var table, action, data, filter: ByteScanner?
    var members = try scanner.object()
    while let key = try members.next(in: &scanner) {
      switch key {
      case "table": table = try scanner.deferred()
      case "action": action = try scanner.deferred()
      case "data": data = try scanner.deferred()
      case "filter": filter = try scanner.deferred()
      default: try scanner.skip()
      }
    }
    try scanner.end()
    guard table != nil else { return messages.ignore("answer") }
    let name = try table.word("table")
    let actionName = try action.word("action")
    var rows: [BitMEXRow] = []
    var content = try data.required("data")
    var list = try content.array()
    while try list.next(in: &content) { rows.append(try BitMEXRow(&content)) }
    switch name {
    case "orderBookL2", "orderBookL2_25":
      try appendBooks(rows, actionName, filteredMarket(filter), context, to: &messages)
    case "orderBook10":
      for row in rows { messages.append(.book(try row.snapshot(context))) }
    case "trade":
      for row in rows { messages.append(.event(.trade(try row.trade(context)))) }
    case "quote":
      for row in rows { messages.append(.event(.quote(try row.quote(context)))) }
    case "instrument", "funding":
      for row in rows { try row.appendFigures(context, to: &messages) }
    case "liquidation":
      for row in rows where "insert" ~= actionName {
        messages.append(.event(.liquidation(try row.liquidation(context))))
      }
    default: messages.ignore(name.text)
    }
    if messages.isEmpty { messages.ignore(name.text) }
  }

  /// The market whose snapshot this is, which an empty one does not name otherwise.
  private func filteredMarket(_ filter: ByteScanner?) throws(FieldFault) -> MarketName? {
    guard var scanner = filter else { return nil }
    var market: MarketName?
    var members = try scanner.object()
    while let key = try members.next(in: &scanner) {
      if "symbol" ~= key { market = try scanner.market("filter.symbol") } else { try scanner.skip() }
    }
    return market
  }

  /// One update for each market of a message; rows of a market stand together or apart.
  private mutating func appendBooks(
    _ rows: [BitMEXRow], _ action: JSONWord, _ market: MarketName?, _ context: LineContext,
    to messages: inout [VenueMessage]
  ) throws(FieldFault) {
    var updates: [BookUpdate] = []
    let kind: BookUpdate.Kind = "partial" ~= action ? .snapshot : .delta
    if kind == .snapshot, let market {
      let time = rows.isEmpty ? try context.time(nil) : try rows[0].receiveTime(context)
      updates.append(BookUpdate(.snapshot, of: market, at: time))
      prices[market] = [:]
    }
    for row in rows {
      let market = try row.symbol.market("symbol")
      let index: Int
      if let known = updates.firstIndex(where: { $0.market == market }) {
        index = known
      } else {
        index = updates.count
        updates.append(BookUpdate(kind, of: market, at: try row.receiveTime(context)))
        if kind == .snapshot { prices[market] = [:] }
      }
      let change = try change(row, action, of: market)
      switch try aggressor(row.side.word("side"), "side") {
      case .buy: updates[index].bids.append(change)
      case .sell: updates[index].asks.append(change)
      }
    }
    messages.append(contentsOf: updates.map { .book($0) })
  }

  private mutating func change(
    _ row: BitMEXRow, _ action: JSONWord, of market: MarketName
  ) throws(FieldFault) -> LevelChange {
    let id = try row.id.whole("id")
    let stated = row.price == nil ? nil : try row.price.price("price")
    // Without a price the level is unknown; 0 is no level's price and contradicts every book.
    let price = stated ?? prices[market]?[id] ?? 0
    switch action {
    case "partial", "insert":
      prices[market, default: [:]][id] = try row.price.price("price")
      return LevelChange(
        price: price, size: try row.size.size("size"), presence: "insert" ~= action ? .absent : .either)
    case "update": return LevelChange(price: price, size: try row.size.size("size"), presence: .present)
    case "delete":
      prices[market]?[id] = nil
      return LevelChange(price: price, size: 0, presence: .present)
    default: throw FieldFault(field: "action", reason: "'\(action.text)' is not partial, insert, update or delete")
    }
  }
}

/// A row of a table.
private struct BitMEXRow {
  var symbol, time, id, side, size, price, bids, asks: ByteScanner?
  var bid, bidSize, ask, askSize, mark, index, openInterest, funding, leaves: ByteScanner?

  init(_ scanner: inout ByteScanner) throws(FieldFault) {
    var members = try scanner.object()
    while let key = try members.next(in: &scanner) {
      switch key {
      case "symbol": symbol = try scanner.deferred()
      case "timestamp": time = try scanner.deferred()
      case "id": id = try scanner.deferred()
      case "side": side = try scanner.deferred()
      case "size": size = try scanner.deferred()
      case "price": price = try scanner.deferred()
      case "bids": bids = try scanner.deferred()
      case "asks": asks = try scanner.deferred()
      case "bidPrice": bid = try scanner.deferred()
      case "bidSize": bidSize = try scanner.deferred()
      case "askPrice": ask = try scanner.deferred()
      case "askSize": askSize = try scanner.deferred()
      case "markPrice": mark = try scanner.deferred()
      case "indicativeSettlePrice": index = try scanner.deferred()
      case "openInterest": openInterest = try scanner.deferred()
      case "fundingRate": funding = try scanner.deferred()
      case "leavesQty": leaves = try scanner.deferred()
      default: try scanner.skip()
      }
    }
  }

  func receiveTime(_ context: LineContext) throws(FieldFault) -> Timestamp {
    try context.time(time == nil ? nil : time.instant("timestamp"))
  }

  func snapshot(_ context: LineContext) throws(FieldFault) -> BookUpdate {
    var snapshot = BookUpdate(.snapshot, of: try symbol.market("symbol"), at: try receiveTime(context))
    snapshot.bids = try bids.levelPairs("bids")
    snapshot.asks = try asks.levelPairs("asks")
    return snapshot
  }

  func trade(_ context: LineContext) throws(FieldFault) -> Trade {
    Trade(
      time: try receiveTime(context), market: try symbol.market("symbol"), price: try price.price("price"),
      size: try size.size("size"), aggressor: try aggressor(side.word("side"), "side"))
  }

  func quote(_ context: LineContext) throws(FieldFault) -> BestQuote {
    BestQuote(
      time: try receiveTime(context), market: try symbol.market("symbol"), bid: try quoteLevel(bid, bidSize, "bid"),
      ask: try quoteLevel(ask, askSize, "ask"), updateNumber: nil)
  }

  func appendFigures(_ context: LineContext, to messages: inout [VenueMessage]) throws(FieldFault) {
    let market = try symbol.market("symbol")
    let time = try receiveTime(context)
    try messages.append(.markPrice, mark, "markPrice", of: market, at: time)
    try messages.append(.indexPrice, index, "indicativeSettlePrice", of: market, at: time)
    try messages.append(.openInterest, openInterest, "openInterest", of: market, at: time)
    try messages.append(.fundingRate, funding, "fundingRate", of: market, at: time)
  }

  func liquidation(_ context: LineContext) throws(FieldFault) -> Liquidation {
    Liquidation(
      time: try receiveTime(context), market: try symbol.market("symbol"),
      side: try aggressor(side.word("side"), "side").liquidationSide, price: try price.price("price"),
      size: try leaves.size("leavesQty"))
  }
}

extension BitMEXDecoder {
  mutating func exchange(with archive: inout StateArchive) throws(StateFault) {
    var markets = prices.keys.sorted()
    try archive.exchange(&markets)
    if archive.direction == .reading { prices = [:] }
    for market in markets {
      let known = (prices[market] ?? [:]).sorted { $0.key < $1.key }
      var (ids, values) = (known.map(\.key), known.map(\.value))
      try archive.exchange(&ids)
      try archive.exchange(&values)
      prices[market] = Dictionary(zip(ids, values)) { first, _ in first }
    }
  }
}
