import Foundation
import Markets
import VenueFeeds

/// Books rebuilt the slow way: a dictionary a side, general JSON, no sequence rule but Binance's start.
struct SlowBooks {
  struct Sides: Equatable {
    var bids: [Double: Double] = [:]
    var asks: [Double: Double] = [:]

    /// The same levels as a book shows them.
    func book(levels: Int) throws -> OrderBook {
      func sorted(_ side: [Double: Double], _ inOrder: (Double, Double) -> Bool) -> [BookLevel] {
        side.keys.sorted(by: inOrder).prefix(levels).map { BookLevel(price: $0, size: side[$0] ?? 0) }
      }
      return try OrderBook(bids: sorted(bids, >), asks: sorted(asks, <))
    }

    mutating func set(_ isBid: Bool, _ price: Double, _ size: Double) {
      if isBid { bids[price] = size == 0 ? nil : size } else { asks[price] = size == 0 ? nil : size }
    }
  }

  typealias Object = [String: Any]

  let venue: Venue
  private(set) var sides: [String: Sides] = [:]
  private var started: [String: Int64] = [:]
  private var waiting: [String: [Object]] = [:]
  private var prices: [String: Double] = [:]
  private var offsets: [String: Int64] = [:]

  init(_ venue: Venue) {
    self.venue = venue
  }

  /// Takes in a line; the market whose book it may have changed.
  mutating func read(_ line: String) throws -> String? {
    if line.contains(" <- ") || line.contains(" <-> ") { return nil }
    guard let start = line.firstIndex(where: { $0 == "{" || $0 == "[" }) else { return nil }
    let value = try JSONSerialization.jsonObject(with: Data(line[start...].utf8))
    guard let message = value as? Object else { return nil }
    switch venue {
    case .binanceSpot, .binanceFutures: return binance(message, line)
    case .bybit: return bybit(message)
    case .okx: return okx(message)
    case .coinbase: return coinbase(message)
    case .krakenFutures: return krakenFutures(message)
    case .deribit: return deribit(message)
    case .dydx: return dydx(message)
    case .hyperliquid: return hyperliquid(message)
    case .bitmex: return bitmex(message)
    case .kraken, .tardisIncremental, .lobster: return nil
    }
  }

  private func number(_ value: Any?) -> Double {
    if let text = value as? String { return Double(text) ?? .nan }
    return (value as? NSNumber)?.doubleValue ?? .nan
  }

  private func integer(_ value: Any?) -> Int64 {
    if let text = value as? String { return Int64(text) ?? -1 }
    return (value as? NSNumber)?.int64Value ?? -1
  }

  private mutating func set(_ market: String, isBid: Bool, price: Double, size: Double) {
    sides[market, default: Sides()].set(isBid, price, size)
  }

  private mutating func set(_ market: String, _ rows: Any?, isBid: Bool) {
    for case let row as [Any] in rows as? [Any] ?? [] {
      set(market, isBid: isBid, price: number(row[0]), size: number(row[1]))
    }
  }

  private mutating func replace(_ market: String, bids: Any?, asks: Any?) -> String {
    sides[market] = Sides()
    set(market, bids, isBid: true)
    set(market, asks, isBid: false)
    return market
  }

  private mutating func binance(_ message: Object, _ line: String) -> String? {
    if message["lastUpdateId"] != nil {
      let query = line.firstRange(of: "symbol=").map { line[$0.upperBound...].prefix { $0 != "&" } }
      let market = query.map(String.init) ?? waiting.keys.first ?? ""
      _ = replace(market, bids: message["bids"], asks: message["asks"])
      started[market] = integer(message["lastUpdateId"])
      for delta in waiting[market] ?? [] { apply(delta, market) }
      waiting[market] = []
      return market
    }
    guard let data = message["data"] as? Object, data["e"] as? String == "depthUpdate",
      let market = data["s"] as? String
    else { return nil }
    if started[market] == nil {
      waiting[market, default: []].append(data)
      return nil
    }
    apply(data, market)
    return market
  }

  private mutating func apply(_ delta: Object, _ market: String) {
    if integer(delta["u"]) <= started[market] ?? 0 { return }
    set(market, delta["b"], isBid: true)
    set(market, delta["a"], isBid: false)
  }

  private mutating func bybit(_ message: Object) -> String? {
    guard let topic = message["topic"] as? String, topic.lowercased().hasPrefix("orderbook") else { return nil }
    let market = String(topic.split(separator: ".").last ?? "")
    if message["type"] as? String == "snapshot" { sides[market] = Sides() }
    if topic.hasPrefix("orderbook."), let data = message["data"] as? Object {
      set(market, data["b"], isBid: true)
      set(market, data["a"], isBid: false)
      return market
    }
    var rows = message["data"] as? [Object] ?? []
    if let groups = message["data"] as? Object {
      rows = ["delete", "update", "insert", "order_book"].flatMap { groups[$0] as? [Object] ?? [] }
    }
    for row in rows {
      let size = row["size"] == nil ? 0 : number(row["size"])
      set(market, isBid: row["side"] as? String == "Buy", price: number(row["price"]), size: size)
    }
    return market
  }

  private mutating func okx(_ message: Object) -> String? {
    guard let argument = message["arg"] as? Object, argument["channel"] as? String == "books",
      let market = argument["instId"] as? String, let data = (message["data"] as? [Object])?.first
    else { return nil }
    if message["action"] as? String == "snapshot" { sides[market] = Sides() }
    set(market, data["bids"], isBid: true)
    set(market, data["asks"], isBid: false)
    return market
  }

  private mutating func coinbase(_ message: Object) -> String? {
    guard let market = message["product_id"] as? String else { return nil }
    if message["type"] as? String == "snapshot" {
      return replace(market, bids: message["bids"], asks: message["asks"])
    }
    guard let changes = message["changes"] as? [[String]] else { return nil }
    for change in changes {
      set(market, isBid: change[0] == "buy", price: number(change[1]), size: number(change[2]))
    }
    return market
  }

  private mutating func krakenFutures(_ message: Object) -> String? {
    guard let market = message["product_id"] as? String else { return nil }
    switch message["feed"] as? String {
    case "book_snapshot":
      sides[market] = Sides()
      for (field, isBid) in [("bids", true), ("asks", false)] {
        for row in message[field] as? [Object] ?? [] {
          set(market, isBid: isBid, price: number(row["price"]), size: number(row["qty"]))
        }
      }
    case "book":
      set(
        market, isBid: message["side"] as? String == "buy", price: number(message["price"]),
        size: number(message["qty"]))
    default: return nil
    }
    return market
  }

  private mutating func deribit(_ message: Object) -> String? {
    if let body = message["result"] as? Object, let market = body["instrument_name"] as? String {
      return replace(market, bids: body["bids"], asks: body["asks"])
    }
    guard let parameters = message["params"] as? Object, let data = parameters["data"] as? Object,
      (parameters["channel"] as? String)?.hasPrefix("book.") == true, let market = data["instrument_name"] as? String
    else { return nil }
    if data["type"] as? String == "snapshot" { sides[market] = Sides() }
    for (field, isBid) in [("bids", true), ("asks", false)] {
      for case let row as [Any] in data[field] as? [Any] ?? [] {
        let size = row[0] as? String == "delete" ? 0 : number(row[2])
        set(market, isBid: isBid, price: number(row[1]), size: size)
      }
    }
    return market
  }

  private mutating func dydx(_ message: Object) -> String? {
    guard message["channel"] as? String == "v3_orderbook", let market = message["id"] as? String,
      let contents = message["contents"] as? Object
    else { return nil }
    if message["type"] as? String == "subscribed" { sides[market] = Sides() }
    for (field, isBid) in [("bids", true), ("asks", false)] {
      for row in contents[field] as? [Any] ?? [] {
        let pair = row as? [Any]
        let level = row as? Object
        let price = number(pair?[0] ?? level?["price"])
        let offset = integer(level?["offset"] ?? contents["offset"])
        let key = "\(market) \(field) \(price)"
        if let latest = offsets[key], offset <= latest { continue }
        offsets[key] = offset
        set(market, isBid: isBid, price: price, size: number(pair?[1] ?? level?["size"]))
      }
    }
    return market
  }

  private mutating func hyperliquid(_ message: Object) -> String? {
    let body = message["channel"] as? String == "l2Book" ? message["data"] as? Object : message
    guard let body, let market = body["coin"] as? String, let levels = body["levels"] as? [[Object]] else { return nil }
    sides[market] = Sides()
    for (index, isBid) in [(0, true), (1, false)] {
      for row in levels[index] { set(market, isBid: isBid, price: number(row["px"]), size: number(row["sz"])) }
    }
    return market
  }

  private mutating func bitmex(_ message: Object) -> String? {
    guard message["table"] as? String == "orderBookL2", let rows = message["data"] as? [Object],
      let market = rows.first?["symbol"] as? String
    else { return nil }
    let action = message["action"] as? String
    if action == "partial" { sides[market] = Sides() }
    for row in rows {
      let key = "\(market) \(integer(row["id"]))"
      if row["price"] != nil { prices[key] = number(row["price"]) }
      let size = action == "delete" ? 0 : number(row["size"])
      set(market, isBid: row["side"] as? String == "Buy", price: prices[key] ?? .nan, size: size)
    }
    return market
  }
}
