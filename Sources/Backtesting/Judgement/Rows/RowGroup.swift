import Markets

/// Rows that figures are over.
struct RowGroup: Sendable {
  /// What they have in common.
  let group: Group
  /// Their positions among the judgement's rows, rising.
  let members: [Int]
}

extension PolicyJudgement {
  /// Everything, then by market, by market and side, by notional, by side, and in calm and stress.
  func rowGroups() -> [RowGroup] {
    let markets = Array(replay.markets.indices)
    func name(_ market: Int) -> String { replay.markets[market].market.text }
    let sides = LiquidationSide.allCases
    var groups = comparisonGroups()
    groups += markets.flatMap { market in
      sides.map { side in
        rowGroup("market-side", "\(name(market)) \(side.rawValue)") { $0.market == market && $0.side == side }
      }
    }
    groups += replay.notionals.enumerated().map { rung, notional in
      rowGroup("notional", Int(exactly: notional).map(String.init) ?? String(notional)) { $0.rung == rung }
    }
    groups += sides.map { side in rowGroup("side", side.rawValue) { $0.side == side } }
    groups += Regime.allCases.map { regime in rowGroup("regime", regime.rawValue) { $0.regime == regime } }
    return groups
  }

  /// Everything, then by market.
  func comparisonGroups() -> [RowGroup] {
    [rowGroup("all", "all") { _ in true }]
      + replay.markets.enumerated().map { index, market in
        rowGroup("market", market.market.text) { $0.market == index }
      }
  }

  private func rowGroup(_ kind: String, _ name: String, where isMember: (LossRow) -> Bool) -> RowGroup {
    RowGroup(group: Group(kind: kind, name: name), members: rows.indices.filter { isMember(rows[$0]) })
  }
}
