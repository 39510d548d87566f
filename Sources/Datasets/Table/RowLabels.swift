import Labels
import Markets

/// Everything of a dataset's rows but their features, in the order they came.
struct RowLabels: Sendable {
  var names: [MarketName] = []
  var times: [Timestamp] = []
  var sides: [LiquidationSide] = []
  var informationEnds: [Timestamp] = []
  var events: [Bool?] = []
  var censoringReasons: [CensoringReason?] = []
  var inShortfall: [Bool?] = []
  var closeOutLosses: [Double] = []
  var closeOutDrifts: [Double] = []
  var closeOutLiquidities: [Double] = []
  var marginShortfalls: [Bool?] = []
  var depths: [Double] = []
  var thresholds: [Double] = []

  mutating func append(_ label: LabeledOrigin, side: LiquidationSide, depth: Double) {
    names.append(label.market)
    times.append(label.time)
    sides.append(side)
    informationEnds.append(label.informationEnd)
    events.append(label.depthShortfall.value)
    censoringReasons.append(label.depthShortfall.censoringReason)
    inShortfall.append(label.inShortfall)
    let loss = label.closeOutLoss?.value
    closeOutLosses.append(loss?.total ?? .nan)
    closeOutDrifts.append(loss?.drift ?? .nan)
    closeOutLiquidities.append(loss?.liquidity ?? .nan)
    marginShortfalls.append(label.marginShortfall?.value)
    depths.append(depth)
    thresholds.append(label.threshold)
  }

  /// The rows by time, then by market, then as they came.
  func order() -> [Int] {
    times.indices.sorted { left, right in
      if times[left] != times[right] { return times[left] < times[right] }
      if names[left] != names[right] { return names[left] < names[right] }
      return left < right
    }
  }

  func reordered(_ order: [Int]) -> RowLabels {
    RowLabels(
      names: order.map { names[$0] }, times: order.map { times[$0] }, sides: order.map { sides[$0] },
      informationEnds: order.map { informationEnds[$0] }, events: order.map { events[$0] },
      censoringReasons: order.map { censoringReasons[$0] }, inShortfall: order.map { inShortfall[$0] },
      closeOutLosses: order.map { closeOutLosses[$0] }, closeOutDrifts: order.map { closeOutDrifts[$0] },
      closeOutLiquidities: order.map { closeOutLiquidities[$0] },
      marginShortfalls: order.map { marginShortfalls[$0] }, depths: order.map { depths[$0] },
      thresholds: order.map { thresholds[$0] })
  }
}
