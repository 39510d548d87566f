public import Margining
internal import Markets

/// dYdX's scaling of the initial margin with open interest, on top of the static margin.
///
/// The maintenance margin is the static policy's. The initial margin is twice that, raised with the market's open interest
/// between caps that are multiples of the persistent depth of the instant; it stays where no depth is known. Source:
/// `OpenInterestScaling`.
public struct OpenInterestPolicy: CompetingPolicy {
  /// `dydx-open-interest`.
  public let name = "dydx-open-interest"
  /// What it is, in one sentence.
  public let summary: String
  private let maintenance: StaticPolicy
  private let settings: OpenInterestSettings

  /// The policy whose maintenance margins cover a share `target` of the losses of the tuning period.
  public static func tuned(
    on replay: Replay, target: Double, openInterest settings: OpenInterestSettings
  ) -> OpenInterestPolicy {
    OpenInterestPolicy(maintenance: StaticPolicy.tuned(on: replay, target: target), settings: settings)
  }

  private init(maintenance: StaticPolicy, settings: OpenInterestSettings) {
    summary =
      "The static margin, with an initial margin that rises with open interest from \(settings.lower) to "
      + "\(settings.upper) times the persistent depth."
    self.maintenance = maintenance
    self.settings = settings
  }

  /// The static margins, and initial margins at the persistent depth of each judged point.
  public func path(of market: ReplayedMarket, in replay: Replay) -> MarginPath {
    let margins = maintenance.path(of: market, in: replay).margins
    let open = settings.known[market.market]
    let initial = BySide { side in
      zip(market.judged, margins[side]).map { position, margins in
        let depth = market.points[position].sides[side].evidence?.persistentDepth
        return margins.map { initialMargin(over: $0, openNotional: open, depth: depth) }
      }
    }
    return MarginPath(market: market.market, margins: margins, initialMargins: initial)
  }

  private func initialMargin(over maintenance: Double, openNotional: Double?, depth: Double?) -> Double {
    let base = min(1, maintenance / NamedPath.maintenanceShare)
    guard let openNotional, let depth else { return base }
    let scaling = OpenInterestScaling(
      base: base, lowerCap: settings.lower * max(0, depth), upperCap: settings.upper * max(0, depth))
    // Beside a book without depth every open interest is beyond the upper cap.
    guard let scaling else { return openNotional > 0 ? 1 : base }
    return scaling.initialMargin(atOpenNotional: openNotional) ?? base
  }
}
