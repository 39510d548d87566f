internal import Checkpoints
internal import MarketData
internal import Markets

/// Kraken spot, WebSocket version 2 (`book`, `trade`, `ticker`) and version 1 (`book-N`, `trade`, `spread`).
///
/// Rule: no numbers, but a CRC-32 over the 10 best levels of each side, asks first, price and size as sent without
/// point and leading zeros; version 1 sends it with changes only. Levels beyond the subscribed depth are the client's
/// to drop. The depth is the one that the channel's name (version 1) or the subscription's answer (version 2) states,
/// or else the least of 10, 25, 100, 500 and 1,000 that holds the snapshot. Source: Kraken, "Book checksum" (versions
/// 1 and 2).
struct KrakenDecoder: VenueDecoder {
  let rule = SequenceRule.none
  let checksum: BookChecksum? = .kraken
  private var depths: [MarketName: Int] = [:]

  mutating func decode(
    _ payload: UnsafeRawBufferPointer, _ context: LineContext, into messages: inout [VenueMessage]
  ) throws(FieldFault) {
    var scanner = ByteScanner(payload)
    scanner.skipWhitespace()
    if scanner.current == Ascii.openBracket {
      try decodeArray(&scanner, context, into: &messages)
    } else {
      try decodeObject(&scanner, context, into: &messages)
    }
    try scanner.end()
  }

  private mutating func decodeObject(
    _ scanner: inout ByteScanner, _ context: LineContext, into messages: inout [VenueMessage]
  ) throws(FieldFault) {
    var channel, type, data, event, method, result: ByteScanner?
    var members = try scanner.object()
    while let key = try members.next(in: &scanner) {
      switch key {
      case "channel": channel = try scanner.deferred()
      case "type": type = try scanner.deferred()
      case "data": data = try scanner.deferred()
      case "event": event = try scanner.deferred()
      case "method": method = try scanner.deferred()
      case "result": result = try scanner.deferred()
      default: try scanner.skip()
      }
    }
    if event != nil { return messages.ignore(try event.text("event")) }
    if method != nil {
      if var result, result.current == Ascii.openBrace { try noteDepth(&result) }
      return messages.ignore(try method.text("method"))
    }
    let name = try channel.word("channel")
    guard "book" ~= name || "trade" ~= name || "ticker" ~= name else { return messages.ignore(name.text) }
    let isSnapshot = "snapshot" ~= (try type.word("type"))
    var list = try data.required("data")
    var elements = try list.array()
    while try elements.next(in: &list) {
      let record = try KrakenRecord(&list)
      switch name {
      case "book": messages.append(.book(try book(record, isSnapshot ? .snapshot : .delta, context)))
      case "trade": messages.append(.event(.trade(try record.trade(context))))
      default: messages.append(.event(.quote(try record.quote(context))))
      }
    }
  }

  private mutating func noteDepth(_ scanner: inout ByteScanner) throws(FieldFault) {
    var symbol, depth: ByteScanner?
    var members = try scanner.object()
    while let key = try members.next(in: &scanner) {
      switch key {
      case "symbol": symbol = try scanner.deferred()
      case "depth": depth = try scanner.deferred()
      default: try scanner.skip()
      }
    }
    guard symbol != nil, depth != nil else { return }
    depths[try symbol.market("result.symbol")] = Int(clamping: max(1, try depth.whole("result.depth")))
  }

  private func book(
    _ record: KrakenRecord, _ kind: BookUpdate.Kind, _ context: LineContext
  ) throws(FieldFault) -> BookUpdate {
    var update = BookUpdate(
      kind, of: try record.symbol.market("symbol"),
      at: try context.time(record.time == nil ? nil : record.time.instant("timestamp")))
    update.bids = try levels(record.bids, "bids")
    update.asks = try levels(record.asks, "asks")
    update.checksum = try checksum(record.checksum, "checksum")
    update.depth = depths[update.market] ?? (kind == .snapshot ? subscribedDepth(of: update) : nil)
    return update
  }

  private func levels(_ side: ByteScanner?, _ field: String) throws(FieldFault) -> [LevelChange] {
    var scanner = try side.required(field)
    return try scanner.levelObjects(field, price: "price", size: "qty", keeping: .text)
  }

  func checksum(_ value: ByteScanner?, _ field: String) throws(FieldFault) -> UInt32 {
    let number = try value.whole(field)
    guard let checksum = UInt32(exactly: number) else {
      throw FieldFault(field: field, reason: "'\(number)' is not a whole number of 32 bits")
    }
    return checksum
  }

  private func subscribedDepth(of snapshot: BookUpdate) -> Int? {
    let count = max(snapshot.bids.count, snapshot.asks.count)
    return [10, 25, 100, 500, 1_000].first { $0 >= count }
  }
}

/// A record of a version 2 channel.
private struct KrakenRecord {
  var symbol, time, bids, asks, checksum, price, size, side, bid, bidSize, ask, askSize: ByteScanner?

  init(_ scanner: inout ByteScanner) throws(FieldFault) {
    var members = try scanner.object()
    while let key = try members.next(in: &scanner) {
      switch key {
      case "symbol": symbol = try scanner.deferred()
      case "timestamp": time = try scanner.deferred()
      case "bids": bids = try scanner.deferred()
      case "asks": asks = try scanner.deferred()
      case "checksum": checksum = try scanner.deferred()
      case "price": price = try scanner.deferred()
      case "qty": size = try scanner.deferred()
      case "side": side = try scanner.deferred()
      case "bid": bid = try scanner.deferred()
      case "bid_qty": bidSize = try scanner.deferred()
      case "ask": ask = try scanner.deferred()
      case "ask_qty": askSize = try scanner.deferred()
      default: try scanner.skip()
      }
    }
  }

  func trade(_ context: LineContext) throws(FieldFault) -> Trade {
    Trade(
      time: try context.time(time.instant("timestamp")), market: try symbol.market("symbol"),
      price: try price.price("price"), size: try size.size("qty"), aggressor: try aggressor(side.word("side"), "side"))
  }

  func quote(_ context: LineContext) throws(FieldFault) -> BestQuote {
    BestQuote(
      time: try context.time(time == nil ? nil : time.instant("timestamp")), market: try symbol.market("symbol"),
      bid: try quoteLevel(bid, bidSize, "bid"), ask: try quoteLevel(ask, askSize, "ask"), updateNumber: nil)
  }
}

extension KrakenDecoder {
  mutating func exchange(with archive: inout StateArchive) throws(StateFault) {
    let known = depths.sorted { $0.key < $1.key }
    var (markets, levels) = (known.map(\.key), known.map(\.value))
    try archive.exchange(&markets)
    try archive.exchange(&levels)
    depths = Dictionary(zip(markets, levels)) { first, _ in first }
  }
}
