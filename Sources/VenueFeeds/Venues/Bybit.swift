internal import Checkpoints
internal import MarketData
internal import Markets

/// Bybit version 5 public streams: `orderbook.{depth}.{symbol}` (and the archive files of the same shape),
/// `publicTrade`, `tickers`, `allLiquidation`; and of the retired version 2 `orderBookL2_25`, `orderBook_200` and
/// `trade`.
///
/// Rule: the update number `u` grows by one; a snapshot replaces the book, also unasked, and `u` = 1 says that the
/// service restarted. Version 2 has no such number: its changes say whether a level is new, changed or gone, and one
/// that does not fit the book shows a loss. Source: Bybit, "Orderbook" (version 5) and "SBE level 50" for the
/// continuity of `u`.
struct BybitDecoder: VenueDecoder, Memoryless {
  let rule = SequenceRule.consecutive

  mutating func decode(
    _ payload: UnsafeRawBufferPointer, _ context: LineContext, into messages: inout [VenueMessage]
  ) throws(FieldFault) {
    var scanner = ByteScanner(payload)
    var topic, type, data, time, retiredTime: ByteScanner?
    var members = try scanner.object()
    while let key = try members.next(in: &scanner) {
      switch key {
      case "topic": topic = try scanner.deferred()
      case "type": type = try scanner.deferred()
      case "data": data = try scanner.deferred()
      case "ts": time = try scanner.deferred()
      case "timestamp_e6": retiredTime = try scanner.deferred()
      default: try scanner.skip()
      }
    }
    try scanner.end()
    guard topic != nil else { return messages.ignore("answer") }
    let name = try topic.word("topic")
    var content = try data.required("data")
    if name.hasPrefix("orderbook.") {
      let update = try book(kind(type), &content, try context.time(time.milliseconds("ts")))
      messages.append(.book(update))
    } else if name.hasPrefix("orderBook") {
      guard var microseconds = retiredTime else { throw missing("timestamp_e6") }
      let update = try BybitRetiredBook(&content).update(
        kind(type), market(ofTopic: name), at: try context.time(microseconds.microseconds("timestamp_e6")))
      messages.append(.book(update))
    } else if name.hasPrefix("publicTrade.") || name.hasPrefix("trade.") {
      var list = try content.array()
      while try list.next(in: &content) {
        let record = try BybitRecord(&content)
        messages.append(.event(.trade(try record.trade(context))))
      }
    } else if name.hasPrefix("allLiquidation.") {
      var list = try content.array()
      while try list.next(in: &content) {
        let record = try BybitRecord(&content)
        messages.append(.event(.liquidation(try record.liquidation(context))))
      }
    } else if name.hasPrefix("tickers.") {
      let record = try BybitRecord(&content)
      try record.appendFigures(at: try context.time(time.milliseconds("ts")), to: &messages)
    } else {
      messages.ignore(name.text)
    }
  }

  private func kind(_ type: ByteScanner?) throws(FieldFault) -> BookUpdate.Kind {
    let word = try type.word("type")
    switch word {
    case "snapshot": return .snapshot
    case "delta": return .delta
    default: throw FieldFault(field: "type", reason: "'\(word.text)' is neither snapshot nor delta")
    }
  }

  private func book(
    _ kind: BookUpdate.Kind, _ scanner: inout ByteScanner, _ time: Timestamp
  ) throws(FieldFault) -> BookUpdate {
    var symbol, number: ByteScanner?
    var bids, asks: [LevelChange]?
    var members = try scanner.object()
    while let key = try members.next(in: &scanner) {
      switch key {
      case "s": symbol = try scanner.deferred()
      case "u": number = try scanner.deferred()
      case "b": bids = try scanner.levelPairs("data.b")
      case "a": asks = try scanner.levelPairs("data.a")
      default: try scanner.skip()
      }
    }
    var update = BookUpdate(kind, of: try symbol.market("data.s"), at: time)
    update.numbers.last = try number.whole("data.u")
    update.bids = try bids.required("data.b")
    update.asks = try asks.required("data.a")
    return update
  }

  /// The symbol behind the last point of a topic.
  private func market(ofTopic topic: JSONWord) throws(FieldFault) -> MarketName {
    let symbol = topic.text.split(separator: ".", omittingEmptySubsequences: false).last ?? ""
    return try MarketName(String(symbol), field: "topic")
  }
}

/// A record of the channels beside the books; version 5 has short names, version 2 long ones.
private struct BybitRecord {
  var symbol, time, price, size, side: ByteScanner?
  var bid, bidSize, ask, askSize: ByteScanner?
  var mark, index, openInterest, funding: ByteScanner?

  init(_ scanner: inout ByteScanner) throws(FieldFault) {
    var members = try scanner.object()
    while let key = try members.next(in: &scanner) {
      switch key {
      case "s", "symbol": symbol = try scanner.deferred()
      case "T", "trade_time_ms": time = try scanner.deferred()
      case "p", "price": price = try scanner.deferred()
      case "v", "size": size = try scanner.deferred()
      case "S", "side": side = try scanner.deferred()
      case "bid1Price": bid = try scanner.deferred()
      case "bid1Size": bidSize = try scanner.deferred()
      case "ask1Price": ask = try scanner.deferred()
      case "ask1Size": askSize = try scanner.deferred()
      case "markPrice": mark = try scanner.deferred()
      case "indexPrice": index = try scanner.deferred()
      case "openInterest": openInterest = try scanner.deferred()
      case "fundingRate": funding = try scanner.deferred()
      default: try scanner.skip()
      }
    }
  }

  func trade(_ context: LineContext) throws(FieldFault) -> Trade {
    Trade(
      time: try context.time(time.milliseconds("T")), market: try symbol.market("s"), price: try price.price("p"),
      size: try size.size("v"), aggressor: try aggressor(side.word("S"), "S"))
  }

  /// `S` is the side of the position: a long one (`Buy`) is sold.
  func liquidation(_ context: LineContext) throws(FieldFault) -> Liquidation {
    Liquidation(
      time: try context.time(time.milliseconds("T")), market: try symbol.market("s"),
      side: try aggressor(side.word("S"), "S").liquidationSide.opposite, price: try price.price("p"),
      size: try size.size("v"))
  }

  func appendFigures(at time: Timestamp, to messages: inout [VenueMessage]) throws(FieldFault) {
    let market = try symbol.market("symbol")
    let quote = BestQuote(
      time: time, market: market, bid: try quoteLevel(bid, bidSize, "bid1"), ask: try quoteLevel(ask, askSize, "ask1"),
      updateNumber: nil)
    if quote.bid != nil || quote.ask != nil { messages.append(.event(.quote(quote))) }
    try messages.append(.markPrice, mark, "markPrice", of: market, at: time)
    try messages.append(.indexPrice, index, "indexPrice", of: market, at: time)
    try messages.append(.openInterest, openInterest, "openInterest", of: market, at: time)
    try messages.append(.fundingRate, funding, "fundingRate", of: market, at: time)
    if messages.isEmpty { messages.ignore("tickers") }
  }
}

/// The levels of a version 2 book message: a list of rows, or lists of rows to delete, update and insert.
private struct BybitRetiredBook {
  private var bids: [LevelChange] = []
  private var asks: [LevelChange] = []

  init(_ scanner: inout ByteScanner) throws(FieldFault) {
    if scanner.current == Ascii.openBracket {
      try appendRows(&scanner, .either, "data")
      return
    }
    var members = try scanner.object()
    while let key = try members.next(in: &scanner) {
      switch key {
      case "delete": try appendRows(&scanner, .present, "data.delete")
      case "update": try appendRows(&scanner, .present, "data.update")
      case "insert": try appendRows(&scanner, .absent, "data.insert")
      case "order_book": try appendRows(&scanner, .either, "data.order_book")
      default: try scanner.skip()
      }
    }
  }

  func update(_ kind: BookUpdate.Kind, _ market: MarketName, at time: Timestamp) -> BookUpdate {
    var update = BookUpdate(kind, of: market, at: time)
    update.bids = bids
    update.asks = asks
    return update
  }

  /// A row without a size removes its level.
  private mutating func appendRows(
    _ scanner: inout ByteScanner, _ presence: LevelChange.Presence, _ field: String
  ) throws(FieldFault) {
    var list = try scanner.array()
    while try list.next(in: &scanner) {
      var price, size, side: ByteScanner?
      var members = try scanner.object()
      while let key = try members.next(in: &scanner) {
        switch key {
        case "price": price = try scanner.deferred()
        case "size": size = try scanner.deferred()
        case "side": side = try scanner.deferred()
        default: try scanner.skip()
        }
      }
      let change = LevelChange(
        price: try price.price("\(field).price"), size: size == nil ? 0 : try size.size("\(field).size"),
        presence: presence)
      switch try aggressor(side.word("\(field).side"), "\(field).side") {
      case .buy: bids.append(change)
      case .sell: asks.append(change)
      }
    }
  }
}
