internal import Checkpoints
internal import MarketData
internal import Markets

/// dYdX version 4 indexer (`v4_orderbook`, `v4_trades`, `v4_markets`; the REST order book) and the retired version 3
/// feed (`v3_orderbook`, `v3_trades`).
///
/// Rule: all messages of a connection are numbered (`message_id`); answers to subscriptions may be overtaken by
/// changes, so a number counts as lost only when the 32 after it have come, and then every book ends. Version 3 also
/// numbers the levels: a change with an offset not above its level's is old. The indexer's book may be crossed while
/// matched orders are still listed; it is passed on as it is. Source: dYdX, "Indexer WebSocket"; the tolerance is
/// from a capture in which answers come up to 12 numbers late.
struct DYDXDecoder: VenueDecoder {
  let rule = SequenceRule.none
  private var offsets: [RetiredLevel: Int64] = [:]

  /// A level of the version 3 feed.
  fileprivate struct RetiredLevel: Hashable, Comparable {
    let market: MarketName
    let side: LiquidationSide
    let price: Double

    static func < (first: Self, second: Self) -> Bool {
      (first.market, first.side.rawValue, first.price) < (second.market, second.side.rawValue, second.price)
    }
  }

  /// What the number of a message is and what the message is about.
  private struct Header {
    var type, channel, id, number, contents, bids, asks, result: ByteScanner?

    mutating func read(_ scanner: inout ByteScanner) throws(FieldFault) {
      var members = try scanner.object()
      while let key = try members.next(in: &scanner) {
        switch key {
        case "type": type = try scanner.deferred()
        case "channel": channel = try scanner.deferred()
        case "id": id = try scanner.deferred()
        case "message_id": number = try scanner.deferred()
        case "contents": contents = try scanner.deferred()
        case "bids": bids = try scanner.deferred()
        case "asks": asks = try scanner.deferred()
        case "result": result = try scanner.deferred()
        default: try scanner.skip()
        }
      }
    }
  }

  mutating func decode(
    _ payload: UnsafeRawBufferPointer, _ context: LineContext, into messages: inout [VenueMessage]
  ) throws(FieldFault) {
    var scanner = ByteScanner(payload)
    var header = Header()
    try header.read(&scanner)
    try scanner.end()
    if header.number != nil {
      messages.append(.connection(ConnectionNumber(try header.number.whole("message_id"), tolerance: 32)))
    } else {
      return try appendBody(header, context, to: &messages)
    }
    guard header.channel != nil, header.contents != nil else { return messages.ignore(try header.type.text("type")) }
    let channel = try header.channel.word("channel")
    let isSnapshot = "subscribed" ~= (try header.type.word("type"))
    switch channel {
    case "v4_orderbook", "v3_orderbook":
      let market = try header.id.market("id")
      for var content in try contents(header) {
        let book = try book(&content, isSnapshot ? .snapshot : .delta, of: market, context)
        messages.append(.book(book))
      }
    case "v4_trades", "v3_trades":
      let market = try header.id.market("id")
      for var content in try contents(header) { try appendTrades(&content, of: market, context, to: &messages) }
    case "v4_markets":
      for var content in try contents(header) { try appendMarkets(&content, context, to: &messages) }
    default: messages.ignore(channel.text)
    }
  }

  /// The contents of a message, of which a batch has several.
  private func contents(_ header: Header) throws(FieldFault) -> [ByteScanner] {
    var scanner = try header.contents.required("contents")
    guard scanner.current == Ascii.openBracket else { return [scanner] }
    var contents: [ByteScanner] = []
    var list = try scanner.array()
    while try list.next(in: &scanner) { contents.append(try scanner.deferred()) }
    return contents
  }

  /// The REST order book, alone or as the `result` of an answer.
  private mutating func appendBody(
    _ header: Header, _ context: LineContext, to messages: inout [VenueMessage]
  ) throws(FieldFault) {
    var body = header
    if header.bids == nil, var result = header.result, result.current == Ascii.openBrace { try body.read(&result) }
    guard body.bids != nil else { return messages.ignore("answer") }
    var snapshot = BookUpdate(.snapshot, of: try context.unnamedMarket(), at: try context.time(nil))
    snapshot.bids = try levels(body.bids, "bids", of: snapshot.market, .sell, offset: nil)
    snapshot.asks = try levels(body.asks, "asks", of: snapshot.market, .buy, offset: nil)
    messages.append(.book(snapshot))
  }

  private mutating func book(
    _ scanner: inout ByteScanner, _ kind: BookUpdate.Kind, of market: MarketName, _ context: LineContext
  ) throws(FieldFault) -> BookUpdate {
    var bids, asks, offset: ByteScanner?
    var members = try scanner.object()
    while let key = try members.next(in: &scanner) {
      switch key {
      case "bids": bids = try scanner.deferred()
      case "asks": asks = try scanner.deferred()
      case "offset": offset = try scanner.deferred()
      default: try scanner.skip()
      }
    }
    if kind == .snapshot { offsets = offsets.filter { $0.key.market != market } }
    let number = offset == nil ? nil : try offset.whole("contents.offset")
    var update = BookUpdate(kind, of: market, at: try context.time(nil))
    if bids != nil { update.bids = try levels(bids, "bids", of: market, .sell, offset: number) }
    if asks != nil { update.asks = try levels(asks, "asks", of: market, .buy, offset: number) }
    return update
  }

  /// `[{"price", "size", ("offset")}, …]` or `[["price", "size"], …]`, without the old changes of version 3.
  private mutating func levels(
    _ list: ByteScanner?, _ field: String, of market: MarketName, _ side: LiquidationSide, offset: Int64?
  ) throws(FieldFault) -> [LevelChange] {
    var scanner = try list.required(field)
    var rows = try scanner.array()
    var levels: [LevelChange] = []
    while try rows.next(in: &scanner) {
      var price, size, own: ByteScanner?
      if scanner.current == Ascii.openBracket {
        var pair = try scanner.array()
        if try pair.next(in: &scanner) { price = try scanner.deferred() }
        if price != nil, try pair.next(in: &scanner) { size = try scanner.deferred() }
        while size != nil, try pair.next(in: &scanner) { try scanner.skip() }
      } else {
        var members = try scanner.object()
        while let key = try members.next(in: &scanner) {
          switch key {
          case "price": price = try scanner.deferred()
          case "size": size = try scanner.deferred()
          case "offset": own = try scanner.deferred()
          default: try scanner.skip()
          }
        }
      }
      let level = LevelChange(price: try price.price("\(field).price"), size: try size.size("\(field).size"))
      let number = own == nil ? offset : try own.whole("\(field).offset")
      if let number {
        let key = RetiredLevel(market: market, side: side, price: level.price)
        if let latest = offsets[key], number <= latest { continue }
        offsets[key] = number
      }
      levels.append(level)
    }
    return levels
  }

  private func appendTrades(
    _ scanner: inout ByteScanner, of market: MarketName, _ context: LineContext, to messages: inout [VenueMessage]
  ) throws(FieldFault) {
    var trades: ByteScanner?
    var members = try scanner.object()
    while let key = try members.next(in: &scanner) {
      if "trades" ~= key { trades = try scanner.deferred() } else { try scanner.skip() }
    }
    var list = try trades.required("contents.trades")
    var rows = try list.array()
    while try rows.next(in: &list) {
      var price, size, side, time, type: ByteScanner?
      var fields = try list.object()
      while let key = try fields.next(in: &list) {
        switch key {
        case "price": price = try list.deferred()
        case "size": size = try list.deferred()
        case "side": side = try list.deferred()
        case "createdAt": time = try list.deferred()
        case "type": type = try list.deferred()
        default: try list.skip()
        }
      }
      let taker = try aggressor(side.word("side"), "side")
      let trade = Trade(
        time: try context.time(time.instant("createdAt")), market: market, price: try price.price("price"),
        size: try size.size("size"), aggressor: taker)
      messages.append(.event(.trade(trade)))
      guard type != nil, "LIQUIDATED" ~= (try type.word("type")) else { continue }
      let order = Liquidation(
        time: trade.time, market: market, side: taker.liquidationSide, price: trade.price, size: trade.size)
      messages.append(.event(.liquidation(order)))
    }
  }

  /// `{"markets" | "trading" | "oraclePrices": {"BTC-USD": {…}, …}}`; the oracle's price is the mark price.
  private func appendMarkets(
    _ scanner: inout ByteScanner, _ context: LineContext, to messages: inout [VenueMessage]
  ) throws(FieldFault) {
    let time = try context.time(nil)
    var groups = try scanner.object()
    while let group = try groups.next(in: &scanner) {
      guard "markets" ~= group || "trading" ~= group || "oraclePrices" ~= group else {
        try scanner.skip()
        continue
      }
      var markets = try scanner.object()
      while let name = try markets.next(in: &scanner) {
        let market = try MarketName(name.text, field: "contents")
        var fields = try scanner.object()
        while let key = try fields.next(in: &scanner) {
          switch key {
          case "oraclePrice": try messages.append(.markPrice, scanner.deferred(), "oraclePrice", of: market, at: time)
          case "openInterest":
            try messages.append(.openInterest, scanner.deferred(), "openInterest", of: market, at: time)
          case "nextFundingRate":
            try messages.append(.fundingRate, scanner.deferred(), "nextFundingRate", of: market, at: time)
          default: try scanner.skip()
          }
        }
      }
    }
  }
}

extension DYDXDecoder {
  mutating func exchange(with archive: inout StateArchive) throws(StateFault) {
    let known = offsets.sorted { $0.key < $1.key }
    var (levels, numbers) = (known.map(\.key), known.map(\.value))
    try archive.exchange(&levels)
    try archive.exchange(&numbers)
    offsets = Dictionary(zip(levels, numbers)) { first, _ in first }
  }
}

extension DYDXDecoder.RetiredLevel: StateValue {
  init(from archive: inout StateArchive) throws(StateFault) {
    market = try MarketName(from: &archive)
    side = try Bool(from: &archive) ? .sell : .buy
    price = try Double(from: &archive)
  }

  func write(to archive: inout StateArchive) {
    market.write(to: &archive)
    (side == .sell).write(to: &archive)
    price.write(to: &archive)
  }
}
