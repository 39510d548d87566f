internal import Backtesting

/// How margins answer a doubling of volatility in a made-up market, by policy.
struct StepTable {
  private let subject: PageSubject

  init(_ subject: PageSubject) {
    self.subject = subject
  }

  /// Writes the table, or why there is none.
  func write(_ page: inout PageMarkup) {
    let responses = subject.report.stepResponses ?? []
    if responses.isEmpty { return page.absence("No response to a step: no policy was run on a made-up market.") }
    let simulated = "SIMULATED"
    page.table(
      "how margins answer a doubling of volatility",
      from: subject.origin == simulated ? simulated : "\(simulated), beside a back-test that is \(subject.origin)",
      [
        "policy", "before, bp", "settles at, times before", "largest day, times before", "overshoot",
        "half of the rise after, h",
      ],
      responses.map { response in
        [
          .words(response.policy), .figure(PageWords.basisPoints(response.before)),
          .figure(Figures.decimal(response.plateau, 2)), .figure(Figures.decimal(response.peak, 2)),
          .figure(Figures.percent(response.overshoot, 0)), .figure(Figures.decimal(response.halfLifeHours, 1)),
        ]
      })
    page.paragraph(
      """
      The market is made up, so that the instant and the size of the step are known: means over markets, sides and paths. \
      Overshoot is how far the largest day goes beyond where the margin settles, as a share of the rise; a dash says that the \
      margin hardly rises. Short half-lives follow the market, and overshoot asks holders for money that is given back later.
      """)
  }
}
