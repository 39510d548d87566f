internal import Checkpoints
internal import MarketData
internal import Markets

/// Coinbase Exchange (`snapshot`, `l2update`, `match`, `ticker`) and Coinbase Advanced Trade (`l2_data`,
/// `market_trades`, `ticker`).
///
/// Rule: Exchange's `level2` promises every update and numbers none, so a loss between recorder and venue cannot be
/// seen. Advanced Trade numbers all messages of a connection (`sequence_num`); a missing one ends every book.
/// Sources: Coinbase, "Exchange WebSocket channels" and "Advanced Trade WebSocket channels".
struct CoinbaseDecoder: VenueDecoder, Memoryless {
  let rule = SequenceRule.none

  mutating func decode(
    _ payload: UnsafeRawBufferPointer, _ context: LineContext, into messages: inout [VenueMessage]
  ) throws(FieldFault) {
    var scanner = ByteScanner(payload)
    var record = CoinbaseRecord()
    try record.read(&scanner)
    try scanner.end()
    if record.channel != nil { return try AdvancedTrade(record: record, context: context).append(to: &messages) }
    let name = try record.type.word("type")
    switch name {
    case "snapshot":
      // The snapshot has no time of its own.
      var snapshot = BookUpdate(
        .snapshot, of: try record.product.market("product_id"),
        at: try context.time(record.time == nil ? nil : record.time.instant("time")))
      snapshot.bids = try record.bids.levelPairs("bids")
      snapshot.asks = try record.asks.levelPairs("asks")
      messages.append(.book(snapshot))
    case "l2update": messages.append(.book(try changes(record, context)))
    case "match", "last_match":
      // `side` is the maker's.
      messages.append(
        .event(
          .trade(
            Trade(
              time: try context.time(record.time.instant("time")), market: try record.product.market("product_id"),
              price: try record.price.price("price"), size: try record.size.size("size"),
              aggressor: try aggressor(record.side.word("side"), "side") == .buy ? .sell : .buy))))
    case "ticker": messages.append(.event(.quote(try record.quote(try context.time(record.time.instant("time"))))))
    default: messages.ignore(name.text)
    }
  }

  private func changes(_ record: CoinbaseRecord, _ context: LineContext) throws(FieldFault) -> BookUpdate {
    var update = BookUpdate(
      .delta, of: try record.product.market("product_id"), at: try context.time(record.time.instant("time")))
    var scanner = try record.changes.required("changes")
    var list = try scanner.array()
    while try list.next(in: &scanner) {
      var change = try scanner.array()
      guard try change.next(in: &scanner) else { throw missing("changes.side") }
      let side = try aggressor(scanner.word("changes.side"), "changes.side")
      guard try change.next(in: &scanner) else { throw missing("changes.price") }
      let price = try scanner.number("changes.price")
      guard try change.next(in: &scanner) else { throw missing("changes.size") }
      let level = LevelChange(price: price, size: try scanner.number("changes.size"))
      try scanner.checkLevel(level, "changes")
      while try change.next(in: &scanner) { try scanner.skip() }
      if side == .buy { update.bids.append(level) } else { update.asks.append(level) }
    }
    return update
  }
}

/// The fields of a message, an event or a row; both feeds share the names.
private struct CoinbaseRecord {
  var type, product, time, side, price, size, trades, tickers: ByteScanner?
  var bids, asks, changes, bid, bidSize, ask, askSize: ByteScanner?
  var channel, timestamp, sequence, events, updates: ByteScanner?

  mutating func read(_ scanner: inout ByteScanner) throws(FieldFault) {
    var members = try scanner.object()
    while let key = try members.next(in: &scanner) {
      switch key {
      case "type": type = try scanner.deferred()
      case "product_id": product = try scanner.deferred()
      case "time": time = try scanner.deferred()
      case "side": side = try scanner.deferred()
      case "price", "price_level": price = try scanner.deferred()
      case "size", "new_quantity": size = try scanner.deferred()
      case "bids": bids = try scanner.deferred()
      case "asks": asks = try scanner.deferred()
      case "changes": changes = try scanner.deferred()
      case "best_bid": bid = try scanner.deferred()
      case "best_bid_size", "best_bid_quantity": bidSize = try scanner.deferred()
      case "best_ask": ask = try scanner.deferred()
      case "best_ask_size", "best_ask_quantity": askSize = try scanner.deferred()
      case "channel": channel = try scanner.deferred()
      case "timestamp": timestamp = try scanner.deferred()
      case "sequence_num": sequence = try scanner.deferred()
      case "events": events = try scanner.deferred()
      case "updates": updates = try scanner.deferred()
      case "trades": trades = try scanner.deferred()
      case "tickers": tickers = try scanner.deferred()
      default: try scanner.skip()
      }
    }
  }

  /// Older messages state the prices without sizes, which makes no quote.
  func quote(_ time: Timestamp) throws(FieldFault) -> BestQuote {
    BestQuote(
      time: time, market: try product.market("product_id"), bid: try quoteLevel(bid, bidSize, "best_bid"),
      ask: try quoteLevel(ask, askSize, "best_ask"), updateNumber: nil)
  }
}

/// A message of Advanced Trade.
private struct AdvancedTrade {
  let record: CoinbaseRecord
  let context: LineContext

  func append(to messages: inout [VenueMessage]) throws(FieldFault) {
    let channel = try record.channel.word("channel")
    let time = try context.time(record.timestamp.instant("timestamp"))
    if record.sequence != nil {
      messages.append(.connection(ConnectionNumber(try record.sequence.whole("sequence_num"), tolerance: 0)))
    }
    switch channel {
    case "l2_data", "market_trades", "ticker": break
    default: return messages.ignore(channel.text)
    }
    var scanner = try record.events.required("events")
    var events = try scanner.array()
    while try events.next(in: &scanner) {
      var event = CoinbaseRecord()
      try event.read(&scanner)
      switch channel {
      case "l2_data": messages.append(.book(try book(event, time)))
      case "market_trades": try appendTrades(event, time, to: &messages)
      default: try appendQuotes(event, time, to: &messages)
      }
    }
  }

  private func book(_ event: CoinbaseRecord, _ time: Timestamp) throws(FieldFault) -> BookUpdate {
    let kind = try event.type.word("events.type")
    guard "snapshot" ~= kind || "update" ~= kind else {
      throw FieldFault(field: "events.type", reason: "'\(kind.text)' is neither snapshot nor update")
    }
    var update = BookUpdate(
      "snapshot" ~= kind ? .snapshot : .delta, of: try event.product.market("events.product_id"), at: time)
    var scanner = try event.updates.required("events.updates")
    var list = try scanner.array()
    while try list.next(in: &scanner) {
      var row = CoinbaseRecord()
      try row.read(&scanner)
      let level = LevelChange(
        price: try row.price.price("updates.price_level"), size: try row.size.size("updates.new_quantity"))
      let side = try row.side.word("updates.side")
      switch side {
      case "bid": update.bids.append(level)
      case "offer", "ask": update.asks.append(level)
      default: throw FieldFault(field: "updates.side", reason: "'\(side.text)' is neither bid nor offer")
      }
    }
    return update
  }

  /// The venue's documents disagree on whose side `side` is, so none is passed on.
  private func appendTrades(
    _ event: CoinbaseRecord, _ time: Timestamp, to messages: inout [VenueMessage]
  ) throws(FieldFault) {
    var scanner = try event.trades.required("events.trades")
    var list = try scanner.array()
    while try list.next(in: &scanner) {
      var row = CoinbaseRecord()
      try row.read(&scanner)
      messages.append(
        .event(
          .trade(
            Trade(
              time: time, market: try row.product.market("trades.product_id"),
              price: try row.price.price("trades.price"), size: try row.size.size("trades.size"), aggressor: nil))))
    }
  }

  private func appendQuotes(
    _ event: CoinbaseRecord, _ time: Timestamp, to messages: inout [VenueMessage]
  ) throws(FieldFault) {
    var scanner = try event.tickers.required("events.tickers")
    var list = try scanner.array()
    while try list.next(in: &scanner) {
      var row = CoinbaseRecord()
      try row.read(&scanner)
      messages.append(.event(.quote(try row.quote(time))))
    }
  }
}
