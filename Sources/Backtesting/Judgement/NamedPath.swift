import Markets

/// What one policy asked of every market of a replay.
public struct NamedPath: Sendable {
  /// The policy's name in tables.
  public let name: String
  /// What it is, in one sentence.
  public let summary: String
  /// Its margins, in the order of the replay's markets.
  public let paths: [MarginPath]

  /// Creates a named path.
  public init(name: String, summary: String, paths: [MarginPath]) {
    self.name = name
    self.summary = summary
    self.paths = paths
  }

  /// The maintenance margin as a share of the initial margin, for policies that have maintenance margins only.
  static let maintenanceShare = 0.5

  /// The margin of a market's judged point, as a fraction of notional.
  ///
  /// What is missing, below zero or not finite asks for nothing.
  func margin(ofMarket market: Int, side: LiquidationSide, point: Int, rung: Int) -> Double {
    guard paths.indices.contains(market) else { return 0 }
    return Self.margin(paths[market].margins[side], point: point, rung: rung)
  }

  /// The initial margin of a market's judged point, as a fraction of notional, at least the maintenance margin.
  ///
  /// For a policy that has maintenance margins only, twice those, at most the whole notional.
  func initialMargin(ofMarket market: Int, side: LiquidationSide, point: Int, rung: Int) -> Double {
    let maintenance = margin(ofMarket: market, side: side, point: point, rung: rung)
    guard paths.indices.contains(market), let initial = paths[market].initialMargins else {
      return max(maintenance, min(1, maintenance / Self.maintenanceShare))
    }
    return max(maintenance, Self.margin(initial[side], point: point, rung: rung))
  }

  /// The margin of each row.
  func margins(of rows: [LossRow]) -> [Double] {
    rows.map { margin(ofMarket: $0.market, side: $0.side, point: $0.point, rung: $0.rung) }
  }

  private static func margin(_ points: [[Double]], point: Int, rung: Int) -> Double {
    guard points.indices.contains(point), points[point].indices.contains(rung) else { return 0 }
    let margin = points[point][rung]
    return margin.isFinite ? max(0, margin) : 0
  }
}
