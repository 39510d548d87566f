package import Markets

/// Simulated books as the stream of a venue that sends changes.
package enum SimulatedVenueLines {
  /// Lines in Bybit's format behind their receive times, without line ends.
  ///
  /// Every 40th book of a market is a snapshot, the others are the changes from the one before. Every 29th change of a
  /// market is left out, every 50th book is followed by a line that nothing can read, and every 20th by a trade.
  package static func bybit(_ snapshots: some Sequence<BookSnapshot>) -> [[UInt8]] {
    var markets: [MarketName: (count: Int, book: OrderBook?)] = [:]
    var lines: [String] = []
    for (index, snapshot) in snapshots.enumerated() {
      let (count, before) = markets[snapshot.market] ?? (0, nil)
      markets[snapshot.market] = (count + 1, snapshot.book)
      if count % 40 == 0 {
        lines.append(line(snapshot, "snapshot", number: count, since: nil))
      } else if count % 29 != 0 {
        lines.append(line(snapshot, "delta", number: count, since: before))
      }
      if index % 50 == 49 { lines.append("\(snapshot.time.nanoseconds) {\"topic\":\(index)") }
      if index % 20 == 19 { lines.append(trade(snapshot)) }
    }
    return lines.map { Array($0.utf8) }
  }

  private static func line(_ snapshot: BookSnapshot, _ type: String, number: Int, since before: OrderBook?) -> String {
    let bids = changes(snapshot.book.bids, since: before?.bids ?? [])
    let asks = changes(snapshot.book.asks, since: before?.asks ?? [])
    let data = #"{"s":"\#(snapshot.market)","b":[\#(bids)],"a":[\#(asks)],"u":\#(number + 1),"seq":\#(number)}"#
    let topic = "orderbook.200.\(snapshot.market)"
    return #"\#(snapshot.time.nanoseconds) {"topic":"\#(topic)","type":"\#(type)","ts":1,"data":\#(data)}"#
  }

  private static func changes(_ levels: [BookLevel], since before: [BookLevel]) -> String {
    let gone = before.filter { old in !levels.contains { $0.price == old.price } }.map { ($0.price, 0.0) }
    let new = levels.filter { !before.contains($0) }.map { ($0.price, $0.size) }
    return (gone + new).map { #"["\#($0.0)","\#($0.1)"]"# }.joined(separator: ",")
  }

  private static func trade(_ snapshot: BookSnapshot) -> String {
    let data = #"[{"T":1,"s":"\#(snapshot.market)","S":"Buy","v":"0.5","p":"100.5","i":"a","BT":false}]"#
    let topic = "publicTrade.\(snapshot.market)"
    return #"\#(snapshot.time.nanoseconds) {"topic":"\#(topic)","type":"snapshot","ts":1,"data":\#(data)}"#
  }
}
