public import Markets

/// Reduces a book to the numbers that a task's labels need.
public struct OutcomeProbe: Sendable {
  private let band: Double
  private let closeOut: CloseOut?

  /// Creates a probe for a task.
  public init(task: ShortfallTask) {
    band = task.band.fraction
    closeOut = task.closeOut
  }

  /// The mid, the depth within the band and the liquidation's execution; a one-sided book has none of them.
  ///
  /// - Complexity: O(levels within the band and the reach).
  public func observe(_ snapshot: BookSnapshot) -> OutcomeObservation {
    OutcomeObservation(
      time: snapshot.time, market: snapshot.market, mid: snapshot.book.mid, depth: depth(snapshot.book),
      execution: execution(snapshot.book))
  }

  private func depth(_ book: OrderBook) -> BySide<Double>? {
    guard let sell = book.depth(within: band, on: .sell), let buy = book.depth(within: band, on: .buy) else {
      return nil
    }
    return BySide(sell: sell, buy: buy)
  }

  private func execution(_ book: OrderBook) -> BySide<Execution>? {
    guard let closeOut, let sell = execution(of: closeOut, on: .sell, book: book),
      let buy = execution(of: closeOut, on: .buy, book: book)
    else { return nil }
    return BySide(sell: sell, buy: buy)
  }

  private func execution(of closeOut: CloseOut, on side: LiquidationSide, book: OrderBook) -> Execution? {
    book.sweep(closeOut.notional, on: side, reach: closeOut.reach.fraction).map {
      Execution(price: $0.price, isExhausted: $0.isExhausted, isCensored: $0.isCensored)
    }
  }
}
