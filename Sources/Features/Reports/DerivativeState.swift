import Checkpoints
import Markets

/// What a derivative's own figures say, where the stream carries them: how crowded a side is, and what is closed by force.
struct DerivativeState: FeatureExtractor {
  static let family = FeatureFamily.derivatives

  private static let common = 4
  private static let widthOfWindow = 2

  static func definitions(_ configuration: FeatureConfiguration) -> [FeatureDefinition] {
    let band = configuration.mainBandLabel
    return [
      define(
        "basis", unit: Unit.basisPoints,
        "Mark price less index price over index price, what the positions of the side that is closed pay over the index."
      ),
      define(
        "funding_rate", unit: Unit.basisPoints,
        "Funding that the positions of the side that is closed pay, a fraction of notional per the venue's interval."),
      define(
        "open_interest_to_depth_\(band)", unit: Unit.logRatio, direction: .increasing,
        "Value of the open contracts at the mid, or as the venue states it, over the own side's depth within \(band), both "
          + "plus one unit of quote currency."),
      define(
        "time_since_figure", unit: Unit.minutes,
        "Time since the market's last mark price, index price, open interest or funding; undefined before the first."),
    ]
      + configuration.windows.flatMap { window in
        [
          define(
            "open_interest_change_\(window)", unit: Unit.logRatio,
            "Open interest over the first that was known at a snapshot within the last \(window), in base units where the "
              + "venue states it so."),
          define(
            "liquidated_to_depth_\(band)_\(window)", unit: Unit.logRatio, direction: .increasing,
            "Notional of forced executions on the side in the steps within the last \(window) over the depth within "
              + "\(band), both plus one unit of quote currency; undefined before the market's first."),
        ]
      }
  }

  private let mainBandIndex: Int
  private let windowCount: Int
  private var figures: HeldFigures
  private var pending = BySide(sell: 0.0, buy: 0.0)
  /// Whether a forced execution was ever seen; 0 or 1.
  private var isHeard = 0
  private var hasMid = 0
  private var interest: SlidingAggregate<OpenInterestPath>
  private var liquidations: SlidingAggregate<StepPath<LiquidationVolume>>

  init(configuration: FeatureConfiguration) {
    mainBandIndex = configuration.mainBandIndex
    windowCount = configuration.windows.count
    figures = HeldFigures(freshness: configuration.tolerances.freshness)
    interest = SlidingAggregate(windowCount: windowCount)
    liquidations = SlidingAggregate(windowCount: windowCount)
  }

  mutating func observe(_ report: MarketReport) {
    switch report {
    case .trade: break
    case .figure(let figure): figures.take(figure)
    case .liquidation(let order):
      pending[order.side] += order.price * order.size
      isHeard = 1
    }
  }

  mutating func extract(_ snapshot: BookSnapshot, _ state: borrowing MarketState, into row: inout RowWriter) {
    guard let mid = state.mid else {
      return row.writeUndefined(count: Self.common + windowCount * Self.widthOfWindow)
    }
    let time = snapshot.time
    let depths = BySide { state.depths[$0][mainBandIndex] }
    writeFigures(at: time, mid: mid, depths, into: &row)
    let logs = SIMD2(
      Self.positiveLog(figures.value(.openInterest, at: time)),
      Self.positiveLog(figures.value(.openInterestValue, at: time)))
    interest.append(logs, in: state.windows)
    liquidations.append(hasMid == 1 ? pending : nil, in: state.windows)
    pending = BySide(sell: 0, buy: 0)
    hasMid = 1
    for window in 0..<windowCount {
      row.write(finite(interest.summary(of: window, in: state.windows)?.change(to: logs) ?? undefined))
      let liquidated = liquidations.summary(of: window, in: state.windows)?.steps?.notional
      if isHeard == 1, let liquidated {
        row.write(
          sell: finite(logAmount(liquidated.sell) - logAmount(depths.sell)),
          buy: finite(logAmount(liquidated.buy) - logAmount(depths.buy)))
      } else {
        row.writeUndefined()
      }
    }
  }

  private func writeFigures(
    at time: Timestamp, mid: Double, _ depths: BySide<Double>, into row: inout RowWriter
  ) {
    let index = figures.value(.indexPrice, at: time)
    row.write(signed: finite(logBasisPoints((figures.value(.markPrice, at: time) - index) / index)))
    row.write(signed: finite(logBasisPoints(figures.value(.fundingRate, at: time))))
    let contracts = figures.value(.openInterest, at: time)
    let value = contracts.isNaN ? figures.value(.openInterestValue, at: time) : contracts * mid
    row.write(
      sell: finite(logAmount(value) - logAmount(depths.sell)), buy: finite(logAmount(value) - logAmount(depths.buy)))
    row.write(figures.newest.map { logMinutes(from: $0, to: time) } ?? undefined)
  }

  private static func positiveLog(_ value: Double) -> Double { value > 0 ? naturalLog(value) : undefined }
}

extension DerivativeState: Resumable {
  mutating func exchange(with archive: inout StateArchive) throws(StateFault) {
    try archive.exchange(&figures)
    try archive.exchange(&pending)
    try archive.exchange(&isHeard)
    try archive.exchange(&hasMid)
    try archive.exchange(&interest)
    try archive.exchange(&liquidations)
  }
}
