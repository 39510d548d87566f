/// One price level of displayed liquidity.
public struct BookLevel: Hashable, Sendable {
  /// Price in quote currency per base unit.
  public var price: Double
  /// Displayed size in base units.
  public var size: Double

  /// Creates a level.
  @inlinable
  public init(price: Double, size: Double) {
    self.price = price
    self.size = size
  }

  /// Displayed value in quote currency.
  @inlinable
  public var notional: Double { price * size }
}

/// The visible part of an order book at one instant.
///
/// Invariant: every price and size is finite and above zero; bids fall strictly, asks rise strictly. The best bid may
/// equal the best ask (locked) or exceed it (crossed), and a side may be empty: recorders really write such books, and
/// `condition` names them.
public struct OrderBook: Hashable, Sendable {
  /// Bid levels, best (highest) first.
  public let bids: [BookLevel]
  /// Ask levels, best (lowest) first.
  public let asks: [BookLevel]

  /// Creates a book.
  ///
  /// - Throws: `OrderBookFault` naming the first level that breaks the invariant.
  /// - Complexity: O(levels).
  public init(bids: [BookLevel], asks: [BookLevel]) throws(OrderBookFault) {
    try Self.check(bids, field: .bids) { $0 > $1 }
    try Self.check(asks, field: .asks) { $0 < $1 }
    self.bids = bids
    self.asks = asks
  }

  private static func check(
    _ levels: [BookLevel], field: OrderBookFault.Field, inOrder: (Double, Double) -> Bool
  ) throws(OrderBookFault) {
    for index in levels.indices {
      let level = levels[index]
      guard level.price > 0, level.price.isFinite else {
        throw OrderBookFault(field: field, level: index, reason: .price)
      }
      guard level.size > 0, level.size.isFinite else {
        throw OrderBookFault(field: field, level: index, reason: .size)
      }
      if index > 0, !inOrder(levels[index - 1].price, level.price) {
        throw OrderBookFault(field: field, level: index, reason: .order)
      }
    }
  }

  /// The levels that a liquidation on `side` executes against, best first.
  @inlinable
  public func levels(against side: LiquidationSide) -> [BookLevel] {
    side == .sell ? bids : asks
  }
}

/// Why levels do not form a book.
public struct OrderBookFault: Error, Hashable, Sendable {
  /// The half of the book at fault.
  public enum Field: String, Sendable {
    /// The bid levels.
    case bids
    /// The ask levels.
    case asks
  }

  /// What is wrong with the level.
  public enum Reason: Sendable {
    /// The price is not a finite number above zero.
    case price
    /// The size is not a finite number above zero.
    case size
    /// The price does not continue the order of the side.
    case order
  }

  /// The half of the book at fault.
  public let field: Field
  /// The level's index, 0 for the first.
  public let level: Int
  /// What is wrong with it.
  public let reason: Reason

  /// Creates a fault.
  public init(field: Field, level: Int, reason: Reason) {
    self.field = field
    self.level = level
    self.reason = reason
  }
}

extension OrderBookFault: CustomStringConvertible {
  /// The fault in words, without its field.
  public var description: String {
    switch reason {
    case .price: "level \(level): the price is not a finite number above zero"
    case .size: "level \(level): the size is not a finite number above zero"
    case .order: "level \(level): the price is out of order"
    }
  }
}
