public import Markets

/// A record of a file that could not be used, with its place.
public struct RecordFault: Error, Hashable, Sendable, CustomStringConvertible {
  /// How a record fails.
  public enum Kind: String, Hashable, Sendable, Codable {
    /// The record cannot be read as a book.
    case malformed
    /// The record is a book, but its time is before that of a record already delivered.
    case outOfOrder = "out-of-order"
  }

  /// How the record fails.
  public let kind: Kind
  /// The path of the file.
  public let file: String
  /// The number of the offending line, 1 for the first.
  public let line: Int
  /// The market, where the record could be read far enough to know it.
  public let market: MarketName?
  /// The field at fault; `record` when the record as a whole cannot be read.
  public let field: String
  /// What is wrong with it, in words.
  public let reason: String

  /// Creates a fault.
  public init(
    kind: Kind = .malformed, file: String, line: Int, market: MarketName? = nil, field: String, reason: String
  ) {
    self.kind = kind
    self.file = file
    self.line = line
    self.market = market
    self.field = field
    self.reason = reason
  }

  /// The fault as `file:line: field: reason`.
  public var description: String { "\(file):\(line): \(field): \(reason)" }
}
