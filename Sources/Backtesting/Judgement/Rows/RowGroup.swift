import Markets

/// Rows that figures are over.
struct RowGroup: Sendable {
  /// What they have in common.
  let group: Group
  /// Their positions among the judgement's rows, rising.
  let members: [Int]
}

extension PolicyJudgement {
  /// Everything, then by market, by market and side, by side, and in calm and stress, all at the headline size; then by
  /// size, and by market and size.
  func rowGroups() -> [RowGroup] {
    let markets = Array(replay.markets.indices)
    let sides = LiquidationSide.allCases
    let sizes = replay.notionals.enumerated().map { ($0, Self.name(ofNotional: $1)) }
    var groups = headlineGroups()
    groups += markets.flatMap { market in
      sides.map { side in
        headlineGroup("market-side", "\(name(ofMarket: market)) \(side.rawValue)") {
          $0.market == market && $0.side == side
        }
      }
    }
    groups += sides.map { side in headlineGroup("side", side.rawValue) { $0.side == side } }
    groups += Regime.allCases.map { regime in headlineGroup("regime", regime.rawValue) { $0.regime == regime } }
    groups += sizes.map { rung, size in rowGroup("notional", size) { $0.rung == rung } }
    groups += markets.flatMap { market in
      sizes.map { rung, size in
        rowGroup("market-notional", "\(name(ofMarket: market)) \(size)") { $0.market == market && $0.rung == rung }
      }
    }
    return groups
  }

  /// Everything at the headline size, then by market: what policies are compared on.
  func headlineGroups() -> [RowGroup] {
    [headlineGroup("all", "all") { _ in true }]
      + replay.markets.indices.map { market in
        headlineGroup("market", name(ofMarket: market)) { $0.market == market }
      }
  }

  private func headlineGroup(_ kind: String, _ name: String, where isMember: (LossRow) -> Bool) -> RowGroup {
    rowGroup(kind, name) { $0.rung == headlineRung && isMember($0) }
  }

  private func rowGroup(_ kind: String, _ name: String, where isMember: (LossRow) -> Bool) -> RowGroup {
    RowGroup(group: Group(kind: kind, name: name), members: rows.indices.filter { isMember(rows[$0]) })
  }

  private func name(ofMarket market: Int) -> String { replay.markets[market].market.text }

  /// A size in whole units where it is one, such as `100000`.
  private static func name(ofNotional notional: Double) -> String {
    Int(exactly: notional).map(String.init) ?? String(notional)
  }
}
