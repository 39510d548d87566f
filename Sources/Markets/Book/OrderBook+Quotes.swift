/// How the two sides of a book stand to each other.
public enum BookCondition: String, CaseIterable, Hashable, Sendable, Codable {
  /// The best bid is below the best ask.
  case normal
  /// The best bid equals the best ask.
  case locked
  /// The best bid is above the best ask.
  case crossed
  /// Exactly one side shows nothing.
  case oneSided = "one-sided"
  /// Neither side shows anything.
  case empty
}

/// Questions that the best quotes answer.
extension OrderBook {
  /// How the two sides stand to each other.
  public var condition: BookCondition {
    guard let bid = bids.first, let ask = asks.first else {
      return bids.isEmpty && asks.isEmpty ? .empty : .oneSided
    }
    if bid.price < ask.price { return .normal }
    return bid.price == ask.price ? .locked : .crossed
  }

  /// The mean of the best bid and the best ask; nil unless both sides show something.
  @inlinable
  public var mid: Double? {
    guard let bid = bids.first, let ask = asks.first else { return nil }
    return (bid.price + ask.price) / 2
  }

  /// The best ask less the best bid as a fraction of the mid; negative when crossed, nil unless both sides show something.
  public var spread: Double? {
    guard let bid = bids.first, let ask = asks.first, let mid else { return nil }
    return (ask.price - bid.price) / mid
  }

  /// The mid weighted by the size on the opposite side, `(b·q_a + a·q_b) / (q_a + q_b)`; nil unless both sides show something.
  ///
  /// Source: the weighted mid that S. Stoikov, "The micro-price", Quantitative Finance 18 (2018),
  /// doi:10.1080/14697688.2018.1489139, starts from.
  public var microprice: Double? {
    guard let bid = bids.first, let ask = asks.first else { return nil }
    return (bid.price * ask.size + ask.price * bid.size) / (bid.size + ask.size)
  }
}
