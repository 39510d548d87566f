import Checkpoints
import Markets

/// Exponentially weighted volatility, its change of pace, and the last step.
struct ExponentialVolatility: FeatureExtractor {
  static let family = FeatureFamily.volatility

  static func definitions(_ configuration: FeatureConfiguration) -> [FeatureDefinition] {
    let fast = configuration.halfLives.fast
    let slow = configuration.halfLives.slow
    let own = [
      define(
        "ewma_volatility_fast", unit: Unit.volatility, direction: .increasing,
        "Volatility per time with weights that halve every \(fast)."),
      define(
        "ewma_volatility_slow", unit: Unit.volatility, direction: .increasing,
        "Volatility per time with weights that halve every \(slow)."),
      define(
        "ewma_volatility_ratio", unit: Unit.logRatio, direction: .increasing,
        "Log of the fast over the slow exponentially weighted volatility; undefined where either is zero."),
      define(
        "last_adverse_return", unit: Unit.basisPoints,
        "Log return of the mid since the snapshot before in the direction that hurts the side."),
      define(
        "last_return_intensity", unit: Unit.volatility, direction: .increasing,
        "Absolute log return since the snapshot before per square root of the time since."),
    ]
    return own
      + configuration.windows.map { window in
        define(
          "volatility_of_volatility_\(window)", unit: Unit.logRatio, direction: .increasing,
          "Standard deviation of the fast exponentially weighted volatility over the snapshots of the last \(window).")
      }
  }

  private var fast: WeightedVariance
  private var slow: WeightedVariance
  private var volatilities: SlidingAggregate<DefinedMoments>
  private var last: TimedLogMid?

  init(configuration: FeatureConfiguration) {
    fast = WeightedVariance(halfLife: configuration.halfLives.fast.seconds)
    slow = WeightedVariance(halfLife: configuration.halfLives.slow.seconds)
    volatilities = SlidingAggregate(windowCount: configuration.windows.count)
  }

  mutating func extract(_ snapshot: BookSnapshot, _ state: borrowing MarketState, into row: inout RowWriter) {
    guard state.mid != nil else {
      row.writeUndefined(count: 5)
      return writeVolatilityOfVolatility(state, into: &row)
    }
    let logMid = state.prices.logMid
    let step = last.map { logMid - $0.logMid }
    let seconds = last.map { (snapshot.time - $0.time).seconds } ?? 0
    last = TimedLogMid(time: snapshot.time, logMid: logMid)
    if let step {
      fast.add(step, seconds: seconds)
      slow.add(step, seconds: seconds)
    }
    let current = fast.logVolatility
    volatilities.append(current, in: state.windows)
    row.write(current)
    row.write(slow.logVolatility)
    row.write(fast.logRatio(to: slow))
    row.write(signed: step.map { logBasisPoints(-$0) } ?? undefined)
    row.write(step.map { logVolatility(variance: $0 * $0, seconds: seconds) } ?? undefined)
    writeVolatilityOfVolatility(state, into: &row)
  }

  private mutating func writeVolatilityOfVolatility(_ state: borrowing MarketState, into row: inout RowWriter) {
    for window in 0..<state.windows.count {
      row.write(volatilities.summary(of: window, in: state.windows)?.moments?.standardDeviation ?? undefined)
    }
  }
}

extension ExponentialVolatility: Resumable {
  mutating func exchange(with archive: inout StateArchive) throws(StateFault) {
    try archive.exchange(&fast)
    try archive.exchange(&slow)
    try archive.exchange(&volatilities)
    try archive.exchange(&last)
  }
}

/// The log of a mid and when it was seen.
struct TimedLogMid: StateValue {
  let time: Timestamp
  let logMid: Double
}

extension TimedLogMid {
  init(from archive: inout StateArchive) throws(StateFault) {
    self.init(time: try Timestamp(from: &archive), logMid: try Double(from: &archive))
  }

  func write(to archive: inout StateArchive) {
    time.write(to: &archive)
    logMid.write(to: &archive)
  }
}
