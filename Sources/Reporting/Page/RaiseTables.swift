internal import Backtesting
internal import Markets

/// The rises of the control chain's margins: the liquidity that would have done instead, and what they force.
struct RaiseTables {
  private let subject: PageSubject
  private var raises: [RaiseReport] { subject.report.raises }

  private static let most = 30
  private static let liquidityColumns = [
    "depth to cover, USD", "depth for equal risk, USD", "within, bp", "liquidity, USD a day", "raise, USD a day",
    "cheaper",
  ]

  init(_ subject: PageSubject) {
    self.subject = subject
  }

  /// Writes the raises beside the liquidity that would have done instead, or why there are none.
  func liquidity(_ page: inout PageMarkup) {
    if raises.isEmpty { return page.absence(absence) }
    page.list(summary)
    let shown = largest { $0.after - $0.before }
    let isWeighed = raises.contains { $0.injection != nil }
    page.table(
      "\(extent(shown.count)), at \(Figures.amount(subject.report.setting.headlineNotional)) USD",
      [
        "time", "market", "side", "from, bp", "to, bp", "decided by",
      ] + (isWeighed ? Self.liquidityColumns : []),
      shown.map { raise in
        place(raise) + [
          .figure(PageWords.basisPoints(raise.before)), .figure(PageWords.basisPoints(raise.after)),
          .words(raise.binding),
        ] + (isWeighed ? liquidity(raise.injection) : [])
      })
    if !isWeighed {
      return page.absence("No liquidity stands beside the raises: the policy names nothing to weigh them against.")
    }
    page.paragraph(
      """
      Depth to cover is what the book lacks of the notional that may have to be liquidated. Depth for equal risk is what, \
      added within the distance named, lowers the requirement by as much as the raise; a dash says that none does, because the \
      price alone asks for the raise, or that a cost is unknown.
      """)
  }

  /// Writes what raises force out of existing positions with and without the guard, or why nothing is known of it.
  func feedback(_ chart: PageChart?, _ page: inout PageMarkup) {
    let known = raises.filter { $0.feedback != nil }
    if raises.isEmpty { return page.absence("No feedback: no margin was raised, so none forced a liquidation.") }
    if known.isEmpty {
      return page.absence("No feedback: without a file of accounts nothing is known of what a raise liquidates.")
    }
    page.list(feedbackSummary(known))
    if let chart { page.figure(chart) }
    let shown = largest { $0.feedback?.unguarded.totalUSD ?? -1 }.filter { $0.feedback != nil }
    page.table(
      "what raises force, USD of notional: \(extent(shown.count, of: known.count))",
      [
        "time", "market", "side", "raise, bp", "at once, bp", "guard's limit", "whole raise: first round", "in all",
        "amplification", "impact, bp", "guarded: first round", "in all", "amplification", "impact, bp",
      ],
      shown.map { raise in
        place(raise) + [.figure(PageWords.basisPoints(raise.after - raise.before))]
          + (raise.feedback.map { figures in
            [
              .figure(PageWords.basisPoints(figures.appliedAtOnce - raise.before)),
              .figure(Figures.amount(figures.limitUSD)),
            ] + cascade(figures.unguarded) + cascade(figures.guarded)
          } ?? [])
      })
    page.paragraph(
      """
      First round: accounts that met the requirement before and do not after. In all: with those that the price impact of the \
      liquidations pulls down. The guard gives existing positions at once only so much of a raise as keeps the first round \
      within its limit; the rest follows along a published path, and new positions pay the whole raise from the start.
      """)
  }

  private var absence: String {
    subject.report.policies.contains { $0.policy == "policy" }
      ? "No raise: the control chain raised no margin in the judged time."
      : "No raise: no control chain was judged; only a policy has margins in force that can be raised."
  }

  private var summary: [String] {
    let rises = raises.map { $0.after - $0.before }.sorted()
    let cheaper = { (name: String) in raises.count { $0.injection?.cheaper == name } }
    let compared = cheaper("raise") + cheaper("injection")
    let middle = rises.isEmpty ? nil : rises[rises.count / 2]
    let costs =
      compared == 0
      ? "No raise could be compared with liquidity in cost: the policy names no costs, or positions are unknown."
      : """
      Of \(Figures.count(compared)) raises whose costs are known, liquidity would have been cheaper in \
      \(Figures.count(cheaper("injection"))) and the raise in \(Figures.count(cheaper("raise"))).
      """
    return [
      """
      The control chain raised a margin \(Figures.count(raises.count)) times, by \(PageWords.basisPoints(middle)) bp in the \
      middle and \(PageWords.basisPoints(rises.last)) bp at most.
      """, costs,
    ]
  }

  private func feedbackSummary(_ known: [RaiseReport]) -> [String] {
    let figures = known.compactMap(\.feedback)
    let cut = known.count { raise in raise.feedback.map { $0.appliedAtOnce < raise.after } ?? false }
    let words = { (name: String, cascades: [FeedbackFigures.Cascade]) in
      let worst = cascades.max { $0.totalUSD < $1.totalUSD }
      return """
        \(name): \(Figures.amount(cascades.map(\.firstRoundUSD).reduce(0, +))) USD in the first round and \
        \(Figures.amount(cascades.map(\.totalUSD).reduce(0, +))) USD in all over every raise; the worst one \
        \(Figures.amount(worst?.totalUSD)) USD, amplified \(Figures.decimal(worst?.amplification, 2)) times.
        """
    }
    return [
      "The guard cut \(Figures.count(cut)) of \(Figures.count(known.count)) raises.",
      words("Whole raise at once", figures.map(\.unguarded)), words("With the guard", figures.map(\.guarded)),
    ]
  }

  /// The largest raises by a measure, in time order.
  private func largest(by measure: (RaiseReport) -> Double) -> [RaiseReport] {
    let order = raises.indices.sorted { (measure(raises[$1]), $0) < (measure(raises[$0]), $1) }
    return order.prefix(Self.most).sorted().map { raises[$0] }
  }

  private func extent(_ shown: Int, of all: Int? = nil) -> String {
    let all = all ?? raises.count
    return shown == all
      ? "every one of \(Figures.count(all)) raises" : "the \(shown) largest of \(Figures.count(all)) raises"
  }

  private func place(_ raise: RaiseReport) -> [PageMarkup.Cell] {
    [.words("\(raise.time)"), .words(raise.market.text), .words(raise.side.rawValue)]
  }

  private func liquidity(_ figures: InjectionFigures?) -> [PageMarkup.Cell] {
    [
      .figure(Figures.amount(figures?.coverUSD)), .figure(Figures.amount(figures?.equalRiskUSD)),
      .figure(Figures.decimal(figures?.withinBasisPoints, 0)), .figure(Figures.amount(figures?.injectionCostPerDay)),
      .figure(Figures.amount(figures?.raiseCostPerDay)), .words(figures?.cheaper ?? Figures.absent),
    ]
  }

  private func cascade(_ cascade: FeedbackFigures.Cascade) -> [PageMarkup.Cell] {
    [
      .figure(Figures.amount(cascade.firstRoundUSD)), .figure(Figures.amount(cascade.totalUSD)),
      .figure(Figures.decimal(cascade.amplification, 2)), .figure(PageWords.basisPoints(cascade.priceImpact)),
    ]
  }
}
