import Margining
import Markets
import Sampling
import Testing

@Suite("Liquidation cascades")
struct LiquidationCascadeTests {
  private func book(_ depth: Double) throws -> LinearBook {
    try #require(LinearBook(depth: depth, within: BasisPoints(100)))
  }

  @Test("Longs: the first account's sale pulls down the second, both the third, and the fourth survives")
  func longs() throws {
    // Margin 2 % is broken at a price of (N − E) / 0.98 N: 0.459 % down for the second account, 0.646 % for the third,
    // 1.53 % for the fourth. 500,000 move the price by 0.5 %, 700,000 by 0.7 %, 1,000,000 by 1 %.
    let accounts = try accounts([(500_000, 7_500), (200_000, 4_900), (300_000, 7_900), (100_000, 3_500)])
    let cascade = LiquidationCascade(
      of: try change(from: [0.01], to: [0.02]), accounts: accounts, book: try book(1_000_000))
    #expect(cascade.firstRoundAccounts == 1 && cascade.firstRoundUSD == 500_000)
    #expect(cascade.totalAccounts == 3 && cascade.totalUSD == 1_000_000)
    #expect(cascade.priceImpact == 0.01)
    #expect(cascade.amplification == 2)
  }

  @Test("Shorts: a rise of the price takes equity and adds requirement")
  func shorts() throws {
    // (N + E) / 1.02 N: 200,000 with 5,000 behind them break at 0.4902 % up, with 5,050 at 0.5147 %.
    let raise = try change(from: [0.01], to: [0.02])
    let falls = LiquidationCascade(
      of: raise, accounts: try accounts([(500_000, 7_500), (200_000, 5_000)], on: .buy), book: try book(1_000_000))
    #expect(falls.totalUSD == 700_000)
    let holds = LiquidationCascade(
      of: raise, accounts: try accounts([(500_000, 7_500), (200_000, 5_050)], on: .buy), book: try book(1_000_000))
    #expect(holds.totalUSD == 500_000 && holds.amplification == 1)
  }

  @Test("A raise that liquidates nobody sets nothing off")
  func quiet() throws {
    let cascade = LiquidationCascade(
      of: try change(from: [0.01], to: [0.02]), accounts: try accounts([(500_000, 4_000), (500_000, 10_000)]),
      book: try book(0))
    #expect(cascade.totalAccounts == 0 && cascade.totalUSD == 0 && cascade.priceImpact == 0)
    #expect(cascade.amplification == nil)
  }

  @Test("Without depth the price goes all the way, and with it every account that owes something")
  func noDepth() throws {
    let cascade = LiquidationCascade(
      of: try change(from: [0.01], to: [0.02]),
      accounts: try accounts([(100, 1.5), (100_000, 99_000), (100_000, 100_000)]),
      book: try book(0))
    #expect(cascade.priceImpact == 1)
    #expect(cascade.totalAccounts == 2)
  }

  @Test("A margin of the whole notional is broken by any fall for whoever owes something")
  func wholeNotional() throws {
    let cascade = LiquidationCascade(
      of: try change(from: [0.01], to: [1]), accounts: try accounts([(10, 5), (100_000, 100_000)]), book: try book(1e9))
    #expect(cascade.totalAccounts == 1)
  }

  @Test("A book needs depth that is a number and a band above zero")
  func books() {
    #expect(LinearBook(depth: -1, within: BasisPoints(100)) == nil)
    #expect(LinearBook(depth: .infinity, within: BasisPoints(100)) == nil)
    #expect(LinearBook(depth: 1, within: BasisPoints(0)) == nil)
  }

  /// Round by round, with each account's equity and requirement at the price of the round before.
  private func rounds(_ change: MarginChange, _ accounts: [Account], _ book: LinearBook) throws -> Double {
    let (held, wanted) = (
      try change.schedule.replacing(rates: change.before), try change.schedule.replacing(rates: change.after)
    )
    var standing = try accounts.filter { $0.equity >= (try #require(held.maintenance(ofNotional: $0.notional))) }
    var volume = 0.0
    while true {
      let move = book.impact(ofVolume: volume)
      let fallen = try standing.filter { account in
        let notional = account.notional * (1 - account.side.sign * move)
        return account.equity - account.notional * move < (try #require(wanted.maintenance(ofNotional: notional)))
      }
      if fallen.isEmpty { return volume }
      volume += fallen.reduce(0) { $0 + $1.notional }
      standing.removeAll { account in fallen.contains(account) }
    }
  }

  @Test("Equal to going round by round", arguments: LiquidationSide.allCases)
  func slowTwin(_ side: LiquidationSide) throws {
    var generator = SeededGenerator(seed: 44)
    var amplified = 0
    for _ in 0..<300 {
      let before = generator.ladder(count: 3)
      let after = before.compactMap { MarginFraction(partsPerMillion: $0.partsPerMillion + 5_000) }
      let change = try #require(
        MarginChange(schedule: schedule([0.01, 0.02, 0.03]), before: before, after: after))
      let accounts = try generator.accounts(side, count: 40)
      let book = try book(generator.uniform() * 1e7)
      let cascade = LiquidationCascade(of: change, accounts: accounts, book: book)
      #expect(try cascade.totalUSD == rounds(change, accounts, book))
      if let factor = cascade.amplification, factor > 1 { amplified += 1 }
    }
    #expect(amplified > 50)
  }
}
