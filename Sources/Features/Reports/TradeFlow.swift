import Checkpoints
import Markets

/// What trades say, where the stream carries them: who takes liquidity, how much of it, and how far that moves the mid.
struct TradeFlow: FeatureExtractor {
  static let family = FeatureFamily.trades

  private static let kyle = "A. Kyle, Econometrica 53 (1985), doi:10.2307/1913210"
  private static let amihud =
    "Y. Amihud, J. Financial Markets 5 (2002), doi:10.1016/S1386-4181(01)00024-6, each step weighted by what was traded"
  private static let impact = "sgn(x) ln(1 + |x| bp per 1M USD)"
  private static let widthOfWindow = 6

  static func definitions(_ configuration: FeatureConfiguration) -> [FeatureDefinition] {
    let band = configuration.mainBandLabel
    return configuration.windows.flatMap { window in
      [
        define(
          "trade_imbalance_\(window)", unit: "fraction, −1 to 1", direction: .decreasing,
          "Notional of trades that took the opposite side less that of trades that took the own side, over both, in the "
            + "steps within the last \(window)."),
        define(
          "taken_to_depth_\(band)_\(window)", unit: Unit.logRatio, direction: .increasing,
          "Notional of trades that took the own side in the steps within the last \(window) over the depth within "
            + "\(band), both plus one unit of quote currency."),
        define(
          "traded_to_depth_\(band)_\(window)", unit: Unit.logRatio,
          "Notional of all trades in the steps within the last \(window) over the own side's depth within \(band), both "
            + "plus one unit of quote currency."),
        define(
          "kyle_lambda_\(window)", unit: impact, direction: .increasing, source: kyle,
          "Slope of the regression of the mid's log return on the notional bought less that sold, over the steps within "
            + "the last \(window); undefined below ten steps."),
        define(
          "kyle_lambda_error_\(window)", unit: impact, source: kyle,
          "Standard error of that slope over the last \(window), under equal and independent errors."),
        define(
          "amihud_\(window)", unit: impact, direction: .increasing, source: amihud,
          "Sum of the mid's absolute log returns over the notional traded, of the steps within the last \(window) with "
            + "trades."),
      ]
    } + [
      define("time_since_trade", unit: Unit.minutes, "Time since the market's last trade; undefined before the first.")
    ]
  }

  private let mainBandIndex: Int
  private let windowCount: Int
  private var pending = TradedNotional()
  private var lastTrade: Timestamp?
  private var lastLogMid: Double?
  private var aggregate: SlidingAggregate<StepPath<TradeSummary>>

  init(configuration: FeatureConfiguration) {
    mainBandIndex = configuration.mainBandIndex
    windowCount = configuration.windows.count
    aggregate = SlidingAggregate(windowCount: windowCount)
  }

  mutating func observe(_ report: MarketReport) {
    guard case .trade(let trade) = report else { return }
    pending.add(trade)
    lastTrade = trade.time
  }

  mutating func extract(_ snapshot: BookSnapshot, _ state: borrowing MarketState, into row: inout RowWriter) {
    guard state.mid != nil else { return row.writeUndefined(count: windowCount * Self.widthOfWindow + 1) }
    let logMid = state.prices.logMid
    aggregate.append(lastLogMid.map { TradeStep(traded: pending, move: logMid - $0) }, in: state.windows)
    pending = TradedNotional()
    lastLogMid = logMid
    // Silence is not to be told from a missing feed, unless the longest window knows of a trade.
    let isHeard = (aggregate.summary(of: windowCount - 1, in: state.windows)?.steps?.traded.total ?? 0) > 0
    let depths = BySide { state.depths[$0][mainBandIndex] }
    for window in 0..<windowCount {
      if isHeard, let trades = aggregate.summary(of: window, in: state.windows)?.steps {
        Self.write(trades, depths, into: &row)
      } else {
        row.writeUndefined(count: Self.widthOfWindow)
      }
    }
    row.write(lastTrade.map { logMinutes(from: $0, to: snapshot.time) } ?? undefined)
  }

  private static func write(_ trades: TradeSummary, _ depths: BySide<Double>, into row: inout RowWriter) {
    let traded = trades.traded
    row.write(signed: finite(traded.imbalance))
    row.write(
      sell: finite(logAmount(traded.sold) - logAmount(depths.sell)),
      buy: finite(logAmount(traded.bought) - logAmount(depths.buy)))
    let total = logAmount(traded.total)
    row.write(sell: finite(total - logAmount(depths.sell)), buy: finite(total - logAmount(depths.buy)))
    let kyle = trades.kyle
    row.write(kyle.map { perMillion($0.value) } ?? undefined)
    row.write(kyle.map { perMillion($0.standardError) } ?? undefined)
    row.write(perMillion(trades.illiquidity))
  }

  /// A move per unit of quote currency as the feature of one per million.
  private static func perMillion(_ impact: Double) -> Double { finite(logBasisPoints(impact * 1e6)) }
}

extension TradeFlow: Resumable {
  mutating func exchange(with archive: inout StateArchive) throws(StateFault) {
    try archive.exchange(&pending)
    try archive.exchange(&lastTrade)
    try archive.exchange(&lastLogMid)
    try archive.exchange(&aggregate)
  }
}
