import Checkpoints
import LinearAlgebra
import Markets

/// How much the markets move as one.
struct SystemicCoupling: CrossMarketFeatureExtractor {
  static func definitions(_ configuration: FeatureConfiguration) -> [FeatureDefinition] {
    let halfLife = configuration.halfLives.slow
    let kritzman =
      "M. Kritzman, Y. Li, S. Page, R. Rigobon, J. Portfolio Management 37 (2011), doi:10.3905/jpm.2011.37.4.112"
    return [
      define(
        "average_correlation", unit: "correlation, −1 to 1", direction: .increasing,
        source: "O. Ledoit, M. Wolf, J. Multivariate Analysis 88 (2004); J. Schäfer, K. Strimmer (2005)",
        "Mean of the shrunk correlations of all pairs of markets, weights halving every \(halfLife)."),
      define(
        "first_eigenvalue_share", unit: Unit.fraction, direction: .increasing,
        "Largest eigenvalue of the shrunk correlation matrix over the number of markets."),
      define(
        "absorption_ratio", unit: Unit.fraction, direction: .increasing, source: kritzman,
        "Share of the total variance in the largest fifth, at least one, of the eigenvalues of the covariance matrix."),
      define(
        "absorption_shift", unit: Unit.deviations, direction: .increasing, source: kritzman,
        "Mean absorption ratio over the last \(Self.shortWindow(configuration)) less that over the last "
          + "\(configuration.longestWindow), in standard deviations over the latter; undefined without a spread."),
    ]
  }

  private static func shortWindow(_ configuration: FeatureConfiguration) -> TimeSpan {
    configuration.windows[configuration.windows.count / 2]
  }

  private let longestWindow: TimeSpan
  private var matrix: CorrelationMatrix
  private var windows: TimeWindows
  private var ratios: SlidingAggregate<Moments>
  /// The markets that count, their correlations and a solver, kept for their memory.
  private var alive: [Int] = []
  private var shrunk = ShrunkCorrelation()
  private var solver = SymmetricEigenvalues()

  init(configuration: FeatureConfiguration) {
    longestWindow = configuration.longestWindow
    matrix = CorrelationMatrix(halfLife: configuration.halfLives.slow)
    windows = TimeWindows(lengths: [Self.shortWindow(configuration), configuration.longestWindow])
    ratios = SlidingAggregate(windowCount: 2)
  }

  mutating func extract(_ arrival: Arrival, _ state: borrowing CrossMarketState, into row: inout RowWriter) {
    matrix.observe(arrival, state)
    alive.removeAll(keepingCapacity: true)
    for market in state.markets.indices where state.isKnown(market, at: arrival.time, within: longestWindow) {
      alive.append(market)
    }
    matrix.shrink(alive, into: &shrunk)
    guard shrunk.order > 1, let largest = largestEigenvalue(), let ratio = absorptionRatio() else {
      row.writeUndefined(count: 3)
      windows.advance(to: arrival.time)
      return row.write(shift())
    }
    row.write(shrunk.average)
    row.write(largest / Double(shrunk.order))
    row.write(ratio)
    windows.append(arrival.time)
    ratios.append(ratio, in: windows)
    row.write(shift())
  }

  private mutating func largestEigenvalue() -> Double? {
    guard (try? solver.solve(shrunk.correlations, order: shrunk.order)) != nil else { return nil }
    return solver.values.last
  }

  private mutating func absorptionRatio() -> Double? {
    guard (try? solver.solve(shrunk.covariances, order: shrunk.order)) != nil else { return nil }
    var total = 0.0
    var absorbed = 0.0
    let first = shrunk.order - max(1, (shrunk.order + 2) / 5)
    for rank in solver.values.indices {
      let variance = max(0, solver.values[rank])
      total += variance
      if rank >= first { absorbed += variance }
    }
    return total > 0 ? absorbed / total : nil
  }

  private mutating func shift() -> Double {
    guard let short = ratios.summary(of: 0, in: windows), let long = ratios.summary(of: 1, in: windows),
      long.squaredDeviations > 0
    else { return undefined }
    return (short.mean - long.mean) / long.standardDeviation
  }
}

extension SystemicCoupling: Resumable {
  mutating func exchange(with archive: inout StateArchive) throws(StateFault) {
    try archive.exchange(&matrix)
    try archive.exchange(&windows)
    try archive.exchange(&ratios)
  }
}
