import Margining
import Markets
import Testing

@Suite("The feedback guard")
struct FeedbackGuardTests {
  private let noon = instant(minutes: 720)
  /// 1.5 %, 2.5 % and 10 % of equity behind $100,000 each.
  private let three = [(100_000.0, 1_500.0), (100_000, 2_500), (100_000, 10_000)]

  @Test("A raise that forces out more than the limit is cut to the largest share that does not")
  func cut() throws {
    let ruling = try feedbackGuard().ruling(
      on: change(from: [0.01], to: [0.03]), published: nil, at: noon, accounts: accounts(three),
      persistentDepth: 1_000_000)
    #expect(ruling.outcome == .cut)
    #expect(ruling.limitUSD == 100_000)
    #expect(ruling.unguardedUSD == 200_000)
    #expect(ruling.forcedUSD == 100_000)
    // 20,000 parts times 0.750049 are 15,000.98; one share more makes 15,001, and the second account falls.
    #expect(ruling.shareParts == 750_049)
    #expect(try ruling.path.applied == [margin(0.025)])
  }

  @Test("The rest follows in equal steps, which end exactly where the raise does")
  func glide() throws {
    let path = try feedbackGuard().ruling(
      on: change(from: [0.01], to: [0.03]), published: nil, at: noon, accounts: accounts(three),
      persistentDepth: 1_000_000
    ).path
    #expect(path.steps.map(\.instant) == [6, 12, 18, 24].map { noon + .hours($0) })
    #expect(path.steps.map { $0.margins.map(\.partsPerMillion) } == [[26_250], [27_500], [28_750], [30_000]])
    #expect(try path.margins(at: noon + .hours(11)) == [margin(0.02625)])
    #expect(try path.target == [margin(0.03)])
    #expect(!path.isComplete(at: noon + .hours(23)) && path.isComplete(at: noon + .hours(24)))
  }

  @Test("A raise that the book absorbs passes whole")
  func whole() throws {
    let ruling = try feedbackGuard().ruling(
      on: change(from: [0.01], to: [0.03]), published: nil, at: noon, accounts: accounts(three),
      persistentDepth: 2_000_000)
    #expect(ruling.outcome == .whole && ruling.shareParts == 1_000_000)
    #expect(ruling.forcedUSD == 200_000)
    #expect(try ruling.path.applied == [margin(0.03)])
    #expect(ruling.path.steps.isEmpty)
  }

  @Test("Accounts that the margin in force does not cover are not the raise's doing")
  func alreadyBelow() throws {
    let ruling = try feedbackGuard().ruling(
      on: change(from: [0.01], to: [0.03]), published: nil, at: noon,
      accounts: accounts([(900_000, 8_999), (50_000, 600)]),
      persistentDepth: 1_000_000)
    #expect(ruling.outcome == .whole)
    #expect(ruling.unguardedUSD == 50_000)
  }

  @Test("Equity that just reaches the requirement covers it, in every tier")
  func edge() throws {
    // 50,000 at 1 % and 50,000 at 2 % ask for 1,500.
    let raise = try change(from: [0.005, 0.005], to: [0.01, 0.02])
    func forced(_ equity: Double) throws -> Double {
      try feedbackGuard().ruling(
        on: raise, published: nil, at: noon, accounts: accounts([(100_000, equity)]), persistentDepth: 1e9
      ).unguardedUSD
    }
    #expect(try forced(1_500) == 0)
    #expect(try forced(1_499.99) == 100_000)
  }

  @Test("A fall passes whole, whatever was announced")
  func fall() throws {
    let lowered = try feedbackGuard().ruling(
      on: change(from: [0.02, 0.04], to: [0.01, 0.03]), published: nil, at: noon, accounts: accounts(three),
      persistentDepth: 0)
    #expect(lowered.outcome == .noRaise)
    #expect(try lowered.path.applied == [margin(0.01), margin(0.03)])
    #expect(lowered.path.steps.isEmpty && lowered.forcedUSD == 0)
  }

  @Test("Where some tiers fall and others rise, the falls pass whole and the rises are cut")
  func mixed() throws {
    let ruling = try feedbackGuard().ruling(
      on: change(from: [0.02, 0.02], to: [0.01, 0.05]), published: nil, at: noon,
      accounts: accounts([(100_000, 2_100)]), persistentDepth: 0)
    // 50,000 at 1 % leave 1,600 for 50,000 of the second tier: 3.2 %.
    #expect(ruling.path.applied.map(\.partsPerMillion) == [10_000, 32_000])
    #expect(try ruling.path.target == [margin(0.01), margin(0.05)])
  }

  @Test("Without depth only what forces nobody out is applied at once", arguments: [0.0, -1, .nan])
  func noDepth(_ depth: Double) throws {
    let ruling = try feedbackGuard().ruling(
      on: change(from: [0.01], to: [0.03]), published: nil, at: noon, accounts: accounts(three), persistentDepth: depth)
    #expect(ruling.limitUSD == 0 && ruling.forcedUSD == 0)
    #expect(try ruling.path.applied == [margin(0.015)])
  }

  @Test("A path of fewer nanoseconds than steps still ends at the whole raise")
  func shortGlide() throws {
    let path = try feedbackGuard(glide: TimeSpan(nanoseconds: 3), steps: 1_000).ruling(
      on: change(from: [0.01], to: [0.03]), published: nil, at: noon, accounts: accounts(three), persistentDepth: 0
    ).path
    #expect(path.steps.last?.instant == noon + TimeSpan(nanoseconds: 3))
    #expect(zip(path.steps, path.steps.dropFirst()).allSatisfy { $0.instant < $1.instant })
    #expect(try path.target == [margin(0.03)])
  }

  @Test("Margins that do not fit the schedule are no change", arguments: [[0.01], [0.02, 0.01], []])
  func noChange(_ before: [Double]) throws {
    let after = [try margin(0.01), try margin(0.02)]
    #expect(try MarginChange(schedule: schedule([0.01, 0.02]), before: before.map(margin), after: after) == nil)
  }
}
