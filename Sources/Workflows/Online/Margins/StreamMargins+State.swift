package import Checkpoints
public import Margining
internal import Markets
public import ModelStore

extension StreamMargins {
  /// Goes on with another policy, model and accounts, all margins in force kept.
  ///
  /// - Throws: `SessionRefusal` when a market whose margins were recommended has other tiers or no schedule in the policy,
  ///   or is unknown to the model; all is then as before.
  public mutating func adopt(
    _ policy: MarginPolicy, model: ModelArtefact, accounts: Accounts? = nil
  ) throws(SessionRefusal) {
    let markets = Self.markets(model)
    for market in courses.keys.sorted() {
      guard let course = courses[market] else { continue }
      if !markets.contains(market) { throw SessionRefusal("the model does not know \(market), which has margins") }
      try Self.check(course, of: market, against: policy)
    }
    replace(policy: policy, markets: markets, accounts: accounts)
  }

  private static func check(
    _ course: MarginCourse, of market: MarketName, against policy: MarginPolicy
  ) throws(SessionRefusal) {
    guard let schedule = policy.schedule(of: market) else {
      throw SessionRefusal("the policy has no schedule for \(market), which has margins")
    }
    guard schedule.tiers.map(\.lowerBound) == course.bounds else {
      throw SessionRefusal("the tiers of \(market) are not those of the margins in force")
    }
  }
}

extension StreamMargins: Resumable {
  package mutating func exchange(with archive: inout StateArchive) throws(StateFault) {
    try archive.exchange(&state)
    try archive.exchange(&time)
    var markets = courses.keys.sorted()
    try archive.exchange(&markets)
    var kept = markets.compactMap { courses[$0] }
    try archive.exchange(&kept)
    guard archive.direction == .reading else { return }
    guard kept.count == markets.count, zip(markets, markets.dropFirst()).allSatisfy(<) else {
      throw StateFault("the markets of its recommendations are not in order")
    }
    courses = [:]
    for (market, course) in zip(markets, kept) {
      do {
        try Self.check(course, of: market, against: policy)
      } catch {
        throw StateFault(error.description)
      }
      for side in LiquidationSide.allCases where state.margins(of: market, side)?.count != course.bounds.count {
        throw StateFault("the margins of \(market) \(side.rawValue) are not those of its tiers")
      }
      courses[market] = course
    }
    replace(policy: policy, markets: self.markets, accounts: accounts)
  }
}
