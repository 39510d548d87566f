internal import MarketData
internal import Markets

/// The arrays of Kraken's WebSocket version 1.
extension KrakenDecoder {
  /// `[id, content, (content,) channel, pair]`.
  func decodeArray(
    _ scanner: inout ByteScanner, _ context: LineContext, into messages: inout [VenueMessage]
  ) throws(FieldFault) {
    var elements: [ByteScanner] = []
    var list = try scanner.array()
    while try list.next(in: &scanner) { elements.append(try scanner.deferred()) }
    guard elements.count >= 4 else { throw FieldFault(field: "record", reason: "has fewer than four elements") }
    let market = try Optional(elements[elements.count - 1]).market("pair")
    let channel = try Optional(elements[elements.count - 2]).word("channel")
    let contents = elements[1..<(elements.count - 2)]
    if channel.hasPrefix("book-") {
      messages.append(.book(try book(contents, of: market, channel: channel, context)))
    } else if "trade" ~= channel {
      for content in contents { try appendTrades(content, of: market, context, to: &messages) }
    } else if "spread" ~= channel {
      for content in contents { try appendSpread(content, of: market, context, to: &messages) }
    } else {
      messages.ignore(channel.text)
    }
  }

  private func book(
    _ contents: ArraySlice<ByteScanner>, of market: MarketName, channel: JSONWord, _ context: LineContext
  ) throws(FieldFault) -> BookUpdate {
    var bids, asks: [LevelChange]?
    var stated: UInt32?
    var kind = BookUpdate.Kind.delta
    for var content in contents {
      var members = try content.object()
      while let key = try members.next(in: &content) {
        switch key {
        case "as", "bs": kind = .snapshot
        default: break
        }
        switch key {
        case "as", "a": asks = try content.levelPairs("a", keeping: .text)
        case "bs", "b": bids = try content.levelPairs("b", keeping: .text)
        case "c": stated = try checksum(try content.deferred(), "c")
        default: try content.skip()
        }
      }
    }
    // Each level has a time of its own; the message has none.
    var update = BookUpdate(kind, of: market, at: try context.time(nil))
    update.bids = bids ?? []
    update.asks = asks ?? []
    update.checksum = stated
    update.depth = Int(channel.text.dropFirst("book-".count)).map { max(1, $0) }
    return update
  }

  /// `[[price, volume, time, side, type, misc], …]`.
  private func appendTrades(
    _ content: ByteScanner, of market: MarketName, _ context: LineContext, to messages: inout [VenueMessage]
  ) throws(FieldFault) {
    var scanner = content
    var list = try scanner.array()
    while try list.next(in: &scanner) {
      let fields = try fields(&scanner, atLeast: 4, "trade")
      messages.append(
        .event(
          .trade(
            Trade(
              time: try context.time(epochTime(fields[2])), market: market,
              price: try Optional(fields[0]).price("price"), size: try Optional(fields[1]).size("volume"),
              aggressor: try aggressor(Optional(fields[3]).word("side"), "side")))))
    }
  }

  /// `[bid, ask, time, bidVolume, askVolume]`.
  private func appendSpread(
    _ content: ByteScanner, of market: MarketName, _ context: LineContext, to messages: inout [VenueMessage]
  ) throws(FieldFault) {
    var scanner = content
    let fields = try fields(&scanner, atLeast: 5, "spread")
    messages.append(
      .event(
        .quote(
          BestQuote(
            time: try context.time(epochTime(fields[2])), market: market,
            bid: try quoteLevel(fields[0], fields[3], "bid"), ask: try quoteLevel(fields[1], fields[4], "ask"),
            updateNumber: nil))))
  }

  private func fields(
    _ scanner: inout ByteScanner, atLeast count: Int, _ name: String
  ) throws(FieldFault) -> [ByteScanner] {
    var fields: [ByteScanner] = []
    var list = try scanner.array()
    while try list.next(in: &scanner) { fields.append(try scanner.deferred()) }
    if fields.count >= count { return fields }
    throw FieldFault(field: name, reason: "has fewer than \(count) elements")
  }

  private func epochTime(_ field: ByteScanner) throws(FieldFault) -> Timestamp {
    var scanner = field
    _ = scanner.take(Ascii.quote)
    guard let time = scanner.epochSeconds() else {
      throw FieldFault(
        field: "time", reason: "'\(scanner.excerpt(from: field.position))' is not seconds since the epoch")
    }
    return time
  }
}
