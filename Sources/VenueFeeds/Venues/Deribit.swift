internal import Checkpoints
internal import MarketData
internal import Markets

/// Deribit version 2: `book.{instrument}.{interval}`, `trades`, `ticker`, `quote`; the body of
/// `public/get_order_book`.
///
/// Rule: the first notification is the whole book; each next one's `prev_change_id` is the `change_id` before it, and
/// its changes say whether a level is new, changed or gone. A REST book carries its `change_id` too. Amounts of
/// perpetuals and futures are USD, of options base units. Source: Deribit, "book.{instrument_name}.{interval}".
struct DeribitDecoder: VenueDecoder, Memoryless {
  let rule = SequenceRule.growingLinks

  mutating func decode(
    _ payload: UnsafeRawBufferPointer, _ context: LineContext, into messages: inout [VenueMessage]
  ) throws(FieldFault) {
    var scanner = ByteScanner(payload)
    var channel, data, result: ByteScanner?
    var members = try scanner.object()
    while let key = try members.next(in: &scanner) {
      switch key {
      case "params":
        guard scanner.current == Ascii.openBrace else {
          try scanner.skip()
          continue
        }
        var parameters = try scanner.object()
        while let key = try parameters.next(in: &scanner) {
          switch key {
          case "channel": channel = try scanner.deferred()
          case "data": data = try scanner.deferred()
          default: try scanner.skip()
          }
        }
      case "result": result = try scanner.deferred()
      default: try scanner.skip()
      }
    }
    try scanner.end()
    if var body = result, body.current == Ascii.openBrace { return try appendBody(&body, context, to: &messages) }
    guard var data else { return messages.ignore("answer") }
    let name = try channel.word("params.channel")
    if name.hasPrefix("book.") {
      messages.append(.book(try DeribitRecord(&data).book(context)))
    } else if name.hasPrefix("trades.") {
      var list = try data.array()
      while try list.next(in: &data) { try DeribitRecord(&data).appendTrade(context, to: &messages) }
    } else if name.hasPrefix("ticker.") || name.hasPrefix("quote.") {
      try DeribitRecord(&data).appendFigures(context, to: &messages)
    } else {
      messages.ignore(name.text)
    }
  }

  private func appendBody(
    _ scanner: inout ByteScanner, _ context: LineContext, to messages: inout [VenueMessage]
  ) throws(FieldFault) {
    let record = try DeribitRecord(&scanner)
    guard record.number != nil else { return messages.ignore("answer") }
    messages.append(.book(try record.book(context)))
    try record.appendFigures(context, to: &messages)
  }
}

/// The data of one notification or body.
private struct DeribitRecord {
  var instrument, time, type, bids, asks, number, previous: ByteScanner?
  var price, amount, direction, liquidation: ByteScanner?
  var mark, index, openInterest, funding, bid, bidSize, ask, askSize: ByteScanner?

  init(_ scanner: inout ByteScanner) throws(FieldFault) {
    var members = try scanner.object()
    while let key = try members.next(in: &scanner) {
      switch key {
      case "instrument_name": instrument = try scanner.deferred()
      case "timestamp": time = try scanner.deferred()
      case "type": type = try scanner.deferred()
      case "bids": bids = try scanner.deferred()
      case "asks": asks = try scanner.deferred()
      case "change_id": number = try scanner.deferred()
      case "prev_change_id": previous = try scanner.deferred()
      case "price": price = try scanner.deferred()
      case "amount": amount = try scanner.deferred()
      case "direction": direction = try scanner.deferred()
      case "liquidation": liquidation = try scanner.deferred()
      case "mark_price": mark = try scanner.deferred()
      case "index_price": index = try scanner.deferred()
      case "open_interest": openInterest = try scanner.deferred()
      case "current_funding": funding = try scanner.deferred()
      case "best_bid_price": bid = try scanner.deferred()
      case "best_bid_amount": bidSize = try scanner.deferred()
      case "best_ask_price": ask = try scanner.deferred()
      case "best_ask_amount": askSize = try scanner.deferred()
      default: try scanner.skip()
      }
    }
  }

  func book(_ context: LineContext) throws(FieldFault) -> BookUpdate {
    var update = BookUpdate(
      previous == nil ? .snapshot : .delta, of: try instrument.market("instrument_name"),
      at: try context.time(time.milliseconds("timestamp")))
    update.numbers.last = try number.whole("change_id")
    if previous != nil { update.numbers.previous = try previous.whole("prev_change_id") }
    update.bids = try levels(bids, "bids")
    update.asks = try levels(asks, "asks")
    return update
  }

  /// `[[action, price, amount], …]`, or `[[price, amount], …]` in a body.
  private func levels(_ side: ByteScanner?, _ field: String) throws(FieldFault) -> [LevelChange] {
    var levels: [LevelChange] = []
    var scanner = try side.required(field)
    var list = try scanner.array()
    while try list.next(in: &scanner) {
      var tuple = try scanner.array()
      guard try tuple.next(in: &scanner) else { throw missing("\(field).price") }
      var presence = LevelChange.Presence.either
      var isGone = false
      if scanner.current == Ascii.quote {
        let action = try scanner.word("\(field).action")
        switch action {
        case "new": presence = .absent
        case "change": presence = .present
        case "delete": (presence, isGone) = (.present, true)
        default: throw FieldFault(field: "\(field).action", reason: "'\(action.text)' is not new, change or delete")
        }
        guard try tuple.next(in: &scanner) else { throw missing("\(field).price") }
      }
      let price = try scanner.number("\(field).price")
      guard try tuple.next(in: &scanner) else { throw missing("\(field).amount") }
      let amount = try scanner.number("\(field).amount")
      while try tuple.next(in: &scanner) { try scanner.skip() }
      let level = LevelChange(price: price, size: isGone ? 0 : amount, presence: presence)
      try scanner.checkLevel(level, field)
      levels.append(level)
    }
    return levels
  }

  /// A trade, and a liquidation where one side was forced: the taker's (`T`), the maker's (`M`) or both.
  func appendTrade(_ context: LineContext, to messages: inout [VenueMessage]) throws(FieldFault) {
    let trade = Trade(
      time: try context.time(time.milliseconds("timestamp")), market: try instrument.market("instrument_name"),
      price: try price.price("price"), size: try amount.size("amount"),
      aggressor: try aggressor(direction.word("direction"), "direction"))
    messages.append(.event(.trade(trade)))
    guard liquidation != nil, let takerSide = trade.aggressor?.liquidationSide else { return }
    let forced = try liquidation.text("liquidation")
    for (letter, side) in [("T", takerSide), ("M", takerSide.opposite)] where forced.contains(letter) {
      let order = Liquidation(
        time: trade.time, market: trade.market, side: side, price: trade.price, size: trade.size)
      messages.append(.event(.liquidation(order)))
    }
  }

  func appendFigures(_ context: LineContext, to messages: inout [VenueMessage]) throws(FieldFault) {
    let market = try instrument.market("instrument_name")
    let time = try context.time(time.milliseconds("timestamp"))
    let quote = BestQuote(
      time: time, market: market, bid: try quoteLevel(bid, bidSize, "best_bid"),
      ask: try quoteLevel(ask, askSize, "best_ask"), updateNumber: nil)
    messages.append(.event(.quote(quote)))
    try messages.append(.markPrice, mark, "mark_price", of: market, at: time)
    try messages.append(.indexPrice, index, "index_price", of: market, at: time)
    try messages.append(.openInterest, openInterest, "open_interest", of: market, at: time)
    try messages.append(.fundingRate, funding, "current_funding", of: market, at: time)
  }
}
