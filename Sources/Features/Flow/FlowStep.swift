import Checkpoints
import Markets

/// Notional that appeared and disappeared on one side.
struct Turnover: Sendable {
  var added = 0.0
  var removed = 0.0
  /// What was there before.
  var before = 0.0

  /// What was removed of all that could be; NaN where there was nothing.
  var removalShare: Double {
    let available = before + added
    return available > 0 ? removed / available : undefined
  }

  mutating func add(_ other: Turnover) {
    added += other.added
    removed += other.removed
    before += other.before
  }
}

/// The flow between two snapshots, or summed over several such steps, in quote currency.
struct FlowStep: Sendable {
  /// The order-flow imbalance at the best quotes, positive when the bids gain.
  var bestNet = 0.0
  /// The sum of the absolute values of the two sides' contributions to it.
  var bestGross = 0.0
  var bids = Turnover()
  var asks = Turnover()

  mutating func add(_ other: FlowStep) {
    bestNet += other.bestNet
    bestGross += other.bestGross
    bids.add(other.bids)
    asks.add(other.asks)
  }
}

extension FlowStep {
  /// The flow from one book to the next, of prices within `band` (a fraction) of `mid`.
  init(from old: OrderBook, to new: OrderBook, mid: Double, band: Double) {
    let bid = Self.bestContribution(from: old.bids.first, to: new.bids.first, side: .sell)
    let ask = Self.bestContribution(from: old.asks.first, to: new.asks.first, side: .buy)
    bestNet = bid - ask
    bestGross = abs(bid) + abs(ask)
    bids = Turnover(from: old.bids, to: new.bids, side: .sell, limit: mid * (1 - band))
    asks = Turnover(from: old.asks, to: new.asks, side: .buy, limit: mid * (1 + band))
  }

  /// One side's term of the order-flow imbalance of Cont, Kukanov and Stoikov, valued at its prices.
  private static func bestContribution(from old: BookLevel?, to new: BookLevel?, side: LiquidationSide) -> Double {
    guard let old, let new else { return 0 }
    let improvement = side.sign * (new.price - old.price)
    return (improvement >= 0 ? new.notional : 0) - (improvement <= 0 ? old.notional : 0)
  }
}

extension Turnover {
  /// The changes at the prices up to `limit` that both books could show, best first.
  ///
  /// A book says nothing of prices past its last visible level, so the comparison ends at the nearer of the two.
  init(from old: borrowing [BookLevel], to new: borrowing [BookLevel], side: LiquidationSide, limit: Double) {
    guard let oldLast = old.last?.price, let newLast = new.last?.price else { return }
    let sign = side.sign
    let end = max(sign * limit, sign * oldLast, sign * newLast)
    let (old, new) = (old.span, new.span)
    var i = 0
    var j = 0
    while i < old.count, j < new.count {
      let (left, right) = (old[i], new[j])
      let (oldPrice, newPrice) = (sign * left.price, sign * right.price)
      if max(oldPrice, newPrice) < end { break }
      if oldPrice == newPrice {
        before += left.notional
        let change = right.notional - left.notional
        added += max(0, change)
        removed -= min(0, change)
        i += 1
        j += 1
      } else if oldPrice > newPrice {
        before += left.notional
        removed += left.notional
        i += 1
      } else {
        added += right.notional
        j += 1
      }
    }
    while i < old.count, sign * old[i].price >= end {
      before += old[i].notional
      removed += old[i].notional
      i += 1
    }
    while j < new.count, sign * new[j].price >= end {
      added += new[j].notional
      j += 1
    }
  }
}

extension Turnover: StateValue {
  init(from archive: inout StateArchive) throws(StateFault) {
    added = try Double(from: &archive)
    removed = try Double(from: &archive)
    before = try Double(from: &archive)
  }

  func write(to archive: inout StateArchive) {
    added.write(to: &archive)
    removed.write(to: &archive)
    before.write(to: &archive)
  }
}

extension FlowStep: StateValue {
  init(from archive: inout StateArchive) throws(StateFault) {
    bestNet = try Double(from: &archive)
    bestGross = try Double(from: &archive)
    bids = try Turnover(from: &archive)
    asks = try Turnover(from: &archive)
  }

  func write(to archive: inout StateArchive) {
    bestNet.write(to: &archive)
    bestGross.write(to: &archive)
    bids.write(to: &archive)
    asks.write(to: &archive)
  }
}
