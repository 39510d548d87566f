import Checkpoints
import Markets

/// Notional that was traded, in quote currency, by who took liquidity.
struct TradedNotional: Sendable {
  /// Buyers took asks.
  var bought = 0.0
  /// Sellers hit bids.
  var sold = 0.0
  /// The venue does not say who took liquidity.
  var unattributed = 0.0

  var total: Double { bought + sold + unattributed }

  mutating func add(_ trade: Trade) {
    let notional = trade.price * trade.size
    switch trade.aggressor {
    case .buy: bought += notional
    case .sell: sold += notional
    case nil: unattributed += notional
    }
  }

  func adding(_ other: TradedNotional) -> TradedNotional {
    TradedNotional(
      bought: bought + other.bought, sold: sold + other.sold, unattributed: unattributed + other.unattributed)
  }

  /// What buyers took less what sellers took.
  var net: Double { bought - sold }

  /// `net` over what has a known side, from −1 to 1; NaN where nothing has.
  var imbalance: Double {
    let attributed = bought + sold
    return attributed > 0 ? net / attributed : undefined
  }
}

/// The trades from one snapshot to the next, and how the log mid moved meanwhile.
struct TradeStep: Sendable {
  var traded: TradedNotional
  var move: Double
}

/// The trades of several steps.
struct TradeSummary: WindowSummary {
  private(set) var traded: TradedNotional
  /// The sum of the absolute moves of the steps in which something was traded.
  private var tradedMoves: Double
  private var impact: Comoments

  init(_ step: TradeStep) {
    traded = step.traded
    tradedMoves = step.traded.total > 0 ? abs(step.move) : 0
    impact = Comoments(SIMD2(step.traded.net, step.move))
  }

  func joined(with later: TradeSummary) -> TradeSummary {
    var result = self
    result.traded = traded.adding(later.traded)
    result.tradedMoves = tradedMoves + later.tradedMoves
    result.impact = impact.joined(with: later.impact)
    return result
  }

  /// The mean over notional of |move| per notional: the absolute moves over what was traded; NaN where nothing was.
  var illiquidity: Double { traded.total > 0 ? tradedMoves / traded.total : undefined }

  /// The regression of the moves on the net notional of their steps; nil below ten steps.
  var kyle: RegressionSlope? { impact.slope(fewest: 10) }
}

extension TradedNotional: StateValue {
  init(from archive: inout StateArchive) throws(StateFault) {
    bought = try Double(from: &archive)
    sold = try Double(from: &archive)
    unattributed = try Double(from: &archive)
  }

  func write(to archive: inout StateArchive) {
    bought.write(to: &archive)
    sold.write(to: &archive)
    unattributed.write(to: &archive)
  }
}

extension TradeStep: StateValue {
  init(from archive: inout StateArchive) throws(StateFault) {
    traded = try TradedNotional(from: &archive)
    move = try Double(from: &archive)
  }

  func write(to archive: inout StateArchive) {
    traded.write(to: &archive)
    move.write(to: &archive)
  }
}
