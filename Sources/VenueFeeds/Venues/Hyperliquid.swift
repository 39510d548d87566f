internal import Checkpoints
internal import MarketData
internal import Markets

/// Hyperliquid: `l2Book`, `bbo`, `trades`, `activeAssetCtx`; the body of an `l2Book` request.
///
/// Rule: every `l2Book` message is the whole visible book, so nothing can be lost. Source: Hyperliquid, "Websocket
/// subscriptions".
struct HyperliquidDecoder: VenueDecoder, Memoryless {
  let rule = SequenceRule.none

  mutating func decode(
    _ payload: UnsafeRawBufferPointer, _ context: LineContext, into messages: inout [VenueMessage]
  ) throws(FieldFault) {
    var scanner = ByteScanner(payload)
    var channel, data: ByteScanner?
    var isBody = false
    var members = try scanner.object()
    while let key = try members.next(in: &scanner) {
      switch key {
      case "channel": channel = try scanner.deferred()
      case "data": data = try scanner.deferred()
      case "levels":
        isBody = true
        try scanner.skip()
      default: try scanner.skip()
      }
    }
    try scanner.end()
    if isBody {
      var body = ByteScanner(payload)
      return messages.append(.book(try book(&body, context)))
    }
    let name = try channel.word("channel")
    switch name {
    case "l2Book":
      var data = try data.required("data")
      messages.append(.book(try book(&data, context)))
    case "trades":
      var data = try data.required("data")
      var list = try data.array()
      while try list.next(in: &data) { messages.append(.event(.trade(try trade(&data, context)))) }
    case "bbo":
      var data = try data.required("data")
      messages.append(.event(.quote(try quote(&data, context))))
    case "activeAssetCtx":
      var data = try data.required("data")
      try appendFigures(&data, context, to: &messages)
    default: messages.ignore(name.text)
    }
  }

  private func book(_ scanner: inout ByteScanner, _ context: LineContext) throws(FieldFault) -> BookUpdate {
    var coin, time, levels: ByteScanner?
    var members = try scanner.object()
    while let key = try members.next(in: &scanner) {
      switch key {
      case "coin": coin = try scanner.deferred()
      case "time": time = try scanner.deferred()
      case "levels": levels = try scanner.deferred()
      default: try scanner.skip()
      }
    }
    var snapshot = BookUpdate(
      .snapshot, of: try coin.market("coin"), at: try context.time(time.milliseconds("time")))
    var sides = try levels.required("levels")
    var list = try sides.array()
    guard try list.next(in: &sides) else { throw missing("levels[0]") }
    snapshot.bids = try sides.levelObjects("levels[0]", price: "px", size: "sz")
    guard try list.next(in: &sides) else { throw missing("levels[1]") }
    snapshot.asks = try sides.levelObjects("levels[1]", price: "px", size: "sz")
    return snapshot
  }

  private func trade(_ scanner: inout ByteScanner, _ context: LineContext) throws(FieldFault) -> Trade {
    var coin, side, price, size, time: ByteScanner?
    var members = try scanner.object()
    while let key = try members.next(in: &scanner) {
      switch key {
      case "coin": coin = try scanner.deferred()
      case "side": side = try scanner.deferred()
      case "px": price = try scanner.deferred()
      case "sz": size = try scanner.deferred()
      case "time": time = try scanner.deferred()
      default: try scanner.skip()
      }
    }
    return Trade(
      time: try context.time(time.milliseconds("time")), market: try coin.market("coin"), price: try price.price("px"),
      size: try size.size("sz"), aggressor: try aggressor(side.word("side"), "side"))
  }

  private func quote(_ scanner: inout ByteScanner, _ context: LineContext) throws(FieldFault) -> BestQuote {
    var coin, time: ByteScanner?
    var levels: [BookLevel?] = []
    var members = try scanner.object()
    while let key = try members.next(in: &scanner) {
      switch key {
      case "coin": coin = try scanner.deferred()
      case "time": time = try scanner.deferred()
      case "bbo":
        var list = try scanner.array()
        while try list.next(in: &scanner) {
          if scanner.takeNull() {
            levels.append(nil)
          } else {
            let level = try scanner.levelObject("bbo[\(levels.count)]", price: "px", size: "sz")
            levels.append(BookLevel(price: level.price, size: level.size))
          }
        }
      default: try scanner.skip()
      }
    }
    guard levels.count == 2 else { throw FieldFault(field: "bbo", reason: "is not a bid and an ask") }
    return BestQuote(
      time: try context.time(time.milliseconds("time")), market: try coin.market("coin"), bid: levels[0],
      ask: levels[1], updateNumber: nil)
  }

  private func appendFigures(
    _ scanner: inout ByteScanner, _ context: LineContext, to messages: inout [VenueMessage]
  ) throws(FieldFault) {
    var coin, funding, interest, oracle, mark: ByteScanner?
    var members = try scanner.object()
    while let key = try members.next(in: &scanner) {
      switch key {
      case "coin": coin = try scanner.deferred()
      case "ctx":
        var figures = try scanner.object()
        while let key = try figures.next(in: &scanner) {
          switch key {
          case "funding": funding = try scanner.deferred()
          case "openInterest": interest = try scanner.deferred()
          case "oraclePx": oracle = try scanner.deferred()
          case "markPx": mark = try scanner.deferred()
          default: try scanner.skip()
          }
        }
      default: try scanner.skip()
      }
    }
    let market = try coin.market("coin")
    let time = try context.time(nil)
    try messages.append(.markPrice, mark, "markPx", of: market, at: time)
    try messages.append(.indexPrice, oracle, "oraclePx", of: market, at: time)
    try messages.append(.openInterest, interest, "openInterest", of: market, at: time)
    try messages.append(.fundingRate, funding, "funding", of: market, at: time)
  }
}
