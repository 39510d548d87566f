internal import Backtesting
internal import Markets

/// The tables of the page.
struct PageTables {
  private let subject: PageSubject
  private var report: BacktestReport { subject.report }

  init(_ subject: PageSubject) {
    self.subject = subject
  }

  /// Each policy over everything, and what it is.
  func policies(_ page: inout PageMarkup) {
    if report.policies.isEmpty { return page.absence("No policy was run, so there is nothing to judge.") }
    figures("all", "the policies over everything", &page)
    page.list(report.policies.map { "\($0.policy): \($0.summary)" })
    let kinds = [
      ("market", "by market"), ("market-side", "by market and side"), ("notional", "by size of position, USD"),
      ("market-notional", "by market and size of position, USD"),
      ("side", "by side"), ("regime", "in calm and in stress"),
    ]
    for (kind, words) in kinds { figures(kind, "the policies \(words)", &page) }
    page.paragraph(
      """
      Coverage is the share of losses within the margin; mean margin and mean loss above it are in basis points of \
      notional. Square brackets are 95 % intervals over whole days. The shortfall in USD is the sum that belongs to the \
      mean loss above margin, whose interval stands beside it.
      """)
  }

  private func figures(_ kind: String, _ caption: String, _ page: inout PageMarkup) {
    var seen: Set<Group> = []
    let groups = report.policies.flatMap(\.groups).map(\.group).filter { $0.kind == kind && seen.insert($0).inserted }
    let rows = groups.flatMap { group in
      report.policies.flatMap { policy in
        policy.groups.filter { $0.group == group }.map { figures -> [PageMarkup.Cell] in
          [
            .words(Self.name(of: group)), .words(policy.policy), .figure(Figures.count(figures.rows)),
            .figure(Figures.count(figures.exceedances)), .figure(PageWords.percent(figures.coverage)),
            .figure(PageWords.basisPoints(figures.meanMargin)),
            .figure(PageWords.basisPoints(figures.meanShortfall, 3)),
            .figure(Figures.amount(figures.shortfallUSD)),
          ]
        }
      }
    }
    if rows.isEmpty { return page.absence("No table of \(caption): the report has no figures of that kind.") }
    page.table(
      "\(caption), target \(Figures.percent(report.setting.target))",
      [
        "group", "policy", "losses", "above margin", "coverage, %", "mean margin, bp", "mean loss above margin, bp",
        "shortfall, USD",
      ], rows)
  }

  /// The group's name, with the digits of a size in groups of three.
  private static func name(of group: Group) -> String {
    let words = group.name.split(separator: " ", omittingEmptySubsequences: false)
    guard ["notional", "market-notional"].contains(group.kind), let size = words.last.flatMap({ Double($0) })
    else { return group.name }
    return (words.dropLast().map(String.init) + [Figures.amount(size)]).joined(separator: " ")
  }

  /// Each competitor beside ours.
  func comparisons(_ page: inout PageMarkup) {
    if report.comparisons.isEmpty {
      return page.absence("No comparison: no competitor was run, or none had a known loss beside ours.")
    }
    page.table(
      "competitors beside ours at equal coverage and at equal mean margin",
      [
        "group", "ours", "competitor", "our margin at target, bp", "theirs, bp", "margin saved, %",
        "our shortfall, USD", "theirs at our mean margin, USD", "shortfall saved, %",
      ],
      report.comparisons.map { comparison in
        [
          .words(comparison.group), .words(comparison.ours), .words(comparison.competitor),
          .figure(PageWords.basisPoints(comparison.ourMarginAtTarget)),
          .figure(PageWords.basisPoints(comparison.theirMarginAtTarget)),
          .figure(PageWords.percent(comparison.marginSaved, 1)), .figure(Figures.amount(comparison.ourShortfallUSD)),
          .figure(Figures.amount(comparison.theirShortfallUSD)),
          .figure(PageWords.percent(comparison.shortfallSaved, 1)),
        ]
      })
    page.paragraph(
      """
      At equal coverage both are multiplied by the constant that makes them reach the target; at equal margin the \
      competitor is multiplied until its mean margin is ours. A saving below zero means that ours is worse.
      """)
    scores(&page)
  }

  /// Each competitor's scores beside ours, as the margins are.
  private func scores(_ page: inout PageMarkup) {
    let scored = report.comparisons.filter { $0.pinball != nil || $0.tail != nil }
    if scored.isEmpty {
      return page.absence("No scores: no competitor's margins were scored day by day beside ours.")
    }
    page.table(
      "scores of the margins day by day, as they were asked; smaller is better",
      [
        "group", "ours", "competitor", "days", "pinball, ours, bp", "theirs, bp", "statistic", "p", "tail, ours",
        "theirs",
        "statistic", "p",
      ],
      scored.map { comparison in
        [
          .words(comparison.group), .words(comparison.ours), .words(comparison.competitor),
          .figure(Figures.count(comparison.pinball?.days ?? comparison.tail?.days ?? 0)),
          .figure(PageWords.basisPoints(comparison.pinball?.ours, 3)),
          .figure(PageWords.basisPoints(comparison.pinball?.theirs, 3)),
        ] + difference(comparison.pinball)
          + [
            .figure(Figures.decimal(comparison.tail?.ours, 4)), .figure(Figures.decimal(comparison.tail?.theirs, 4)),
          ] + difference(comparison.tail)
      })
    page.paragraph(
      """
      Pinball scores a margin as a quantile of the loss; the tail column is the score of Fissler and Ziegel, of the quantile \
      together with what is lost on average beyond it. The statistic is that of Diebold and Mariano, above zero where ours is \
      better; p is two-sided.
      """)
  }

  private func difference(_ scores: ScoreComparison?) -> [PageMarkup.Cell] {
    [.figure(Figures.signed(scores?.statistic, 2)), .figure(PageWords.probability(scores?.pValue))]
  }

  /// The tests of coverage, market by market.
  func tests(_ page: inout PageMarkup) {
    var seen: Set<String> = []
    let names = report.policies.flatMap(\.tests).flatMap(\.results).map(\.test).filter { seen.insert($0).inserted }
    let rows = subject.markets.flatMap { market in
      report.policies.flatMap { policy in
        policy.tests.filter { $0.market.text == market }.map { tests -> [PageMarkup.Cell] in
          [
            .words(market), .words(policy.policy), .figure(Figures.count(tests.trials)),
            .figure(Figures.count(tests.exceedances)), .words(tests.trafficLight),
          ] + names.map { name in .figure(Self.result(tests.results.first { $0.test == name })) }
        }
      }
    }
    if rows.isEmpty { return page.absence("No test of coverage: no market had separate horizons with a known loss.") }
    page.table(
      "tests of coverage on horizons that do not overlap, at the headline size",
      ["market", "policy", "trials", "exceedances", "traffic light"] + names.map { "\($0), p" }, rows)
    page.paragraph("Rejected at 5 % says that the losses contradict the policy; a dash means that a test cannot tell.")
  }

  private static func result(_ result: TestResult?) -> String {
    guard let result else { return Figures.absent }
    let p = result.pValue == nil ? Figures.decimal(result.statistic, 3) : PageWords.probability(result.pValue)
    switch result.isRejected {
    case true: return p + " rejected"
    case false: return p + " kept"
    default: return p
    }
  }

  /// How the margins moved.
  func procyclicality(_ page: inout PageMarkup) {
    let rows = subject.markets.flatMap { market in
      report.policies.flatMap { policy in
        policy.procyclicality.filter { $0.market.text == market }.map { figures -> [PageMarkup.Cell] in
          [
            .words(market), .words(policy.policy), .figure(Figures.decimal(figures.peakToTrough, 2)),
            .figure(PageWords.basisPoints(figures.rise1h)), .figure(PageWords.basisPoints(figures.rise1d)),
            .figure(PageWords.basisPoints(figures.rise5d)), .figure(PageWords.basisPoints(figures.rise30d)),
            .figure(Figures.decimal(figures.changesPerDay, 1)), .figure(Figures.amount(figures.marginCallUSD)),
          ]
        }
      }
    }
    if rows.isEmpty { return page.absence("No figures of procyclicality: no market had a series of margins.") }
    page.table(
      "how the margins moved, at the headline size, both sides' worst",
      [
        "market", "policy", "peak over trough", "largest rise in 1 h, bp", "in 1 d", "in 5 d", "in 30 d",
        "changes a day", "margin calls, USD",
      ], rows)
  }

  /// The worst stretches of time.
  func episodes(_ page: inout PageMarkup) {
    page.table(
      "the worst episodes: shortfall in USD at the headline size, by policy",
      ["", "market", "side", "from", "to", "worst loss, %"] + report.policies.map(\.policy),
      report.episodes.enumerated().map { index, episode in
        [
          .words("\(index + 1)"), .words(episode.market.text), .words(episode.side.rawValue),
          .words("\(episode.start)"), .words("\(episode.end)"), .figure(Figures.percent(episode.worstLoss)),
        ]
          + report.policies.indices.map { policy in
            .figure(Figures.amount(episode.shortfallUSD.indices.contains(policy) ? episode.shortfallUSD[policy] : nil))
          }
      })
  }
}
