public import Markets

/// What one liquidation would have got from one book.
public struct Execution: Hashable, Sendable {
  /// The mean execution price, in quote currency per base unit.
  public let price: Double
  /// Whether the book within the reach held less than the notional.
  public let isExhausted: Bool
  /// Whether the visible book ended before the reach while notional was left, so that the true price is not known.
  public let isCensored: Bool

  /// Creates an execution.
  public init(price: Double, isExhausted: Bool = false, isCensored: Bool = false) {
    self.price = price
    self.isExhausted = isExhausted
    self.isCensored = isCensored
  }
}

/// The few numbers of a snapshot that label every origin before it.
public struct OutcomeObservation: Hashable, Sendable {
  /// When the snapshot was received.
  public let time: Timestamp
  /// Whose book it is.
  public let market: MarketName
  /// The mid price; nil unless both sides show something.
  public let mid: Double?
  /// Depth within the task's band in quote currency; nil without a mid.
  public let depth: BySide<Double>?
  /// The execution of the task's liquidation; nil without a mid or when the task has none.
  public let execution: BySide<Execution>?

  /// Creates an observation.
  ///
  /// Unknown are numbers that are not finite, a mid or a price not above zero and a negative depth.
  public init(
    time: Timestamp, market: MarketName, mid: Double?, depth: BySide<Double>?, execution: BySide<Execution>? = nil
  ) {
    self.time = time
    self.market = market
    self.mid = mid.flatMap { Self.isPositive($0) ? $0 : nil }
    self.depth = depth.flatMap { depth in
      depth.sell >= 0 && depth.sell.isFinite && depth.buy >= 0 && depth.buy.isFinite ? depth : nil
    }
    self.execution = execution.flatMap { execution in
      Self.isPositive(execution.sell.price) && Self.isPositive(execution.buy.price) ? execution : nil
    }
  }

  private static func isPositive(_ number: Double) -> Bool { number > 0 && number.isFinite }
}
