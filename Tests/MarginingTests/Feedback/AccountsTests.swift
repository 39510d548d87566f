import Margining
import Markets
import Testing

@Suite("Accounts")
struct AccountsTests {
  @Test("They are found by market and side, in the order given")
  func grouping() throws {
    let all = try [
      account(1, notional: 10, equity: 1), account(2, .buy, notional: 20, equity: 2),
      account(3, notional: 30, equity: 3),
    ]
    let accounts = Accounts(all)
    #expect(accounts.all == all)
    #expect(try accounts[name("X"), .sell] == [all[0], all[2]])
    #expect(try accounts[name("Y"), .sell].isEmpty)
    #expect(try accounts.openNotional(name("X"), .sell) == 40 && accounts.openNotional(name("X"), .buy) == 20)
  }

  @Test("A move liquidates those whose liquidation price it passes, and those that are below their requirement")
  func liquidatable() throws {
    // At 1 % a long of 1,000 with 30 behind it breaks at (1,000 − 30) / 0.99 = 979.8, with 5 it is broken as it stands.
    let accounts = Accounts(try accounts([(1_000, 30), (500, 5), (200, 1)]))
    func notional(_ move: Double) throws -> Double {
      try accounts.liquidatableNotional(name("X"), .sell, under: schedule([0.01]), afterMove: move)
    }
    #expect(try notional(0) == 200)
    #expect(try notional(0.0001) == 700)
    #expect(try notional(0.0202) == 700)
    #expect(try notional(0.0203) == 1_700)
  }

  @Test(
    "Values that no account has are refused",
    arguments: [(0.0, 1.0), (-1, 1), (.nan, 1), (.infinity, 1), (2e15, 1), (1, .nan), (1, -2e15), (1, .infinity)])
  func refused(_ notional: Double, _ equity: Double) throws {
    #expect(Account(id: "a", market: try name("X"), side: .sell, notional: notional, equity: equity) == nil)
    #expect(Account(id: "", market: try name("X"), side: .sell, notional: 1, equity: 1) == nil)
  }
}
