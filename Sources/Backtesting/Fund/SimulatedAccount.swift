import Markets

/// One position of one market's side and size, opened at a judged point with the initial margin and nothing more.
struct SimulatedAccount: Sendable {
  /// The side on which the position is closed out.
  let side: LiquidationSide
  /// The position of the size among the replay's.
  let rung: Int
  /// The judged point at which it was opened.
  let opened: Int
}

/// How an account ended.
enum AccountEnd: Hashable, Sendable {
  /// It was never below its requirement.
  case survived
  /// It was liquidated, and the fund paid so much in quote currency, at least 0.
  case liquidated(LiquidationCause, draw: Double)
}

/// Why an account was liquidated.
enum LiquidationCause: Hashable, Sendable {
  /// Its equity was below the margin of its opening as well.
  case price
  /// Its equity would have met the margin of its opening.
  case raise
}

/// Follows accounts through one market under one policy.
struct AccountMarket: Sendable {
  /// The time from the start of the day of opening for which an account is followed.
  static let followedDays = 2

  let replay: Replay
  let index: Int
  let path: NamedPath
  private let costs: SweepCosts

  init(_ replay: Replay, market index: Int, path: NamedPath) {
    self.replay = replay
    self.index = index
    self.path = path
    costs = SweepCosts(of: replay.markets[index], in: replay)
  }

  /// The first judged point of each UTC day.
  var openings: [Int] {
    var day: Int?
    return replay.markets[index].judged.compactMap { position in
      let market = replay.markets[index]
      let ofPoint = market.points[position].time.day
      if ofPoint == day { return nil }
      day = ofPoint
      return position - market.judgedStart
    }
  }

  /// The initial margin that an account puts up, as a fraction of its opening notional.
  func deposit(of account: SimulatedAccount) -> Double {
    path.initialMargin(ofMarket: index, side: account.side, point: account.opened, rung: account.rung)
  }

  /// Follows an account to the end of the day after its opening.
  ///
  /// Where the recording ends at the snapshot of the liquidation, that snapshot executes it. Fees are left out.
  func end(of account: SimulatedAccount) -> AccountEnd {
    let market = replay.markets[index]
    let openedAt = market.judgedStart + account.opened
    let lastDay = market.points[openedAt].time.day + Self.followedDays
    for position in (openedAt + 1)..<max(openedAt + 1, market.points.count) {
      if market.points[position].time.day >= lastDay { break }
      let worth = value(of: account, at: position)
      let equity = equity(of: account, atValue: worth)
      if equity >= margin(of: account, at: position - market.judgedStart) * worth { continue }
      let cause: LiquidationCause = equity < margin(of: account, at: account.opened) * worth ? .price : .raise
      return .liquidated(cause, draw: draw(on: account, at: min(position + 1, market.points.count - 1)))
    }
    return .survived
  }

  private func margin(of account: SimulatedAccount, at point: Int) -> Double {
    path.margin(ofMarket: index, side: account.side, point: point, rung: account.rung)
  }

  /// The position's notional over that of its opening.
  private func value(of account: SimulatedAccount, at position: Int) -> Double {
    let market = replay.markets[index]
    return market.points[position].mid / market.points[market.judgedStart + account.opened].mid
  }

  /// The equity over the notional of the opening.
  private func equity(of account: SimulatedAccount, atValue value: Double) -> Double {
    deposit(of: account) + account.side.sign * (value - 1)
  }

  /// What the fund pays when the position is executed at a snapshot, in quote currency.
  private func draw(on account: SimulatedAccount, at position: Int) -> Double {
    let value = value(of: account, at: position)
    let cost = costs.cost(at: position, account.side, size: account.rung) * value
    return max(0, cost - equity(of: account, atValue: value)) * replay.notionals[account.rung]
  }
}
