package import Checkpoints
public import Markets

/// All monitors of all markets, with thresholds that are fixed at the start.
///
/// It is told what a model said and, once the outcome has matured, what happened; only matured outcomes count. A market without
/// monitors is passed over. After its signal a monitor starts anew by itself, and the others go on: a cumulative sum and a
/// Page-Hinkley test at zero, an adaptive window with the newer part of its values, a stability index at its reference. So a
/// cumulative sum and a stability index, which know what should be, signal again while a change lasts; a Page-Hinkley test and
/// an adaptive window take the new state for granted.
public struct DriftPanel: Sendable {
  /// What one monitor says.
  public struct Signal: Hashable, Sendable, Codable {
    /// Whose market it watches.
    public let market: MarketName
    /// What it watches.
    public let series: MonitoredSeries
    /// How it watches.
    public let method: MonitorDesign.MethodName
    /// What it says.
    public let signal: DriftSignal
  }

  /// The plan.
  public let plan: DriftPlan
  /// Monitor by monitor of each entry of the plan.
  private var monitors: [[SeriesMonitor]]
  private let positions: [MarketName: Int]

  /// Creates a panel whose monitors have seen nothing.
  public init(_ plan: DriftPlan) {
    self.plan = plan
    monitors = plan.entries.map { $0.monitors.map(\.monitor) }
    positions = Dictionary(
      plan.entries.enumerated().map { ($0.element.market, $0.offset) }, uniquingKeysWith: { first, _ in first })
  }

  /// Takes a matured outcome and the probability that was given to it.
  public mutating func observe(market: MarketName, probability: Double, outcome: Bool) -> [Signal] {
    observe(market) { series in
      switch series {
      case .logLossExcess: MonitoredSeries.logLossExcess(probability, outcome)
      case .calibrationResidual: MonitoredSeries.calibrationResidual(probability, outcome)
      case .logOdds: MonitoredSeries.logOdds(probability)
      case .missExcess: nil
      }
    }
  }

  /// Takes whether a matured close-out loss went beyond its bound.
  public mutating func observe(market: MarketName, missed: Bool) -> [Signal] {
    let target = plan.missTarget
    return observe(market) { series in
      series == .missExcess ? MonitoredSeries.missExcess(missed: missed, target: target) : nil
    }
  }

  /// The evidence and the threshold of each monitor of a market, in the order of the plan.
  public func evidence(of market: MarketName) -> [(design: MonitorDesign, evidence: Double, undefinedCount: Int)] {
    guard let position = positions[market] else { return [] }
    return monitors[position].map { ($0.design, $0.evidence, $0.undefinedCount) }
  }

  private mutating func observe(_ market: MarketName, _ value: (MonitoredSeries) -> Double?) -> [Signal] {
    guard let position = positions[market] else { return [] }
    var signals: [Signal] = []
    for index in monitors[position].indices {
      let design = monitors[position][index].design
      guard let value = value(design.series), let signal = monitors[position][index].observe(value) else { continue }
      signals.append(Signal(market: market, series: design.series, method: design.method.name, signal: signal))
    }
    return signals
  }
}

extension DriftPanel: Resumable {
  package mutating func exchange(with archive: inout StateArchive) throws(StateFault) {
    for market in monitors.indices {
      for index in monitors[market].indices { try archive.exchange(&monitors[market][index]) }
    }
  }
}
