internal import Backtesting
internal import Markets
internal import Validation

/// The tables of a back-test's figures.
struct BacktestTables {
  let report: BacktestReport

  init(_ report: BacktestReport) {
    self.report = report
  }

  /// Every table under its title, in the order of reading; tables by size only where there are several.
  var sections: [(title: String, table: TextTable)] {
    var sections: [(title: String, table: TextTable)] = [
      ("policies over everything", policies(of: "all")), ("policies by market", policies(of: "market")),
      ("policies in calm and in stress", policies(of: "regime")),
    ]
    if report.setting.notionals.count > 1 {
      sections += [
        ("policies by size of position, USD", policies(of: "notional")),
        ("policies by market and size of position, USD", policies(of: "market-notional")),
      ]
    }
    return sections + [
      ("coverage on horizons that do not overlap, tests at 5 %", tests),
      ("beside ours, at equal coverage and at equal mean margin", comparisons),
      ("scores of unscaled margins, smaller is better, with p-values of equal scores", scores),
      ("how margins moved", movements), ("what simulated accounts cost the insurance fund", fund),
      (raisesTitle, raises), ("answers to a doubling of volatility in a made-up market", stepResponses),
    ]
  }

  private func policies(of kind: String) -> TextTable {
    var table = TextTable([
      ("rows", .left), ("policy", .left), ("count", .right), ("coverage", .right), ("mean margin", .right),
      ("mean shortfall", .right), ("shortfall USD", .right),
    ])
    let names = report.policies.first?.groups.filter { $0.group.kind == kind }.map(\.group.name) ?? []
    for name in names {
      for policy in report.policies {
        guard let figures = policy.groups.first(where: { $0.group.kind == kind && $0.group.name == name }) else {
          continue
        }
        table.append([
          name, policy.policy, Figures.count(figures.rows),
          Figures.interval(figures.coverage, scale: 100, places: 2, unit: " %"),
          Figures.interval(figures.meanMargin, scale: 1e4, places: 1),
          Figures.interval(figures.meanShortfall, scale: 1e4, places: 2), Figures.amount(figures.shortfallUSD),
        ])
      }
    }
    return table
  }

  private var tests: TextTable {
    let names = report.policies.first?.tests.first?.results.map(\.test) ?? []
    var table = TextTable(
      [("market", .left), ("policy", .left), ("trials", .right), ("exceeded", .right)]
        + names.map { ($0, TextTable.Alignment.left) } + [("Basel", .left)])
    for market in report.policies.first?.tests.map(\.market) ?? [] {
      for policy in report.policies {
        guard let tests = policy.tests.first(where: { $0.market == market }) else { continue }
        table.append(
          [market.text, policy.policy, Figures.count(tests.trials), Figures.count(tests.exceedances)]
            + tests.results.map(Self.verdict) + [tests.trafficLight])
      }
    }
    return table
  }

  private var comparisons: TextTable {
    var table = TextTable([
      ("rows", .left), ("ours", .left), ("theirs", .left), ("margin, ours", .right), ("theirs", .right),
      ("margin saved", .right), ("shortfall USD, ours", .right), ("theirs", .right), ("shortfall saved", .right),
    ])
    for pair in report.comparisons {
      table.append([
        pair.group, pair.ours, pair.competitor, Figures.decimal(pair.ourMarginAtTarget.map { $0 * 1e4 }, 1),
        Figures.decimal(pair.theirMarginAtTarget.map { $0 * 1e4 }, 1),
        Figures.interval(pair.marginSaved, scale: 100, places: 1, unit: " %"), Figures.amount(pair.ourShortfallUSD),
        Figures.amount(pair.theirShortfallUSD),
        Figures.interval(pair.shortfallSaved, scale: 100, places: 1, unit: " %"),
      ])
    }
    return table
  }

  /// Pinball losses in basis points of notional, and Fissler and Ziegel's scores, which have no unit.
  private var scores: TextTable {
    var table = TextTable([
      ("rows", .left), ("ours", .left), ("theirs", .left), ("days", .right), ("pinball, ours", .right),
      ("theirs", .right), ("p", .right), ("tail score, ours", .right), ("theirs", .right), ("p", .right),
    ])
    for pair in report.comparisons {
      table.append(
        [pair.group, pair.ours, pair.competitor, Figures.count(pair.pinball?.days ?? 0)]
          + Self.cells(pair.pinball, scale: 1e4) + Self.cells(pair.tail, scale: 1))
    }
    return table
  }

  private static func cells(_ scores: ScoreComparison?, scale: Double) -> [String] {
    [
      Figures.decimal(scores.map { $0.ours * scale }, 3), Figures.decimal(scores.map { $0.theirs * scale }, 3),
      Figures.decimal(scores?.pValue, 3),
    ]
  }

  private var movements: TextTable {
    var table = TextTable([
      ("market", .left), ("policy", .left), ("peak / trough", .right), ("rise 1 h", .right), ("1 d", .right),
      ("5 d", .right), ("30 d", .right), ("changes a day", .right), ("margin calls USD", .right),
    ])
    for market in report.policies.first?.procyclicality.map(\.market) ?? [] {
      for policy in report.policies {
        guard let moves = policy.procyclicality.first(where: { $0.market == market }) else { continue }
        let rises = [moves.rise1h, moves.rise1d, moves.rise5d, moves.rise30d]
        table.append(
          [market.text, policy.policy, Figures.decimal(moves.peakToTrough, 1)]
            + rises.map { Figures.decimal($0 * 1e4, 1) }
            + [Figures.decimal(moves.changesPerDay, 1), Figures.amount(moves.marginCallUSD)])
      }
    }
    return table
  }

  /// A test's p-value with its verdict.
  private static func verdict(_ result: TestResult) -> String {
    guard let pValue = result.pValue, let isRejected = result.isRejected else { return Figures.absent }
    return Figures.decimal(pValue, 3) + (isRejected ? " rejected" : "")
  }
}
