internal import Markets

/// One record as a decoder found it.
package struct DecodedRecord: Sendable {
  /// The book, the report or the fault.
  package let event: RecordedEvent
  /// The number of the record's first line.
  package let line: Int
  /// How many lines make up the record.
  package let rows: Int
}

/// Records decoded at one go.
package struct DecodedBatch: Sendable {
  /// How many records a batch holds unless told otherwise; bounds the memory of a file decoded ahead.
  package static let standardLimit = 256
  private static let levelLimit = 1 << 16

  package private(set) var records: [DecodedRecord] = []
  private var levelCount = 0
  private let limit: Int

  package init(limit: Int = standardLimit) {
    self.limit = limit
  }

  var isFull: Bool { records.count >= limit || levelCount >= Self.levelLimit }

  mutating func append(_ snapshot: BookSnapshot, line: Int, rows: Int = 1) {
    levelCount += snapshot.book.bids.count + snapshot.book.asks.count
    records.append(DecodedRecord(event: .snapshot(snapshot), line: line, rows: rows))
  }

  mutating func append(_ report: MarketReport, line: Int) {
    records.append(DecodedRecord(event: .report(report), line: line, rows: 1))
  }

  mutating func append(_ fault: RecordFault, rows: Int = 1) {
    records.append(DecodedRecord(event: .rejected(fault), line: fault.line, rows: rows))
  }
}

/// Turns the lines of one file into records.
package protocol RecordDecoder: Sendable {
  /// Decodes one line; a record that ends with it is added to the batch.
  mutating func decode(_ line: UnsafeRawBufferPointer, number: Int, into batch: inout DecodedBatch)
  /// Takes notice of a line whose bytes cannot be had.
  mutating func refuse(_ fault: RecordFault, into batch: inout DecodedBatch)
  /// Adds the record that the end of the file completes.
  mutating func finish(into batch: inout DecodedBatch)
  /// Decodes the lines that the splitter holds until the batch is full.
  mutating func decodeLines(of splitter: inout LineSplitter, path: String, into batch: inout DecodedBatch)
}

extension RecordDecoder {
  /// Decodes the lines that the splitter holds until the batch is full.
  ///
  /// A requirement with a default, so that the loop over lines is specialised for the format.
  package mutating func decodeLines(
    of splitter: inout LineSplitter, path: String, into batch: inout DecodedBatch
  ) {
    while !batch.isFull, let line = splitter.next() {
      decode(line, number: splitter.number, path: path, into: &batch)
    }
  }

  @inline(__always)
  mutating func decode(_ line: SplitLine, number: Int, path: String, into batch: inout DecodedBatch) {
    switch line {
    case .complete(let bytes):
      decode(bytes, number: number, into: &batch)
    case .tooLong:
      refuse(RecordFault(file: path, line: number, field: "record", reason: "the line is too long"), into: &batch)
    }
  }

  /// A line that stands for itself: the refusal is a record.
  package mutating func refuse(_ fault: RecordFault, into batch: inout DecodedBatch) { batch.append(fault) }

  /// Nothing is pending at the end of a file whose lines stand for themselves.
  package mutating func finish(into batch: inout DecodedBatch) {}
}
