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

  func adding(_ other: Turnover) -> Turnover {
    Turnover(added: added + other.added, removed: removed + other.removed, before: before + other.before)
  }
}

/// The flow between two snapshots, or summed over several such steps, in quote currency.
struct FlowStep: Sendable {
  /// The order-flow imbalance at the best quotes, positive when the bids gain.
  var bestNet: Double
  /// The sum of the absolute values of the two sides' contributions to it.
  var bestGross: Double
  var bids: Turnover
  var asks: Turnover

  func adding(_ other: FlowStep) -> FlowStep {
    FlowStep(
      bestNet: bestNet + other.bestNet, bestGross: bestGross + other.bestGross, bids: bids.adding(other.bids),
      asks: asks.adding(other.asks))
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
  init(from old: [BookLevel], to new: [BookLevel], side: LiquidationSide, limit: Double) {
    guard let oldLast = old.last?.price, let newLast = new.last?.price else { return }
    let sign = side.sign
    let end = sign * max(sign * limit, sign * oldLast, sign * newLast)
    var i = 0
    var j = 0
    while true {
      let left = i < old.count && sign * (old[i].price - end) >= 0 ? old[i] : nil
      let right = j < new.count && sign * (new[j].price - end) >= 0 ? new[j] : nil
      guard left != nil || right != nil else { return }
      let order = sign * ((left?.price ?? -sign * .infinity) - (right?.price ?? -sign * .infinity))
      if let left, order >= 0 { before += left.notional }
      if let left, let right, order == 0 {
        let change = right.notional - left.notional
        if change > 0 { added += change } else { removed -= change }
      } else if let left, order > 0 {
        removed += left.notional
      } else if let right {
        added += right.notional
      }
      if order >= 0 { i += 1 }
      if order <= 0 { j += 1 }
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
