import Checkpoints
import Markets

/// Orders that arrived and left, as far as differences between snapshots show them.
struct OrderFlow: FeatureExtractor {
  static let family = FeatureFamily.flow

  static func definitions(_ configuration: FeatureConfiguration) -> [FeatureDefinition] {
    let band = configuration.mainBandLabel
    return configuration.windows.flatMap { window in
      [
        define(
          "best_flow_imbalance_\(window)", unit: "fraction, −1 to 1", direction: .decreasing, source: Source.contOFI,
          "Order-flow imbalance at the best quotes in favour of the own side over the sum of its absolute "
            + "contributions, over the steps within the last \(window)."),
        define(
          "flow_imbalance_\(band)_\(window)", unit: "fraction, −1 to 1", direction: .decreasing,
          source: Source.contOFI + ", over all prices within the band",
          "Net notional added at own-side prices within \(band) less that at opposite ones, over all notional added "
            + "or removed there in the steps within the last \(window)."),
        define(
          "removal_share_\(band)_\(window)", unit: Unit.fraction, direction: .increasing,
          "Own-side notional removed within \(band), cancelled or executed, over the notional there before plus that "
            + "added, summed over the steps within the last \(window)."),
        define(
          "replenishment_\(band)_\(window)", unit: Unit.logRatio, direction: .decreasing,
          "Own-side notional added within \(band) over that removed, both plus one unit of quote currency, over the "
            + "steps within the last \(window)."),
      ]
    }
  }

  private let band: Double
  private var aggregate: SlidingAggregate<FlowPath>

  init(configuration: FeatureConfiguration) {
    band = configuration.mainBand.fraction
    aggregate = SlidingAggregate(windowCount: configuration.windows.count)
  }

  mutating func extract(_ snapshot: BookSnapshot, _ state: borrowing MarketState, into row: inout RowWriter) {
    if let mid = state.mid {
      let step = state.previousQuoted.map { FlowStep(from: $0.book, to: snapshot.book, mid: mid, band: band) }
      aggregate.append(step, in: state.windows)
    }
    for window in 0..<state.windows.count {
      if let flow = aggregate.summary(of: window, in: state.windows)?.steps {
        Self.write(flow, into: &row)
      } else {
        row.writeUndefined(count: 4)
      }
    }
  }

  private static func write(_ flow: FlowStep, into row: inout RowWriter) {
    row.write(signed: flow.bestGross > 0 ? flow.bestNet / flow.bestGross : undefined)
    let gross = flow.bids.added + flow.bids.removed + flow.asks.added + flow.asks.removed
    let net = (flow.bids.added - flow.bids.removed) - (flow.asks.added - flow.asks.removed)
    row.write(signed: gross > 0 ? net / gross : undefined)
    row.write(sell: flow.bids.removalShare, buy: flow.asks.removalShare)
    row.write(
      sell: logAmount(flow.bids.added) - logAmount(flow.bids.removed),
      buy: logAmount(flow.asks.added) - logAmount(flow.asks.removed))
  }
}

extension OrderFlow: Resumable {
  mutating func exchange(with archive: inout StateArchive) throws(StateFault) { try archive.exchange(&aggregate) }
}

/// The flow over a run of snapshots: the step that leads to the first, kept apart, and the steps inside.
private struct FlowPath: WindowSummary {
  private var entry: FlowStep
  private var inside = FlowStep()
  private let hasEntry: Bool
  private var hasSteps = false

  init(_ entry: FlowStep?) {
    self.entry = entry ?? FlowStep()
    hasEntry = entry != nil
  }

  func joined(with later: FlowPath) -> FlowPath {
    var path = self
    path.inside.add(later.entry)
    path.inside.add(later.inside)
    path.hasSteps = hasSteps || later.hasEntry || later.hasSteps
    return path
  }

  /// The steps inside; nil where there is none.
  var steps: FlowStep? { hasSteps ? inside : nil }
}
