import Margining
import Markets
import Sampling
import Testing

@Suite("Properties of the feedback guard")
struct FeedbackGuardPropertyTests {
  @Test("What is applied and what is announced make up the whole raise, part by part")
  func conservation() throws {
    var generator = SeededGenerator(seed: 41)
    var outcomes: Set<GuardRuling.Outcome> = []
    for _ in 0..<400 {
      let count = 1 + generator.index(below: 4)
      let change = try #require(
        MarginChange(
          schedule: schedule((1...count).map { Double($0) / 100 }), before: generator.ladder(count: count),
          after: generator.ladder(count: count)))
      let ruling = try feedbackGuard(steps: 1 + generator.index(below: 9)).ruling(
        on: change, published: nil, at: instant(minutes: 0), accounts: generator.accounts(.sell, count: 30),
        persistentDepth: generator.uniform() * 1e8)
      outcomes.insert(ruling.outcome)

      let ladder = [ruling.path.applied] + ruling.path.steps.map(\.margins)
      for tier in 0..<count {
        let level = ladder.map { $0[tier].partsPerMillion }
        let increments = zip(level.dropFirst(), level).map { $0 - $1 }
        #expect(increments.allSatisfy { $0 >= 0 })
        #expect(level[0] + increments.reduce(0, +) == change.after[tier].partsPerMillion)
        #expect(level[0] >= min(change.before[tier], change.after[tier]).partsPerMillion)
      }
      for margins in ladder { #expect(zip(margins, margins.dropFirst()).allSatisfy(<=)) }
      #expect(ruling.forcedUSD <= ruling.limitUSD)
    }
    #expect(outcomes == [.noRaise, .whole, .cut])
  }

  /// The notional that margins force out, by the requirement as the schedule has it.
  private func forced(_ margins: [MarginFraction], _ change: MarginChange, _ accounts: [Account]) throws -> Double {
    let (held, wanted) = (
      try change.schedule.replacing(rates: change.before), try change.schedule.replacing(rates: margins)
    )
    return try accounts.reduce(0) { sum, account in
      let old = try #require(held.maintenance(ofNotional: account.notional))
      let new = try #require(wanted.maintenance(ofNotional: account.notional))
      return sum + (account.equity >= old && account.equity < new ? account.notional : 0)
    }
  }

  @Test("The share is the largest: one part per million more forces out more than the limit")
  func largest() throws {
    var generator = SeededGenerator(seed: 42)
    var cuts = 0
    for _ in 0..<300 {
      let before = generator.ladder(count: 3)
      let after = before.map { min(.full, MarginFraction(partsPerMillion: $0.partsPerMillion + 60_000) ?? .full) }
      let change = try #require(
        MarginChange(schedule: schedule([0.01, 0.02, 0.03]), before: before, after: after))
      let accounts = try generator.accounts(.buy, count: 40)
      let ruling = try feedbackGuard().ruling(
        on: change, published: nil, at: instant(minutes: 0), accounts: accounts,
        persistentDepth: generator.uniform() * 1e8)
      #expect(try forced(ruling.path.applied, change, accounts) == ruling.forcedUSD)
      #expect(try forced(after, change, accounts) == ruling.unguardedUSD)
      guard ruling.outcome == .cut else { continue }
      cuts += 1
      let more = zip(before, after).compactMap { old, new in
        MarginFraction(
          partsPerMillion: old.partsPerMillion + (new.partsPerMillion - old.partsPerMillion)
            * (ruling.shareParts + 1) / 1_000_000)
      }
      #expect(try forced(more, change, accounts) > ruling.limitUSD)
    }
    #expect(cuts > 50)
  }

  @Test(
    "However often it is asked, at once it forces out no more than the limit in each interval, and the path leads on")
  func sequences() throws {
    var generator = SeededGenerator(seed: 43)
    let feedbackGuard = try feedbackGuard(glide: .hours(8), steps: 4)
    for _ in 0..<20 {
      let schedule = try schedule([0.01, 0.02])
      var accounts = try generator.accounts(.sell, count: 60)
      var path: GlidePath?
      var standing = schedule.rates
      var wanted = schedule.rates
      var forcedSince: [Timestamp: Double] = [:]
      for step in 0..<200 {
        let time = instant(minutes: 10 * step)
        if generator.happens(withProbability: 0.2) { wanted = generator.ladder(count: 2) }
        standing = path?.margins(at: time) ?? standing
        let change = try #require(MarginChange(schedule: schedule, before: standing, after: wanted))
        let ruling = feedbackGuard.ruling(
          on: change, published: path, at: time, accounts: accounts, persistentDepth: 5e6)
        #expect(ruling.path.target == wanted)
        forcedSince[ruling.path.start, default: 0] += ruling.forcedUSD
        let left = try schedule.replacing(rates: ruling.path.margins(at: time))
        accounts.removeAll { $0.equity < left.maintenance(ofNotional: $0.notional) ?? 0 }
        path = ruling.path
      }
      #expect(forcedSince.values.allSatisfy { $0 <= 500_000 })
      let starts = forcedSince.keys.sorted()
      #expect(zip(starts, starts.dropFirst()).allSatisfy { $1 - $0 >= .hours(2) })
    }
  }

  @Test("What is wanted for long enough is reached, even where the last bit of it keeps rising")
  func arrival() throws {
    let feedbackGuard = try feedbackGuard(glide: .hours(8), steps: 4)
    let accounts = try accounts([(1_000_000, 10_000)])
    var path: GlidePath?
    var standing = [try margin(0.01)]
    for step in 0..<100 {
      let time = instant(minutes: 10 * step)
      standing = path?.margins(at: time) ?? standing
      let wanted = try margin(0.03 + Double(step) * 1e-6)
      let change = try #require(MarginChange(schedule: schedule([0.03]), before: standing, after: [wanted]))
      path =
        feedbackGuard.ruling(on: change, published: path, at: time, accounts: accounts, persistentDepth: 1_000)
        .path
    }
    #expect(standing[0].fraction > 0.0299)
  }
}
