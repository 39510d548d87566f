import Markets
import Sampling
import Testing
import VenueFeeds

@Suite("Rebuilt book")
struct BookTests {
  private let market = MarketName("ABC")

  private func update(_ kind: BookUpdate.Kind, _ numbers: SequenceNumbers = SequenceNumbers()) throws -> BookUpdate {
    var update = BookUpdate(kind, of: try #require(market), at: Timestamp(nanoseconds: 0))
    update.numbers = numbers
    return update
  }

  @Test func randomChangesGiveTheBookOfADictionary() throws {
    var generator = SeededGenerator(seed: 5)
    for rounds in 0..<50 {
      var book = DeltaBook(rule: .none)
      var bids: [Double: Double] = [:]
      var asks: [Double: Double] = [:]
      #expect(book.apply(try update(.snapshot)) == .changed)
      for _ in 0..<(rounds * 20) {
        var change = try update(.delta)
        let price = Double(1 + generator.index(below: 60)) / 4
        let size = Double(generator.index(below: 3))
        if generator.happens(withProbability: 0.5) {
          change.bids = [LevelChange(price: price, size: size)]
          bids[price] = size == 0 ? nil : size
        } else {
          change.asks = [LevelChange(price: price, size: size)]
          asks[price] = size == 0 ? nil : size
        }
        #expect(book.apply(change) == .changed)
        let expected = try OrderBook(
          bids: bids.keys.sorted(by: >).prefix(20).map { BookLevel(price: $0, size: bids[$0] ?? 0) },
          asks: asks.keys.sorted().prefix(20).map { BookLevel(price: $0, size: asks[$0] ?? 0) })
        #expect(try book.book(levels: 20) == expected)
      }
    }
  }

  @Test func aSnapshotInAnyOrderIsSorted() throws {
    var snapshot = try update(.snapshot)
    snapshot.bids = [2, 5, 3, 4].map { LevelChange(price: $0, size: 1) }
    snapshot.asks = [9, 7, 8].map { LevelChange(price: $0, size: 1) } + [LevelChange(price: 6, size: 0)]
    var book = DeltaBook(rule: .none)
    #expect(book.apply(snapshot) == .changed)
    #expect(try book.book(levels: 3).bids.map(\.price) == [5, 4, 3])
    #expect(try book.book(levels: 3).asks.map(\.price) == [7, 8, 9])
  }

  @Test func aPriceTwiceInASnapshotIsRefused() throws {
    var snapshot = try update(.snapshot)
    snapshot.bids = [2, 5, 2].map { LevelChange(price: $0, size: 1) }
    var book = DeltaBook(rule: .none)
    #expect(book.apply(snapshot) == .repeatedPrice)
    #expect(!book.isValid)
  }

  @Test func theWorstLevelsBeyondTheCapacityAreDropped() throws {
    var snapshot = try update(.snapshot)
    snapshot.asks = (1...(DeltaBook.capacity + 10)).map { LevelChange(price: Double($0), size: 1) }
    var book = DeltaBook(rule: .none)
    #expect(book.apply(snapshot) == .changed)
    #expect(book.asks.levels.count == DeltaBook.capacity)
    #expect(try book.book(levels: 1).asks.first?.price == 1)
  }

  @Test func anInvalidBookSaysSoOnce() throws {
    var book = DeltaBook(rule: .consecutive)
    #expect(book.apply(try update(.delta, SequenceNumbers(last: 1))) == .invalid(.awaitingSnapshot))
    #expect(book.apply(try update(.delta, SequenceNumbers(last: 2))) == .unchanged)
    #expect(book.apply(try update(.snapshot, SequenceNumbers(last: 7))) == .changed)
    #expect(book.number == 7)
    #expect(book.apply(try update(.delta, SequenceNumbers(last: 9))) == .invalid(.gap(expected: 8, found: 9)))
    #expect(book.number == nil)
    #expect(book.apply(try update(.delta, SequenceNumbers(last: 10))) == .unchanged)
  }

  @Test func contractsBecomeBaseUnits() throws {
    var snapshot = try update(.snapshot)
    snapshot.bids = [LevelChange(price: 50, size: 1_000)]
    var book = DeltaBook(rule: .none)
    #expect(book.apply(snapshot) == .changed)
    #expect(try book.book(levels: 1, unit: .base(0.01)).bids.first?.size == 10)
    #expect(try book.book(levels: 1, unit: .quote(1)).bids.first?.size == 20)
  }

  @Test(arguments: [
    (ContractUnit.quote(110), 30.0, 7 * 110 / 10.1, "open-interest-value 440000.0"),
    (.base(0.5), 1.5, 3.5, "open-interest 2000.0"),
  ])
  func contractsOfReportsBecomeBaseUnitsToo(
    unit: ContractUnit, traded: Double, liquidated: Double, interest: String
  ) throws {
    var configuration = VenueFeed.Configuration()
    configuration.contracts[try #require(MarketName("ABCUSD"))] = unit
    var feed = VenueFeed(.bitmex, configuration: configuration)
    let events = SampleLines.bitmex.flatMap { feed.read(Array($0.utf8)) }
    #expect(events.trades.map(\.size) == [traded])
    #expect(events.liquidations.map(\.size) == [liquidated])
    #expect(events.figures == ["mark-price 10.8", interest])
    #expect(events.compactMap(\.report).count == 4)
  }
}

@Suite("Sequence rules")
struct SequenceRuleTests {
  private func state(_ rule: SequenceRule, at number: Int64) -> SequenceState {
    var state = SequenceState(rule)
    state.restart(at: number)
    return state
  }

  @Test func rangesMustReachTheBooksNumber() {
    var state = state(.ranges, at: 10)
    #expect(state.judge(SequenceNumbers(first: 5, last: 10)) == .old)
    #expect(state.judge(SequenceNumbers(first: 9, last: 12)) == .next)
    #expect(state.judge(SequenceNumbers(first: 14, last: 15)) == .gap(expected: 13, found: 14))
    #expect(state.judge(SequenceNumbers(first: 13, last: 15)) == .next)
    #expect(state.judge(SequenceNumbers(last: 16)) == .unnumbered(field: "first number"))
  }

  @Test func growingLinksMayCoverTheSnapshotOnce() {
    var state = state(.growingLinks, at: 10)
    #expect(state.judge(SequenceNumbers(first: 5, last: 9, previous: 4)) == .old)
    #expect(state.judge(SequenceNumbers(first: 8, last: 12, previous: 7)) == .next)
    #expect(state.judge(SequenceNumbers(first: 12, last: 14, previous: 11)) == .gap(expected: 12, found: 11))
    #expect(state.judge(SequenceNumbers(first: 13, last: 14, previous: 12)) == .next)
    #expect(state.judge(SequenceNumbers(first: 13, last: 14, previous: 12)) == .old)
  }

  @Test func linksMayFallBack() {
    var state = state(.links, at: 10)
    #expect(state.judge(SequenceNumbers(last: 15, previous: 10)) == .next)
    #expect(state.judge(SequenceNumbers(last: 15, previous: 10)) == .old)
    #expect(state.judge(SequenceNumbers(last: 15, previous: 15)) == .next)
    #expect(state.judge(SequenceNumbers(last: 3, previous: 15)) == .next)
    #expect(state.judge(SequenceNumbers(last: 17, previous: 15)) == .gap(expected: 3, found: 15))
  }

  @Test func numbersAtTheEndOfTheRangeDoNotTrap() {
    for rule in [SequenceRule.none, .consecutive, .ranges, .growingLinks, .links] {
      var state = state(rule, at: .max)
      for number in [Int64.min, -1, 0, .max] {
        _ = state.judge(SequenceNumbers(first: number, last: number, previous: number))
      }
      #expect(state.number != nil)
    }
    var connection = ConnectionState()
    for number in [Int64.max, .min, 0, .max, -5, .min, .max] {
      _ = connection.lost(at: ConnectionNumber(number, tolerance: 32))
    }
    #expect(connection.lost(at: ConnectionNumber(0, tolerance: 32)) == nil)
  }

  @Test func aConnectionThatStartsAgainWithoutItsFirstMessageHasLostIt() {
    var connection = ConnectionState()
    #expect(connection.lost(at: ConnectionNumber(1_000, tolerance: 0)) == nil)
    #expect(connection.lost(at: ConnectionNumber(1_001, tolerance: 0)) == nil)
    #expect(connection.lost(at: ConnectionNumber(2, tolerance: 0)) == 0)
    #expect(connection.lost(at: ConnectionNumber(3, tolerance: 0)) == nil)
    #expect(connection.lost(at: ConnectionNumber(0, tolerance: 0)) == nil)
  }
}
