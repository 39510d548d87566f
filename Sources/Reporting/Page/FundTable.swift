internal import Backtesting
internal import Validation

/// What simulated accounts cost an insurance fund, by policy.
struct FundTable {
  private let subject: PageSubject

  init(_ subject: PageSubject) {
    self.subject = subject
  }

  /// Writes the table, or why there is none.
  func write(_ page: inout PageMarkup) {
    let draws = subject.report.fund
    if draws.isEmpty { return page.absence("No fund draw: no account was simulated.") }
    page.table(
      "simulated accounts and what they cost an insurance fund",
      [
        "policy", "accounts", "mean initial margin, bp", "liquidated by the price", "liquidated by a raise",
        "beyond their equity", "fund draw, USD", "draw per account, USD",
      ],
      draws.map { draw in
        [
          .words(draw.policy), .figure(Figures.count(draw.accounts)),
          .figure(PageWords.basisPoints(draw.meanInitialMargin)), .figure(Figures.count(draw.liquidations)),
          .figure(Figures.count(draw.liquidationsByRaise)), .figure(Figures.count(draw.draws)),
          .figure(PageWords.amount(draw.drawUSD)), .figure(Figures.decimal(perAccount(draw), 2)),
        ]
      })
    page.paragraph(
      """
      On each judged day one account opens in each market, side and size at the policy's initial margin and is followed to \
      the end of the next day. It is liquidated when its equity falls below the maintenance requirement; what it then loses \
      beyond its equity is drawn from the fund. Liquidated by a raise are those whose equity would still have met the \
      requirement of the day they opened. Square brackets are 95 % intervals over whole days. A policy with a higher initial \
      margin draws less and costs its clients more: read both columns together.
      """)
  }

  private func perAccount(_ draw: FundDraw) -> Double? {
    draw.accounts > 0 ? draw.drawUSD.value.map { $0 / Double(draw.accounts) } : nil
  }
}
