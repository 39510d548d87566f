public import Markets

/// What liquidations of several sizes would have got from one book.
public struct LadderObservation: Hashable, Sendable {
  /// The mid price.
  public let mid: Double
  /// The execution of each size.
  public let executions: [BySide<Execution>]

  /// The cost of a size's execution on a side, `σ (m − price) / m`, as a fraction of notional; the size must be in range.
  public func cost(of rung: Int, on side: LiquidationSide) -> Double {
    side.sign * (mid - executions[rung][side].price) / mid
  }
}

/// Sweeps a book with liquidations of several sizes.
public struct LadderProbe: Sendable {
  private let notionals: [Double]
  private let reach: Double

  /// Creates a probe whose liquidations differ from `closeOut` in nothing but their size.
  ///
  /// - Parameter notionals: The sizes in quote currency, each above zero.
  public init(closeOut: CloseOut, notionals: [Double]) {
    self.notionals = notionals
    reach = closeOut.reach.fraction
  }

  /// The executions of every size; nil for a book without a mid.
  ///
  /// - Complexity: O(levels within the reach) for each size.
  public func observe(_ book: OrderBook) -> LadderObservation? {
    guard let mid = book.mid else { return nil }
    var executions: [BySide<Execution>] = []
    for notional in notionals {
      guard let sell = execution(of: notional, on: .sell, book: book),
        let buy = execution(of: notional, on: .buy, book: book)
      else { return nil }
      executions.append(BySide(sell: sell, buy: buy))
    }
    return LadderObservation(mid: mid, executions: executions)
  }

  private func execution(of notional: Double, on side: LiquidationSide, book: OrderBook) -> Execution? {
    book.sweep(notional, on: side, reach: reach).map {
      Execution(price: $0.price, isExhausted: $0.isExhausted, isCensored: $0.isCensored)
    }
  }
}
