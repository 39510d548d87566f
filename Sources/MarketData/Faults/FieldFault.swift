package import Markets

/// What is wrong with one record, wherever it came from.
public struct FieldFault: Error, Hashable, Sendable, CustomStringConvertible {
  /// The field at fault, such as `bids[3].price`; `record` when the record as a whole cannot be read.
  public let field: String
  /// What is wrong with it, in words.
  public let reason: String

  /// Creates a fault.
  public init(field: String, reason: String) {
    self.field = field
    self.reason = reason
  }

  /// The field and the reason.
  public var description: String { "\(field): \(reason)" }

  /// The fault of levels that do not form a book.
  package init(_ fault: OrderBookFault) {
    let level = "\(fault.field.rawValue)[\(fault.level)]"
    switch fault.reason {
    case .price: self.init(field: "\(level).price", reason: "is not a finite number above zero")
    case .size: self.init(field: "\(level).size", reason: "is not a finite number above zero")
    case .order: self.init(field: "\(level).price", reason: "is not beyond the level before it, counted from the best")
    }
  }
}
