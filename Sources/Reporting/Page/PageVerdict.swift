internal import Backtesting
internal import Markets
internal import Validation

/// What the back-test found, market by market, in plain sentences.
struct PageVerdict {
  private let subject: PageSubject

  init(_ subject: PageSubject) {
    self.subject = subject
  }

  /// The sentences about each market, and about all together where there is something to say.
  func parts() -> [(title: String, sentences: [String])] {
    let all = subject.markets.count > 1 ? ["all"] : []
    return (subject.markets.filter { $0 != "all" } + all).map { ($0 == "all" ? "All markets" : $0, sentences($0)) }
      .filter { !$0.sentences.isEmpty }
  }

  private func sentences(_ group: String) -> [String] {
    let tests = subject.ours.flatMap { policy in
      subject.report.policies[policy].tests.filter { $0.market.text == group }.map { sentence($0, policy) }
    }
    let compared = subject.ours.map(subject.name).flatMap { ours in
      [
        subject.bestComparison(in: group, ours: ours).map(marginSentence),
        subject.leastShortfall(in: group, ours: ours).map(shortfallSentence),
      ].compactMap(\.self)
    }
    return subject.ours.compactMap { coverage(of: $0, group) } + tests
      + (compared.isEmpty
        ? ["No competitor could be brought to the target coverage here, so none is beside ours."] : compared)
  }

  private func coverage(of policy: Int, _ group: String) -> String? {
    let figures = subject.report.policies[policy].groups.first {
      group == "all" ? $0.group.kind == "all" : $0.group.kind == "market" && $0.group.name == group
    }
    guard let figures else { return nil }
    let target = subject.report.setting.target
    guard let value = figures.coverage.value else {
      return "\(subject.name(policy)): no coverage, because no loss is known."
    }
    let inDoubt = (figures.coverage.low ?? value) <= target && target <= (figures.coverage.high ?? value)
    let verdict = value >= target ? "reached" : "missed"
    return """
      \(subject.name(policy)): coverage \(PageWords.percent(figures.coverage)) of \(Figures.count(figures.rows)) losses \
      against the target \(Figures.percent(target)): \(verdict)\(inDoubt ? ", but the interval holds the target" : "").
      """
  }

  private func sentence(_ tests: CoverageTests, _ policy: Int) -> String {
    """
    \(subject.name(policy)), \(Figures.count(tests.trials)) separate horizons with \(Figures.count(tests.exceedances)) \
    exceedances: Kupiec's test \(verdict(tests, "kupiec")), conditional coverage \
    \(verdict(tests, "conditional-coverage")); traffic light \(tests.trafficLight).
    """
  }

  private func verdict(_ tests: CoverageTests, _ name: String) -> String {
    guard let result = tests.results.first(where: { $0.test == name }) else { return "was not run" }
    let p = result.pValue == nil ? "" : " (p \(PageWords.probability(result.pValue).first == "<" ? "" : "= ")"
    let tail = result.pValue == nil ? "" : p + PageWords.probability(result.pValue) + ")"
    switch result.isRejected {
    case true: return "rejects it at 5 %\(tail)"
    case false: return "does not reject it at 5 %\(tail)"
    default: return "cannot tell"
    }
  }

  private func marginSentence(_ comparison: PolicyComparison) -> String {
    """
    At equal coverage the competitor with the smallest mean margin is \(comparison.competitor): \(comparison.ours) asks \
    \(PageWords.basisPoints(comparison.ourMarginAtTarget)) bp against \
    \(PageWords.basisPoints(comparison.theirMarginAtTarget)) bp, \(PageWords.saved(comparison.marginSaved)).
    """
  }

  private func shortfallSentence(_ comparison: PolicyComparison) -> String {
    """
    At equal mean margin the competitor with the least shortfall is \(comparison.competitor): \(comparison.ours) leaves \
    \(Figures.amount(comparison.ourShortfallUSD)) USD uncovered against \
    \(Figures.amount(comparison.theirShortfallUSD)) USD, \(PageWords.saved(comparison.shortfallSaved)).
    """
  }
}
