internal import Checkpoints
internal import MarketData
internal import Markets

/// Binance spot and USD-M futures.
///
/// Streams, raw (`{"e":…}`) or combined (`{"stream":…,"data":{…}}`): `@depth` changes, `@bookTicker`, `@trade` and
/// `@aggTrade`, `@markPrice`, `@forceOrder`; partial books (`@depth20` of spot). REST bodies: depth, open interest.
///
/// Rule: a book starts from a REST snapshot with `lastUpdateId` L. Spot: a change with `u ≤ L` is old, the first used
/// one has `U ≤ L+1 ≤ u`, each next `U` is the last `u` + 1. USD-M: `u < L` is old, the first used one has
/// `U ≤ L ≤ u`, each next `pu` is the last `u`. Changes that come before the snapshot wait for it. Removing a level
/// that is not there is normal. Source: Binance, "How to manage a local order book correctly" (spot and USD-M).
struct BinanceDecoder: VenueDecoder, Memoryless {
  let rule: SequenceRule

  mutating func decode(
    _ payload: UnsafeRawBufferPointer, _ context: LineContext, into messages: inout [VenueMessage]
  ) throws(FieldFault) {
    var scanner = ByteScanner(payload)
    scanner.skipWhitespace()
    if scanner.current == Ascii.openBracket {
      try decodeList(&scanner, context, into: &messages)
    } else {
      try decodeEnvelope(&scanner, context, into: &messages)
    }
    try scanner.end()
  }

  private func decodeEnvelope(
    _ scanner: inout ByteScanner, _ context: LineContext, into messages: inout [VenueMessage]
  ) throws(FieldFault) {
    var record = BinanceRecord()
    var stream: ByteScanner?
    var isCombined = false
    var members = try scanner.object()
    while let key = try members.next(in: &scanner) {
      switch key {
      case "stream": stream = try scanner.deferred()
      case "data":
        isCombined = true
        if scanner.current == Ascii.openBracket {
          try decodeList(&scanner, context, into: &messages)
        } else {
          var data = BinanceRecord()
          var fields = try scanner.object()
          while let key = try fields.next(in: &scanner) { try data.read(key, &scanner) }
          record = data
        }
      default: if isCombined { try scanner.skip() } else { try record.read(key, &scanner) }
      }
    }
    if !messages.isEmpty { return }
    var context = context
    if record.event == nil, stream != nil {
      context.addressedMarket = try symbol(ofStream: try stream.text("stream"))
    }
    try interpret(record, context, into: &messages)
  }

  private func decodeList(
    _ scanner: inout ByteScanner, _ context: LineContext, into messages: inout [VenueMessage]
  ) throws(FieldFault) {
    var list = try scanner.array()
    while try list.next(in: &scanner) {
      var record = BinanceRecord()
      var fields = try scanner.object()
      while let key = try fields.next(in: &scanner) { try record.read(key, &scanner) }
      try interpret(record, context, into: &messages)
    }
    if messages.isEmpty { messages.ignore("empty list") }
  }

  private func interpret(
    _ record: BinanceRecord, _ context: LineContext, into messages: inout [VenueMessage]
  ) throws(FieldFault) {
    guard record.event != nil else { return try interpretUnnamed(record, context, into: &messages) }
    let event = try record.event.word("e")
    switch event {
    case "depthUpdate":
      var update = BookUpdate(
        .delta, of: try record.symbol.market("s"), at: try context.time(record.eventTime.milliseconds("E")))
      update.numbers = SequenceNumbers(
        first: try record.first.whole("U"), last: try record.last.whole("u"),
        previous: rule == .growingLinks ? try record.previous.whole("pu") : nil)
      update.bids = try record.bids.required("b")
      update.asks = try record.asks.required("a")
      messages.append(.book(update))
    case "bookTicker": try messages.append(quote(record, context))
    case "trade", "aggTrade": try appendTrade(record, context, into: &messages)
    case "markPriceUpdate":
      let market = try record.symbol.market("s")
      let time = try context.time(record.eventTime.milliseconds("E"))
      try messages.append(.markPrice, record.price, "p", of: market, at: time)
      try messages.append(.indexPrice, record.index, "i", of: market, at: time)
      try messages.append(.fundingRate, record.rate, "r", of: market, at: time)
    case "forceOrder": try messages.append(liquidation(record, context))
    default: messages.ignore(event.text)
    }
  }

  /// A record without an event's name: a REST body, a partial book, or spot's best quote.
  private func interpretUnnamed(
    _ record: BinanceRecord, _ context: LineContext, into messages: inout [VenueMessage]
  ) throws(FieldFault) {
    if record.snapshotNumber != nil {
      var snapshot = BookUpdate(
        .snapshot, of: try context.unnamedMarket(),
        at: try context.time(record.eventTime == nil ? nil : record.eventTime.milliseconds("E")))
      snapshot.numbers.last = try record.snapshotNumber.whole("lastUpdateId")
      snapshot.bids = try record.bids.required("bids")
      snapshot.asks = try record.asks.required("asks")
      messages.append(.book(snapshot))
    } else if record.bidSize != nil {
      try messages.append(quote(record, context))
    } else if record.openInterest != nil {
      try messages.append(
        .openInterest, record.openInterest, "openInterest", of: try record.fullSymbol.market("symbol"),
        at: try context.time(record.fullTime.milliseconds("time")))
    } else {
      messages.ignore("answer")
    }
  }

  private func quote(_ record: BinanceRecord, _ context: LineContext) throws(FieldFault) -> VenueMessage {
    let bid = BookLevel(price: try record.bid.number("b"), size: try record.bidSize.size("B"))
    let ask = BookLevel(price: try record.ask.number("a"), size: try record.askSize.size("A"))
    return .event(
      .quote(
        BestQuote(
          time: try context.time(record.eventTime == nil ? nil : record.eventTime.milliseconds("E")),
          market: try record.symbol.market("s"), bid: bid.size > 0 ? bid : nil, ask: ask.size > 0 ? ask : nil,
          updateNumber: try record.last.whole("u"))))
  }

  private func appendTrade(
    _ record: BinanceRecord, _ context: LineContext, into messages: inout [VenueMessage]
  ) throws(FieldFault) {
    // USD-M prints settlements of the insurance fund among the trades; only `MARKET` is one.
    if record.kind != nil, case let kind = try record.kind.word("X"), !("MARKET" ~= kind) {
      return messages.ignore("trade \(kind.text)")
    }
    messages.append(
      .event(
        .trade(
          Trade(
            time: try context.time(record.eventTime.milliseconds("E")), market: try record.symbol.market("s"),
            price: try record.price.price("p"), size: try record.size.size("q"),
            aggressor: try record.makerBought.flag("m") ? .sell : .buy))))
  }

  private func liquidation(_ record: BinanceRecord, _ context: LineContext) throws(FieldFault) -> VenueMessage {
    var order = BinanceRecord()
    var scanner = try record.order.required("o")
    var fields = try scanner.object()
    while let key = try fields.next(in: &scanner) { try order.read(key, &scanner) }
    return .event(
      .liquidation(
        Liquidation(
          time: try context.time(record.eventTime.milliseconds("E")), market: try order.symbol.market("s"),
          side: try aggressor(order.side.word("S"), "S").liquidationSide,
          price: try order.averagePrice.price("ap"), size: try order.filled.size("z"))))
  }

  /// `btcusdt@depth20@100ms` is a stream of BTCUSDT.
  private func symbol(ofStream name: String) throws(FieldFault) -> MarketName? {
    let symbol = name.prefix { $0 != "@" }
    return symbol.isEmpty ? nil : try MarketName(symbol.uppercased(), field: "stream")
  }
}

/// The fields of one record, each as it stands until its meaning is known; books are read at once.
private struct BinanceRecord {
  var event, eventTime, symbol, first, last, previous: ByteScanner?
  var bid, bidSize, ask, askSize: ByteScanner?
  var price, size, makerBought, kind, index, rate: ByteScanner?
  var order, side, averagePrice, filled: ByteScanner?
  var snapshotNumber, openInterest, fullSymbol, fullTime: ByteScanner?
  var bids, asks: [LevelChange]?

  @inline(__always)
  mutating func read(_ key: JSONWord, _ scanner: inout ByteScanner) throws(FieldFault) {
    switch key {
    case "b":
      if scanner.current == Ascii.openBracket {
        bids = try scanner.levelPairs("b")
      } else {
        bid = try scanner.deferred()
      }
    case "a":
      if scanner.current == Ascii.openBracket {
        asks = try scanner.levelPairs("a")
      } else {
        ask = try scanner.deferred()
      }
    case "e": event = try scanner.deferred()
    case "E": eventTime = try scanner.deferred()
    case "s": symbol = try scanner.deferred()
    case "U": first = try scanner.deferred()
    case "u": last = try scanner.deferred()
    case "pu": previous = try scanner.deferred()
    case "B": bidSize = try scanner.deferred()
    case "A": askSize = try scanner.deferred()
    case "p": price = try scanner.deferred()
    case "q": size = try scanner.deferred()
    case "m": makerBought = try scanner.deferred()
    default: try readRare(key, &scanner)
    }
  }

  private mutating func readRare(_ key: JSONWord, _ scanner: inout ByteScanner) throws(FieldFault) {
    switch key {
    case "bids": bids = try scanner.levelPairs("bids")
    case "asks": asks = try scanner.levelPairs("asks")
    case "X": kind = try scanner.deferred()
    case "i": index = try scanner.deferred()
    case "r": rate = try scanner.deferred()
    case "o": order = try scanner.deferred()
    case "S": side = try scanner.deferred()
    case "ap": averagePrice = try scanner.deferred()
    case "z": filled = try scanner.deferred()
    case "lastUpdateId": snapshotNumber = try scanner.deferred()
    case "openInterest": openInterest = try scanner.deferred()
    case "symbol": fullSymbol = try scanner.deferred()
    case "time": fullTime = try scanner.deferred()
    default: try scanner.skip()
    }
  }
}
