import Markets
import Sampling
import Testing

func levels(_ pairs: [(Double, Double)]) -> [BookLevel] {
  pairs.map { BookLevel(price: $0.0, size: $0.1) }
}

@Suite("Order books")
struct OrderBookTests {
  /// Mid 100; a bid each 0.5 below, an ask each 0.5 above.
  let book: OrderBook

  init() throws {
    book = try OrderBook(
      bids: levels([(99.5, 2), (99, 4), (98, 10)]), asks: levels([(100.5, 1), (101, 3), (103, 10)]))
  }

  @Test func quotes() {
    #expect(book.mid == 100)
    #expect(book.spread == 0.01)
    #expect(book.microprice == (99.5 * 1 + 100.5 * 2) / 3)
    #expect(book.condition == .normal)
  }

  @Test func depthIncludesItsEdge() {
    #expect(book.depth(within: 0.01, on: .sell) == 99.5 * 2 + 99 * 4)
    #expect(book.depth(within: 0.0099, on: .sell) == 99.5 * 2)
    #expect(book.depth(within: 0.01, on: .buy) == 100.5 + 303)
    #expect(book.depth(within: 0.001, on: .buy) == 0)
  }

  @Test func coverageIsTheLastVisibleLevel() {
    #expect(book.coverage(on: .sell) == 0.02)
    #expect(book.coverage(on: .buy) == 0.03)
  }

  @Test func aSweepWalksTheLevels() throws {
    // 5 units: 2 at 99.5, 3 at 99.
    let sweep = try #require(book.sweep(500, on: .sell, reach: 0.05))
    #expect(abs(sweep.price - (2 * 99.5 + 3 * 99) / 5) < 1e-12)
    #expect(abs(sweep.cost - (100 - sweep.price) / 100) < 1e-15)
    #expect(!sweep.isExhausted)
    #expect(!sweep.isCensored)
  }

  @Test func whatTheBookDoesNotHoldIsChargedTheReach() throws {
    // 20 units against 16; the visible book ends at 98, inside the reach of 95: the rest is unseen.
    let censored = try #require(book.sweep(2_000, on: .sell, reach: 0.05))
    #expect(abs(censored.price - (2 * 99.5 + 4 * 99 + 10 * 98 + 4 * 95) / 20) < 1e-12)
    #expect(censored.isExhausted)
    #expect(censored.isCensored)
    // A reach of 1.5 % ends before the visible book does: exhausted, and known to be.
    let known = try #require(book.sweep(2_000, on: .sell, reach: 0.015))
    #expect(known.isExhausted)
    #expect(!known.isCensored)
  }

  @Test func aBuySweepMirrorsASell() throws {
    let sweep = try #require(book.sweep(400, on: .buy, reach: 0.05))
    #expect(abs(sweep.price - (100.5 + 3 * 101) / 4) < 1e-12)
    #expect(abs(sweep.cost - (sweep.price - 100) / 100) < 1e-15)
  }

  @Test func sweepCostNeverFallsWithNotional() throws {
    var generator = SeededGenerator(seed: 5)
    for _ in 0..<500 {
      let book = try randomBook(&generator)
      for side in LiquidationSide.allCases {
        let costs = stride(from: 10.0, through: 5_000, by: 90).compactMap {
          book.sweep($0, on: side, reach: 0.05)?.cost
        }
        for (smaller, larger) in zip(costs, costs.dropFirst()) { #expect(larger >= smaller - 1e-12) }
        #expect(costs.allSatisfy { $0 <= 0.05 + 1e-12 })
      }
    }
  }

  @Test func conditions() throws {
    func condition(_ bids: [(Double, Double)], _ asks: [(Double, Double)]) throws -> BookCondition {
      try OrderBook(bids: levels(bids), asks: levels(asks)).condition
    }
    #expect(try condition([(99, 1)], [(99, 1)]) == .locked)
    #expect(try condition([(100, 1)], [(99, 1)]) == .crossed)
    #expect(try condition([(100, 1)], []) == .oneSided)
    #expect(try condition([], []) == .empty)
  }

  @Test func aOneSidedBookHasNoMidAndNoDepth() throws {
    let oneSided = try OrderBook(bids: levels([(99, 1)]), asks: [])
    #expect(oneSided.mid == nil)
    #expect(oneSided.depth(within: 0.01, on: .sell) == nil)
    #expect(oneSided.sweep(10, on: .sell, reach: 0.05) == nil)
    #expect(oneSided.coverage(on: .sell) == nil)
    #expect(oneSided.spread == nil)
    #expect(oneSided.microprice == nil)
  }

  @Test(arguments: [
    ([(0.0, 1.0)], OrderBookFault.Reason.price), ([(-1, 1)], .price), ([(.nan, 1)], .price), ([(.infinity, 1)], .price),
    ([(1, 0)], .size), ([(1, -1)], .size), ([(1, .nan)], .size), ([(2, 1), (2, 1)], .order),
    ([(1, 1), (2, 1)], .order),
  ])
  func levelsThatAreNoBookAreNamed(pairs: [(Double, Double)], reason: OrderBookFault.Reason) {
    let expected = OrderBookFault(field: .bids, level: pairs.count - 1, reason: reason)
    #expect(throws: expected) { try OrderBook(bids: levels(pairs), asks: []) }
  }
}

/// A valid book of up to 30 levels a side around 100.
func randomBook(_ generator: inout SeededGenerator) throws -> OrderBook {
  var bids: [BookLevel] = []
  var asks: [BookLevel] = []
  var bid = 100 - generator.uniform()
  var ask = 100 + generator.uniform()
  for _ in 0..<1 + generator.index(below: 30) {
    bids.append(BookLevel(price: bid, size: 0.1 + generator.uniform()))
    asks.append(BookLevel(price: ask, size: 0.1 + generator.uniform()))
    bid -= 0.01 + generator.uniform()
    ask += 0.01 + generator.uniform()
  }
  return try OrderBook(bids: bids, asks: asks)
}
