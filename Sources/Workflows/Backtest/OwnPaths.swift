package import Backtesting
internal import Margining
internal import Markets

/// What Shortfall's own policies ask at every judged point of a replay.
package struct OwnPaths {
  private let replay: Replay

  /// Creates the paths of a replay.
  package init(replay: Replay) { self.replay = replay }

  /// The conformal quantile of the close-out loss, followed without any control.
  package func conditional() -> NamedPath {
    NamedPath(
      name: "conditional", summary: "The adaptive conformal quantile of the close-out loss given the features.",
      paths: replay.markets.map { market in
        MarginPath(
          market: market.market,
          margins: BySide { side in market.judged.map { market.points[$0].sides[side].adaptiveLosses } })
      })
  }

  /// A margin policy's whole control chain, and before it the requirement that drives the chain, where this is the
  /// conditional one; and every raise of the chain's margin.
  ///
  /// - Throws: `RequestRefusal` for a market without a schedule.
  package func policy(_ named: BacktestRun.NamedPolicy, _ weighing: RaiseWeighing) throws -> (
    paths: [NamedPath], raises: [RaiseReport]
  ) {
    let walks = try replay.markets.map { market in
      try BySide { side throws in
        try ChainWalk(of: market, side, replay: replay, policy: named.policy, weighing: weighing)
      }
    }
    var paths: [NamedPath] = []
    if named.policy.settings.form == .conditional {
      paths.append(
        NamedPath(
          name: "requirement",
          summary: "The conditional requirement of \(named.name) before any control, held while evidence is missing.",
          paths: zip(replay.markets, walks).map { market, walks in
            MarginPath(market: market.market, margins: BySide { walks[$0].requirements })
          }))
    }
    let driver =
      switch named.policy.settings.form {
      case .conditional: "the conditional requirement"
      case .probability: "the probability of a shortfall"
      }
    paths.append(
      NamedPath(
        name: "policy", summary: "The control chain of \(named.name), driven by \(driver).",
        paths: zip(replay.markets, walks).map { market, walks in
          MarginPath(
            market: market.market, margins: BySide { walks[$0].margins },
            initialMargins: BySide { walks[$0].initialMargins })
        }))
    let raises = walks.flatMap { walks in LiquidationSide.allCases.flatMap { walks[$0].raises } }
    return (paths, raises.enumerated().sorted(by: Self.isEarlier).map(\.element))
  }

  /// In time order; of one instant, in the order of markets and sides.
  private static func isEarlier(
    _ left: EnumeratedSequence<[RaiseReport]>.Element, _ right: EnumeratedSequence<[RaiseReport]>.Element
  ) -> Bool {
    left.element.time == right.element.time ? left.offset < right.offset : left.element.time < right.element.time
  }
}
