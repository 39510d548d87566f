internal import Checkpoints
internal import MarketData
internal import Markets

/// Tardis `incremental_book_L2` CSV.
///
/// Markets are named `exchange:symbol`, times are `local_timestamp`.
///
/// Rule: the rows of one `local_timestamp` and market are one message. A message of snapshot rows after one of change
/// rows replaces the book: the recorder's connection restarted, or a day's file begins. An amount of 0 removes the
/// level. Losses are Tardis's to see. Source: Tardis, "Downloadable CSV files" and "How to reconstruct order books".
struct TardisIncrementalDecoder: VenueDecoder {
  let rule = SequenceRule.none
  private var columns: Columns?
  private var pending: BookUpdate?
  private var marketsInSnapshot: Set<MarketName> = []
  private var isAfterDamage = false

  /// Where the columns stand.
  fileprivate struct Columns {
    let exchange, symbol, received, isSnapshot, side, price, amount: Int

    init?(_ header: CSVRow) {
      let names = (0..<header.count).map { header.text($0) }
      guard let exchange = names.firstIndex(of: "exchange"), let symbol = names.firstIndex(of: "symbol"),
        let received = names.firstIndex(of: "local_timestamp"), let isSnapshot = names.firstIndex(of: "is_snapshot"),
        let side = names.firstIndex(of: "side"), let price = names.firstIndex(of: "price"),
        let amount = names.firstIndex(of: "amount")
      else { return nil }
      (self.exchange, self.symbol, self.received, self.isSnapshot) = (exchange, symbol, received, isSnapshot)
      (self.side, self.price, self.amount) = (side, price, amount)
    }
  }

  private struct Row {
    let market: MarketName
    let time: Timestamp
    let isSnapshot: Bool
    let side: LiquidationSide
    let level: LevelChange
  }

  mutating func decode(
    _ payload: UnsafeRawBufferPointer, _ context: LineContext, into messages: inout [VenueMessage]
  ) throws(FieldFault) {
    let fields = CSVRow(payload)
    if let header = Columns(fields) {
      finish(into: &messages)
      columns = header
      return messages.ignore("header")
    }
    guard let columns else {
      throw FieldFault(field: "record", reason: "the header of an incremental_book_L2 file is missing")
    }
    let row: Row
    do throws(FieldFault) {
      row = try Self.row(fields, columns)
    } catch {
      forgetPart()
      throw error
    }
    append(row, into: &messages)
  }

  mutating func finish(into messages: inout [VenueMessage]) {
    if let update = pending { messages.append(.book(update)) }
    pending = nil
  }

  mutating func forgetPart() {
    pending = nil
    isAfterDamage = true
  }

  private mutating func append(_ row: Row, into messages: inout [VenueMessage]) {
    // What is left of a damaged snapshot is no snapshot.
    if isAfterDamage, row.isSnapshot { marketsInSnapshot.insert(row.market) }
    isAfterDamage = false
    let continues = marketsInSnapshot.contains(row.market) == row.isSnapshot
    if pending?.market != row.market || pending?.time != row.time || !continues { finish(into: &messages) }
    var update = pending ?? BookUpdate(row.isSnapshot && !continues ? .snapshot : .delta, of: row.market, at: row.time)
    if row.isSnapshot { marketsInSnapshot.insert(row.market) } else { marketsInSnapshot.remove(row.market) }
    switch row.side {
    case .sell: update.bids.append(row.level)
    case .buy: update.asks.append(row.level)
    }
    pending = update
  }

  private static func row(_ fields: CSVRow, _ columns: Columns) throws(FieldFault) -> Row {
    guard let exchange = fields.text(columns.exchange), let symbol = fields.text(columns.symbol), !symbol.isEmpty else {
      throw missing("symbol")
    }
    let market = try MarketName("\(exchange):\(symbol)", field: "symbol")
    let (time, overflow) = try fields.integer(columns.received, "local_timestamp").multipliedReportingOverflow(
      by: 1_000)
    if overflow { throw FieldFault(field: "local_timestamp", reason: "is outside the range of times") }
    let level = LevelChange(
      price: try fields.number(columns.price, "price"), size: try fields.number(columns.amount, "amount"))
    if !(level.price > 0) { throw FieldFault(field: "price", reason: "is not above zero") }
    if !(level.size >= 0) { throw FieldFault(field: "amount", reason: "is below zero") }
    return Row(
      market: market, time: Timestamp(nanoseconds: time),
      isSnapshot: try choice(fields, columns.isSnapshot, "is_snapshot", ("true", true), ("false", false)),
      side: try choice(fields, columns.side, "side", ("bid", .sell), ("ask", .buy)), level: level)
  }

  private static func choice<Value>(
    _ fields: CSVRow, _ index: Int, _ name: String, _ first: (String, Value), _ second: (String, Value)
  ) throws(FieldFault) -> Value {
    let text = fields.text(index)
    if text == first.0 { return first.1 }
    if text == second.0 { return second.1 }
    throw FieldFault(field: name, reason: "is neither \(first.0) nor \(second.0)")
  }
}

extension TardisIncrementalDecoder {
  mutating func exchange(with archive: inout StateArchive) throws(StateFault) {
    try archive.exchange(&columns)
    try archive.exchange(&pending)
    var markets = marketsInSnapshot.sorted()
    try archive.exchange(&markets)
    marketsInSnapshot = Set(markets)
    try archive.exchange(&isAfterDamage)
  }
}

extension TardisIncrementalDecoder.Columns: StateValue {
  init(from archive: inout StateArchive) throws(StateFault) {
    exchange = try Int(from: &archive)
    symbol = try Int(from: &archive)
    received = try Int(from: &archive)
    isSnapshot = try Int(from: &archive)
    side = try Int(from: &archive)
    price = try Int(from: &archive)
    amount = try Int(from: &archive)
  }

  func write(to archive: inout StateArchive) {
    for column in [exchange, symbol, received, isSnapshot, side, price, amount] { column.write(to: &archive) }
  }
}
