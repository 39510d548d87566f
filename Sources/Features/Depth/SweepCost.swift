import Checkpoints
import Markets

/// The cost of walking the visible book.
struct SweepCost: FeatureExtractor, Memoryless {
  static let family = FeatureFamily.depth

  static func definitions(_ configuration: FeatureConfiguration) -> [FeatureDefinition] {
    let source = "P. Gomber, U. Schweickert, Xetra Liquidity Measure, Deutsche Börse (2002)"
    let labels = configuration.sweepNotionals.map(FeatureConfiguration.label(ofNotional:))
    let costs = labels.map {
      define(
        "sweep_cost_\($0)", unit: Unit.basisPoints, direction: .increasing,
        "Loss against the mid of executing \($0) of quote currency at once, a missing remainder charged the reach.")
    }
    let roundTrips = labels.map {
      define(
        "round_trip_cost_\($0)", unit: Unit.basisPoints, direction: .increasing, source: source,
        "Cost of buying and selling \($0) of quote currency at once.")
    }
    let largest = labels.last ?? ""
    return costs + roundTrips + [
      define(
        "exhaustion_\(largest)", unit: Unit.logRatio, direction: .decreasing,
        "Own depth within the reach of \(configuration.reach), plus one unit of quote currency, over \(largest).")
    ]
  }

  private let notionals: [Double]
  private let reach: Double
  private let logLargest: Double

  init(configuration: FeatureConfiguration) {
    notionals = configuration.sweepNotionals
    reach = configuration.reach.fraction
    logLargest = naturalLog(configuration.sweepNotionals.last ?? 1)
  }

  func extract(_ snapshot: BookSnapshot, _ state: borrowing MarketState, into row: inout RowWriter) {
    let book = snapshot.book
    guard state.mid != nil else { return row.writeUndefined(count: 2 * notionals.count + 1) }
    let start = row.count
    for notional in notionals {
      row.write(BySide { book.sweep(notional, on: $0, reach: reach)?.cost ?? undefined })
    }
    for position in start..<start + notionals.count {
      let cost = row.values(at: position)
      row.write(logBasisPoints(cost.sell + cost.buy))
      row.replace(position, with: BySide { logBasisPoints(cost[$0]) })
    }
    row.write(BySide { logAmount(book.depth(within: reach, on: $0) ?? undefined) - logLargest })
  }
}
