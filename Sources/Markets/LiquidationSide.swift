/// The side on which a liquidation executes.
///
/// `sell` closes long positions into the bids; `buy` closes short positions into the asks.
public enum LiquidationSide: String, CaseIterable, Hashable, Sendable, Codable {
  /// Sells into the bids.
  case sell
  /// Buys from the asks.
  case buy

  /// +1 for sell and −1 for buy: the sign with which a fall of the price hurts.
  @inlinable
  public var sign: Double { self == .sell ? 1 : -1 }

  /// The other side.
  @inlinable
  public var opposite: LiquidationSide { self == .sell ? .buy : .sell }
}

/// A pair of values, one for each liquidation side.
public struct BySide<Value> {
  /// The value for liquidations that sell into the bids.
  public var sell: Value
  /// The value for liquidations that buy from the asks.
  public var buy: Value

  /// Creates a pair.
  @inlinable
  public init(sell: Value, buy: Value) {
    self.sell = sell
    self.buy = buy
  }

  /// Creates a pair by asking for each side's value.
  @inlinable
  public init<Failure: Error>(_ value: (LiquidationSide) throws(Failure) -> Value) throws(Failure) {
    self.sell = try value(.sell)
    self.buy = try value(.buy)
  }

  /// The value of one side.
  @inlinable
  public subscript(side: LiquidationSide) -> Value {
    get { side == .sell ? sell : buy }
    _modify {
      switch side {
      case .sell: yield &sell
      case .buy: yield &buy
      }
    }
  }
}

extension BySide: Sendable where Value: Sendable {}
extension BySide: Equatable where Value: Equatable {}
extension BySide: Hashable where Value: Hashable {}
extension BySide: Encodable where Value: Encodable {}
extension BySide: Decodable where Value: Decodable {}
