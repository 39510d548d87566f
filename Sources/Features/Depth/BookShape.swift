import Checkpoints
import Markets

/// How depth is spread over prices: slope, largest gap, concentration.
struct BookShape: FeatureExtractor, Memoryless {
  static let family = FeatureFamily.depth
  private static let gapBand = BasisPoints(50)

  static func definitions(_ configuration: FeatureConfiguration) -> [FeatureDefinition] {
    let main = configuration.mainBandLabel
    return [
      define(
        "depth_slope_\(main)", unit: "ln notional per ln distance",
        source: "Shortfall (docs/features.md); after R. Næs, J. Skjeltorp, J. Financial Markets 9 (2006)",
        "Least-squares slope of ln cumulative own depth against ln distance over the levels within \(main)."),
      define(
        "largest_gap_\(gapBand)", unit: Unit.basisPoints, direction: .increasing,
        "Largest distance without an own-side level between the mid and \(gapBand) from it, over the mid."),
      define(
        "concentration_\(main)", unit: Unit.logarithm, direction: .increasing,
        "Log of the sum of the squared shares of the own-side levels within \(main) in their notional (Herfindahl-Hirschman)."
      ),
    ]
  }

  private let band: Double

  init(configuration: FeatureConfiguration) {
    band = configuration.mainBand.fraction
  }

  func extract(_ snapshot: BookSnapshot, _ state: borrowing MarketState, into row: inout RowWriter) {
    guard let mid = state.mid else { return row.writeUndefined(count: 3) }
    let book = snapshot.book
    let sell = Shape(book.bids, side: .sell, mid: mid, band: band, gapBand: Self.gapBand.fraction)
    let buy = Shape(book.asks, side: .buy, mid: mid, band: band, gapBand: Self.gapBand.fraction)
    row.write(sell: sell.slope, buy: buy.slope)
    row.write(sell: logBasisPoints(sell.gap), buy: logBasisPoints(buy.gap))
    row.write(sell: sell.concentration, buy: buy.concentration)
  }
}

/// The shape of one side, in one pass over its levels.
private struct Shape {
  var slope = undefined
  var gap: Double
  var concentration = undefined

  init(_ levels: [BookLevel], side: LiquidationSide, mid: Double, band: Double, gapBand: Double) {
    var depth = 0.0
    var squares = 0.0
    var fit = LineFit()
    var lastDistance = 0.0
    gap = 0
    for level in levels {
      let distance = side.sign * (mid - level.price) / mid
      gap = max(gap, min(distance, gapBand) - lastDistance)
      lastDistance = min(max(lastDistance, distance), gapBand)
      if distance > band {
        if distance >= gapBand { break }
        continue
      }
      let notional = level.notional
      depth += notional
      squares += notional * notional
      if distance > 0 { fit.add(x: naturalLog(distance), y: naturalLog(depth)) }
    }
    gap = max(gap, gapBand - lastDistance)
    slope = fit.slope
    if depth > 0 { concentration = naturalLog(squares / (depth * depth)) }
  }
}

/// A straight line through points, by Welford's update of the moments.
private struct LineFit {
  private var count = 0.0
  private var meanX = 0.0
  private var meanY = 0.0
  private var squaresX = 0.0
  private var products = 0.0

  mutating func add(x: Double, y: Double) {
    count += 1
    let differenceX = x - meanX
    meanX += differenceX / count
    meanY += (y - meanY) / count
    squaresX += differenceX * (x - meanX)
    products += differenceX * (y - meanY)
  }

  /// NaN below three points or without a spread in x.
  var slope: Double { count >= 3 && squaresX > 0 ? products / squaresX : undefined }
}
