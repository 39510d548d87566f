public import Markets

/// What a policy asked of one market: for each judged point and each size of position the maintenance margin as a fraction
/// of notional.
public struct MarginPath: Sendable {
  /// The market.
  public let market: MarketName
  /// For each side: one list for each judged point, holding one margin for each size.
  public let margins: BySide<[[Double]]>
  /// The initial margins in the same shape; nil where a policy has maintenance margins only.
  public let initialMargins: BySide<[[Double]]>?

  /// Creates a path.
  public init(market: MarketName, margins: BySide<[[Double]]>, initialMargins: BySide<[[Double]]>? = nil) {
    self.market = market
    self.margins = margins
    self.initialMargins = initialMargins
  }
}

/// A margin policy of the field that a back-test puts beside Shortfall's.
public protocol CompetingPolicy: Sendable {
  /// The name in tables, such as `ewma`.
  var name: String { get }
  /// What it is, in one sentence, with its tuned settings.
  var summary: String { get }

  /// What it asks at every judged point.
  ///
  /// Causal: the margin of a point uses nothing after it, and of losses only those whose information span has ended by
  /// then.
  func path(of market: ReplayedMarket, in replay: Replay) -> MarginPath
}
