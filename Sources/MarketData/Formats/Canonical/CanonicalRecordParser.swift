public import Markets

/// Parses one line of the canonical format: a book, or a report on a market beside its book.
///
/// A line with levels is a book, whatever else it holds, and a line without `bids` and `asks` is a report when it has
/// `trade`, `figure` or `liquidation`, one of them and once.
public struct CanonicalRecordParser: Sendable {
  private var books = CanonicalLineParser()

  /// Creates a parser.
  ///
  /// One that is used again expects books of the size it saw last.
  public init() {}

  /// The record on a line, which is given without its line end.
  ///
  /// - Throws: `FieldFault` naming the first field that is wrong.
  /// - Complexity: O(bytes).
  public mutating func parse(_ line: UnsafeRawBufferPointer) throws(FieldFault) -> MarketEvent {
    let fault: FieldFault
    do throws(FieldFault) {
      return .book(try books.parse(line))
    } catch {
      fault = error
    }
    var report = CanonicalReportLine(line)
    guard let report = try report.report() else { throw fault }
    return .report(report)
  }

  /// The record on a line, which is given without its line end.
  ///
  /// - Throws: `FieldFault` naming the first field that is wrong.
  /// - Complexity: O(bytes).
  public mutating func parse(_ line: [UInt8]) throws(FieldFault) -> MarketEvent {
    let result = line.withUnsafeBytes { bytes in
      Result { () throws(FieldFault) in try parse(bytes) }
    }
    return try result.get()
  }
}
