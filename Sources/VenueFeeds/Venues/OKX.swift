internal import Checkpoints
internal import MarketData
internal import Markets

/// OKX version 5 public channels: `books`, `books-l2-tbt`, `books50-l2-tbt`, the snapshots `books5`; `trades`, `tickers`, `mark-price`, `index-tickers`, `open-interest`, `funding-rate`, `liquidation-orders`.
///
/// Rule: a change's `prevSeqId` is the `seqId` before it; a message that changes nothing has both equal, and after
/// maintenance `seqId` may fall. Captures from before these fields have only the checksum: CRC-32 over the 25 best
/// levels as sent, `bid:size:ask:size` level by level. Since June 2026 the venue sends 0 in its place, which is no
/// checksum. A change with neither is refused. Source: OKX, "Order book channel".
struct OKXDecoder: VenueDecoder, Memoryless {
  let rule = SequenceRule.links
  let checksum: BookChecksum? = .okx

  mutating func decode(
    _ payload: UnsafeRawBufferPointer, _ context: LineContext, into messages: inout [VenueMessage]
  ) throws(FieldFault) {
    var scanner = ByteScanner(payload)
    var channel, instrument, action, data, event: ByteScanner?
    var members = try scanner.object()
    while let key = try members.next(in: &scanner) {
      switch key {
      case "arg":
        var argument = try scanner.object()
        while let key = try argument.next(in: &scanner) {
          switch key {
          case "channel": channel = try scanner.deferred()
          case "instId": instrument = try scanner.deferred()
          default: try scanner.skip()
          }
        }
      case "action": action = try scanner.deferred()
      case "data": data = try scanner.deferred()
      case "event": event = try scanner.deferred()
      default: try scanner.skip()
      }
    }
    try scanner.end()
    if event != nil { return messages.ignore(try event.text("event")) }
    guard var data else { return messages.ignore("answer") }
    let name = try channel.word("arg.channel")
    var list = try data.array()
    while try list.next(in: &data) {
      if name.hasPrefix("books") {
        let kind = try kind(action)
        messages.append(.book(try book(kind, instrument.market("arg.instId"), &data, context)))
      } else {
        try OKXRecord(&data).append(name, instrument, context, to: &messages)
      }
    }
  }

  /// Channels that send the whole book each time name no action.
  private func kind(_ action: ByteScanner?) throws(FieldFault) -> BookUpdate.Kind {
    guard action != nil else { return .snapshot }
    let word = try action.word("action")
    switch word {
    case "snapshot": return .snapshot
    case "update": return .delta
    default: throw FieldFault(field: "action", reason: "'\(word.text)' is neither snapshot nor update")
    }
  }

  private func book(
    _ kind: BookUpdate.Kind, _ market: MarketName, _ scanner: inout ByteScanner, _ context: LineContext
  ) throws(FieldFault) -> BookUpdate {
    var bids, asks: [LevelChange]?
    var time, number, previous, checksum: ByteScanner?
    var members = try scanner.object()
    while let key = try members.next(in: &scanner) {
      switch key {
      case "bids": bids = try scanner.levelPairs("bids", keeping: .text)
      case "asks": asks = try scanner.levelPairs("asks", keeping: .text)
      case "ts": time = try scanner.deferred()
      case "seqId": number = try scanner.deferred()
      case "prevSeqId": previous = try scanner.deferred()
      case "checksum": checksum = try scanner.deferred()
      default: try scanner.skip()
      }
    }
    var update = BookUpdate(kind, of: market, at: try context.time(time.milliseconds("ts")))
    update.bids = try bids.required("bids")
    update.asks = try asks.required("asks")
    if checksum != nil, case let value = try checksum.whole("checksum"), value != 0 {
      guard let bits = Int32(exactly: value) else {
        throw FieldFault(field: "checksum", reason: "'\(value)' is not a whole number of 32 bits")
      }
      update.checksum = UInt32(bitPattern: bits)
    }
    if number != nil {
      update.numbers.last = try number.whole("seqId")
      if kind == .delta { update.numbers.previous = try previous.whole("prevSeqId") }
    } else if update.checksum == nil, kind == .delta {
      throw missing("seqId")
    }
    return update
  }
}

/// A record of the channels beside the books.
private struct OKXRecord {
  var instrument, time, price, size, side: ByteScanner?
  var bid, bidSize, ask, askSize: ByteScanner?
  var mark, index, openInterest, funding, details: ByteScanner?

  init(_ scanner: inout ByteScanner) throws(FieldFault) {
    var members = try scanner.object()
    while let key = try members.next(in: &scanner) {
      switch key {
      case "instId": instrument = try scanner.deferred()
      case "ts": time = try scanner.deferred()
      case "px", "bkPx": price = try scanner.deferred()
      case "sz": size = try scanner.deferred()
      case "side": side = try scanner.deferred()
      case "bidPx": bid = try scanner.deferred()
      case "bidSz": bidSize = try scanner.deferred()
      case "askPx": ask = try scanner.deferred()
      case "askSz": askSize = try scanner.deferred()
      case "markPx": mark = try scanner.deferred()
      case "idxPx": index = try scanner.deferred()
      case "oi": openInterest = try scanner.deferred()
      case "fundingRate": funding = try scanner.deferred()
      case "details": details = try scanner.deferred()
      default: try scanner.skip()
      }
    }
  }

  func append(
    _ channel: JSONWord, _ argument: ByteScanner?, _ context: LineContext, to messages: inout [VenueMessage]
  ) throws(FieldFault) {
    let market = try (instrument ?? argument).market("instId")
    switch channel {
    case "trades", "trades-all":
      messages.append(
        .event(
          .trade(
            Trade(
              time: try context.time(time.milliseconds("ts")), market: market, price: try price.price("px"),
              size: try size.size("sz"), aggressor: try aggressor(side.word("side"), "side")))))
    case "tickers":
      messages.append(
        .event(
          .quote(
            BestQuote(
              time: try context.time(time.milliseconds("ts")), market: market,
              bid: try quoteLevel(bid, bidSize, "bid"), ask: try quoteLevel(ask, askSize, "ask"), updateNumber: nil))))
    case "mark-price", "index-tickers", "open-interest", "funding-rate":
      let time = try context.time(time == nil ? nil : time.milliseconds("ts"))
      try messages.append(.markPrice, mark, "markPx", of: market, at: time)
      try messages.append(.indexPrice, index, "idxPx", of: market, at: time)
      try messages.append(.openInterest, openInterest, "oi", of: market, at: time)
      try messages.append(.fundingRate, funding, "fundingRate", of: market, at: time)
    case "liquidation-orders":
      var scanner = try details.required("details")
      var list = try scanner.array()
      while try list.next(in: &scanner) {
        let order = try OKXRecord(&scanner)
        messages.append(
          .event(
            .liquidation(
              Liquidation(
                time: try context.time(order.time.milliseconds("details.ts")), market: market,
                side: try aggressor(order.side.word("details.side"), "details.side").liquidationSide,
                price: try order.price.price("details.bkPx"), size: try order.size.size("details.sz")))))
      }
    default: messages.ignore(channel.text)
    }
  }
}
