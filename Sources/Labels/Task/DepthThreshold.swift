public import Markets

/// How the depth `Q` below which a book is in shortfall is set.
public enum DepthThreshold: Hashable, Sendable {
  /// This fraction, above zero, of the training window's median depth, per market and side.
  case relativeToMedian(Double)
  /// These depths in quote currency, each above zero.
  case absolute([MarketName: BySide<Double>])

  func check() throws(TaskFault) {
    switch self {
    case .relativeToMedian(let fraction):
      guard fraction > 0, fraction.isFinite else { throw .relativeThreshold(fraction) }
    case .absolute(let depths):
      if depths.isEmpty { throw .noThresholds }
      for entry in DepthThresholds(depths).entries {
        for side in LiquidationSide.allCases {
          let depth = entry.depth[side]
          guard depth > 0, depth.isFinite else { throw .absoluteThreshold(entry.market, side, depth) }
        }
      }
    }
  }
}

extension DepthThreshold: Codable {
  private enum CodingKeys: String, CodingKey { case relativeToMedian, absolute }

  /// Reads `{"relativeToMedian": fraction}` or `{"absolute": [{"market": …, "depth": {…}}, …]}`.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    if container.contains(.absolute) {
      let thresholds = try container.decode(DepthThresholds.self, forKey: .absolute)
      let pairs = thresholds.entries.map { ($0.market, $0.depth) }
      self = .absolute(Dictionary(pairs, uniquingKeysWith: { first, _ in first }))
    } else {
      self = .relativeToMedian(try container.decode(Double.self, forKey: .relativeToMedian))
    }
  }

  /// Writes the threshold, markets in name order.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    switch self {
    case .relativeToMedian(let fraction): try container.encode(fraction, forKey: .relativeToMedian)
    case .absolute(let depths): try container.encode(DepthThresholds(depths), forKey: .absolute)
    }
  }
}
