internal import Markets

/// Decodes the rows of a Tardis book snapshot file; blank lines are passed over.
///
/// `local_timestamp`, the receive time in microseconds, drives. The market is `exchange:symbol`, because the same symbol
/// on two exchanges is two books. A level whose price and amount are both empty is missing; none may follow it.
struct TardisDecoder: RecordDecoder {
  let path: String
  private let columns: TardisColumns
  private var bids: SideCells
  private var asks: SideCells

  init(path: String, columns: TardisColumns) {
    self.path = path
    self.columns = columns
    bids = SideCells(half: .bids, count: columns.levelCount)
    asks = SideCells(half: .asks, count: columns.levelCount)
  }

  mutating func decode(_ line: UnsafeRawBufferPointer, number: Int, into batch: inout DecodedBatch) {
    if line.isBlank { return }
    do throws(FieldFault) {
      batch.append(try snapshot(of: line), line: number)
    } catch {
      batch.append(RecordFault(file: path, line: number, field: error.field, reason: error.reason))
    }
  }

  private mutating func snapshot(of line: UnsafeRawBufferPointer) throws(FieldFault) -> BookSnapshot {
    var scanner = ByteScanner(line)
    var exchange = 0..<0
    var symbol = 0..<0
    var time: Timestamp?
    for (index, meaning) in columns.meanings.enumerated() {
      if index > 0, !scanner.take(Ascii.comma) {
        throw FieldFault(
          field: "record", reason: "the row has \(index) cells and the header \(columns.meanings.count)")
      }
      switch meaning {
      case .price(.bids, let level): bids.cells[level].price = try scanner.numberCell(meaning)
      case .amount(.bids, let level): bids.cells[level].size = try scanner.numberCell(meaning)
      case .price(.asks, let level): asks.cells[level].price = try scanner.numberCell(meaning)
      case .amount(.asks, let level): asks.cells[level].size = try scanner.numberCell(meaning)
      case .exchange: exchange = scanner.cell()
      case .symbol: symbol = scanner.cell()
      case .receiveTime: time = try scanner.receiveTime()
      case .other: _ = scanner.cell()
      }
    }
    if !scanner.isAtEnd {
      throw FieldFault(field: "record", reason: "the row has more cells than the header, \(columns.meanings.count)")
    }
    guard let time else { throw FieldFault(field: "local_timestamp", reason: "is missing") }
    let market = try scanner.market(exchange: exchange, symbol: symbol)
    return BookSnapshot(time: time, market: market, book: try book())
  }

  private func book() throws(FieldFault) -> OrderBook {
    let (bids, asks) = (try bids.levels(), try asks.levels())
    do {
      return try OrderBook(bids: bids, asks: asks)
    } catch {
      throw FieldFault(error)
    }
  }
}

/// The cells of one half of a row.
private struct SideCells: Sendable {
  struct Cell {
    var price: Double?
    var size: Double?
  }

  let half: TardisColumns.Half
  var cells: [Cell]

  init(half: TardisColumns.Half, count: Int) {
    self.half = half
    cells = Array(repeating: Cell(), count: count)
  }

  func levels() throws(FieldFault) -> [BookLevel] {
    let count = cells.firstIndex { $0.price == nil && $0.size == nil } ?? cells.count
    var levels: [BookLevel] = []
    levels.reserveCapacity(count)
    for index in 0..<count {
      guard let price = cells[index].price else { throw missing(.price(half, level: index)) }
      guard let size = cells[index].size else { throw missing(.amount(half, level: index)) }
      levels.append(BookLevel(price: price, size: size))
    }
    if let later = cells[count...].firstIndex(where: { $0.price != nil || $0.size != nil }) {
      throw FieldFault(
        field: "\(half.rawValue)[\(count)]", reason: "is empty although level \(later) is not")
    }
    return levels
  }

  private func missing(_ meaning: TardisColumns.Meaning) -> FieldFault {
    FieldFault(field: TardisColumns.name(of: meaning), reason: "is empty although the level's other cell is not")
  }
}

extension ByteScanner {
  /// Moves to the next comma or the end and returns what was passed.
  fileprivate mutating func cell() -> Range<Int> {
    let start = position
    while let byte = current, byte != Ascii.comma { position += 1 }
    return start..<position
  }

  /// Reads a cell that holds a number or nothing.
  @inline(__always)
  fileprivate mutating func numberCell(_ meaning: TardisColumns.Meaning) throws(FieldFault) -> Double? {
    let start = position
    if isAtCellEnd { return nil }
    guard let value = decimal(), isAtCellEnd else {
      throw FieldFault(
        field: TardisColumns.name(of: meaning), reason: "'\(excerptOfCell(from: start))' is not a number")
    }
    return value
  }

  fileprivate mutating func receiveTime() throws(FieldFault) -> Timestamp {
    let start = position
    guard let microseconds = integer(), isAtCellEnd else {
      throw FieldFault(
        field: "local_timestamp", reason: "'\(excerptOfCell(from: start))' is not a whole number of microseconds")
    }
    let (nanoseconds, overflow) = microseconds.multipliedReportingOverflow(by: 1_000)
    if overflow { throw FieldFault(field: "local_timestamp", reason: "\(microseconds) is outside the range of times") }
    return Timestamp(nanoseconds: nanoseconds)
  }

  fileprivate func market(exchange: Range<Int>, symbol: Range<Int>) throws(FieldFault) -> MarketName {
    guard !exchange.isEmpty, let venue = String(validating: bytes[exchange], as: UTF8.self) else {
      throw FieldFault(field: "exchange", reason: "is empty or not text")
    }
    guard !symbol.isEmpty, let instrument = String(validating: bytes[symbol], as: UTF8.self),
      let market = MarketName("\(venue):\(instrument)")
    else { throw FieldFault(field: "symbol", reason: "\(MarketName.fault), or not text") }
    return market
  }

  @inline(__always)
  private var isAtCellEnd: Bool { current == nil || current == Ascii.comma }

  private func excerptOfCell(from start: Int) -> String {
    var cellScanner = self
    cellScanner.position = start
    let range = cellScanner.cell()
    return excerpt(from: range.lowerBound, to: range.upperBound)
  }
}
