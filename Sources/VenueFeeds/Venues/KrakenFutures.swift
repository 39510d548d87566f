internal import Checkpoints
internal import MarketData
internal import Markets

/// Kraken Futures version 1 feeds: `book_snapshot`, `book`, `trade`, `trade_snapshot`, `ticker`.
///
/// Rule: `seq` of a product's book grows by one from the snapshot's. Sizes of inverse products are contracts of 1 USD.
/// Of funding only `relative_funding_rate` (a fraction of notional per hour) is read. Source: Kraken, "Futures
/// WebSocket: Book".
struct KrakenFuturesDecoder: VenueDecoder, Memoryless {
  let rule = SequenceRule.consecutive

  mutating func decode(
    _ payload: UnsafeRawBufferPointer, _ context: LineContext, into messages: inout [VenueMessage]
  ) throws(FieldFault) {
    var scanner = ByteScanner(payload)
    let record = try KrakenFuturesRecord(&scanner)
    try scanner.end()
    guard record.event == nil else { return messages.ignore(try record.event.text("event")) }
    let feed = try record.feed.word("feed")
    switch feed {
    case "book_snapshot":
      var snapshot = try record.update(.snapshot, context)
      var bids = try record.bids.required("bids")
      snapshot.bids = try bids.levelObjects("bids", price: "price", size: "qty")
      var asks = try record.asks.required("asks")
      snapshot.asks = try asks.levelObjects("asks", price: "price", size: "qty")
      messages.append(.book(snapshot))
    case "book":
      var update = try record.update(.delta, context)
      let level = LevelChange(price: try record.price.price("price"), size: try record.size.size("qty"))
      switch try aggressor(record.side.word("side"), "side") {
      case .buy: update.bids = [level]
      case .sell: update.asks = [level]
      }
      messages.append(.book(update))
    case "trade": try record.appendTrade(context, to: &messages)
    case "ticker": try record.appendFigures(context, to: &messages)
    default: messages.ignore(feed.text)
    }
  }
}

private struct KrakenFuturesRecord {
  var event, feed, product, number, timestamp, time, bids, asks, side, price, size, type: ByteScanner?
  var bid, bidSize, ask, askSize, mark, index, openInterest, funding: ByteScanner?

  init(_ scanner: inout ByteScanner) throws(FieldFault) {
    var members = try scanner.object()
    while let key = try members.next(in: &scanner) {
      switch key {
      case "event": event = try scanner.deferred()
      case "feed": feed = try scanner.deferred()
      case "product_id": product = try scanner.deferred()
      case "seq": number = try scanner.deferred()
      case "timestamp": timestamp = try scanner.deferred()
      case "time": time = try scanner.deferred()
      case "bids": bids = try scanner.deferred()
      case "asks": asks = try scanner.deferred()
      case "side": side = try scanner.deferred()
      case "price": price = try scanner.deferred()
      case "qty": size = try scanner.deferred()
      case "type": type = try scanner.deferred()
      case "bid": bid = try scanner.deferred()
      case "bid_size": bidSize = try scanner.deferred()
      case "ask": ask = try scanner.deferred()
      case "ask_size": askSize = try scanner.deferred()
      case "markPrice": mark = try scanner.deferred()
      case "index": index = try scanner.deferred()
      case "openInterest": openInterest = try scanner.deferred()
      case "relative_funding_rate": funding = try scanner.deferred()
      default: try scanner.skip()
      }
    }
  }

  func update(_ kind: BookUpdate.Kind, _ context: LineContext) throws(FieldFault) -> BookUpdate {
    var update = BookUpdate(
      kind, of: try product.market("product_id"), at: try context.time(timestamp.milliseconds("timestamp")))
    update.numbers.last = try number.whole("seq")
    return update
  }

  func appendTrade(_ context: LineContext, to messages: inout [VenueMessage]) throws(FieldFault) {
    let trade = Trade(
      time: try context.time(time.milliseconds("time")), market: try product.market("product_id"),
      price: try price.price("price"), size: try size.size("qty"), aggressor: try aggressor(side.word("side"), "side"))
    messages.append(.event(.trade(trade)))
    guard type != nil, "liquidation" ~= (try type.word("type")), let side = trade.aggressor?.liquidationSide else {
      return
    }
    let order = Liquidation(time: trade.time, market: trade.market, side: side, price: trade.price, size: trade.size)
    messages.append(.event(.liquidation(order)))
  }

  func appendFigures(_ context: LineContext, to messages: inout [VenueMessage]) throws(FieldFault) {
    let market = try product.market("product_id")
    let time = try context.time(time.milliseconds("time"))
    let quote = BestQuote(
      time: time, market: market, bid: try quoteLevel(bid, bidSize, "bid"), ask: try quoteLevel(ask, askSize, "ask"),
      updateNumber: nil)
    messages.append(.event(.quote(quote)))
    try messages.append(.markPrice, mark, "markPrice", of: market, at: time)
    try messages.append(.indexPrice, index, "index", of: market, at: time)
    try messages.append(.openInterest, openInterest, "openInterest", of: market, at: time)
    try messages.append(.fundingRate, funding, "relative_funding_rate", of: market, at: time)
  }
}
