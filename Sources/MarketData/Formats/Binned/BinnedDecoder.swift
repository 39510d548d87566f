internal import Markets

/// Decodes binned CSV, `ts,price,buy_qty,sell_qty`; blank lines are passed over.
///
/// A book is the run of rows with one `ts`, whole seconds. A row with `buy_qty` above zero is a bid level at `price`, one
/// with `sell_qty` above zero an ask level; a bucket at the mid may be both. Rows of a run come in any order of price. A
/// bad row spoils its whole run, which is rejected once, naming the row; a row whose `ts` cannot be read spoils the runs
/// before and after it, because it may have been part of either.
///
/// Prices are rounded to the nearest bucket, so bids below half a bucket stand at price 0, as real collapses show. Their
/// price is unknown and their value nothing at that precision: they are no level of the book. An ask there is a fault.
struct BinnedDecoder: RecordDecoder {
  /// The header, which is the same in every such file.
  static let header = "ts,price,buy_qty,sell_qty"
  /// More rows than any recorded book has; bounds the memory that a run can ask for.
  static let rowLimit = 1 << 18

  let path: String
  private let market: MarketName
  private var seconds: Int64?
  private var firstLine = 0
  private var rowCount = 0
  private var book = BinnedBook()
  private var fault: RecordFault?
  private var unplaced: RecordFault?

  init(path: String) throws(SourceFailure) {
    guard let market = MarketName(String(path.lastPathComponent.prefix { $0 != "." })) else {
      throw .malformedHeader(
        path: path, format: .binned,
        reason: "what its name holds before the first dot \(MarketName.fault), and no market")
    }
    self.path = path
    self.market = market
  }

  mutating func decode(_ line: UnsafeRawBufferPointer, number: Int, into batch: inout DecodedBatch) {
    var scanner = ByteScanner(line)
    guard let seconds = scanner.integer(), scanner.take(Ascii.comma) else {
      if line.isBlank { return }
      let reason = "'\(scanner.excerpt(from: 0))' does not begin with whole seconds"
      return refuse(fault(at: number, FieldFault(field: "ts", reason: reason)), into: &batch)
    }
    if seconds != self.seconds { startRun(at: seconds, line: number, into: &batch) }
    unplaced = nil
    rowCount += 1
    if fault != nil { return }
    do throws(FieldFault) {
      let row = try scanner.binnedRow(line: number)
      if rowCount > Self.rowLimit {
        throw FieldFault(field: "record", reason: "more than \(Self.rowLimit) rows have the same ts")
      }
      book.append(row)
    } catch {
      fault = fault(at: number, error)
    }
  }

  mutating func refuse(_ refusal: RecordFault, into batch: inout DecodedBatch) {
    rowCount += 1
    fault = fault ?? refusal
    unplaced = refusal
  }

  mutating func finish(into batch: inout DecodedBatch) {
    if rowCount == 0 { return }
    if let fault {
      batch.append(fault, rows: rowCount)
    } else {
      do throws(BinnedBook.RowFault) {
        batch.append(try snapshot(), line: firstLine, rows: rowCount)
      } catch {
        batch.append(fault(at: error.line, error.fault), rows: rowCount)
      }
    }
    clear()
  }

  private mutating func startRun(at seconds: Int64, line: Int, into batch: inout DecodedBatch) {
    // Unreadable rows before the first run belong to it at most.
    if self.seconds != nil {
      finish(into: &batch)
      fault = unplaced
    }
    self.seconds = seconds
    firstLine = line
  }

  private mutating func clear() {
    book.clear()
    rowCount = 0
    fault = nil
  }

  private mutating func snapshot() throws(BinnedBook.RowFault) -> BookSnapshot {
    guard let time = seconds.flatMap(Timestamp.init(seconds:)) else {
      let reason = "is outside the range of times, 1677 to 2262"
      throw BinnedBook.RowFault(line: firstLine, fault: FieldFault(field: "ts", reason: reason))
    }
    return BookSnapshot(time: time, market: market, book: try book.orderBook())
  }

  private func fault(at line: Int, _ fault: FieldFault) -> RecordFault {
    RecordFault(file: path, line: line, market: market, field: fault.field, reason: fault.reason)
  }
}

extension ByteScanner {
  /// Reads what follows the `ts` of a row.
  @inline(__always)
  fileprivate mutating func binnedRow(line: Int) throws(FieldFault) -> BinnedBook.Row {
    guard let price = decimal(), price >= 0, price.isFinite, take(Ascii.comma) else {
      throw FieldFault(field: "price", reason: "in '\(excerpt(from: 0))' is not a finite number from zero up")
    }
    guard let buy = decimal(), buy >= 0, buy.isFinite, isAtEnd || current == Ascii.comma else {
      throw FieldFault(field: "buy_qty", reason: "in '\(excerpt(from: 0))' is not a finite number from zero up")
    }
    guard take(Ascii.comma), let sell = decimal(), sell >= 0, sell.isFinite, isAtEnd else {
      throw FieldFault(field: "sell_qty", reason: "in '\(excerpt(from: 0))' is not a finite number from zero up")
    }
    if price == 0, sell > 0 {
      throw FieldFault(field: "price", reason: "in '\(excerpt(from: 0))' is zero although something is for sale")
    }
    return BinnedBook.Row(price: price, buy: buy, sell: sell, line: line)
  }
}
