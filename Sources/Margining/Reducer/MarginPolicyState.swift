public import Markets

/// What the rules of the chain remember about one market and side; a field for each rule that has a memory.
public struct RuleMemory: Hashable, Sendable {
  /// The latest request that came with evidence of closing out; nil before the first.
  var latestEvidence: Timestamp?
  var hysteresis = HysteresisMemory()
  /// What the feedback guard published last for existing positions; nil when they have what is recommended.
  var glidePath: GlidePath?
}

/// What the policy remembers about one market and side.
struct BookMarginState: Hashable, Sendable {
  let market: MarketName
  let side: LiquidationSide
  var latestRequest: Timestamp
  var inForce: MarginsInForce
  /// The initial margins in force, one per tier, never falling.
  var initial: [MarginFraction]
  var memory = RuleMemory()

  /// Puts recommended margins into force, and forgets those that stopped to hold before `horizon`.
  mutating func putIntoForce(
    _ recommendations: [Recommendation], at time: Timestamp, forgettingBefore horizon: Timestamp
  ) {
    inForce.replace(with: recommendations.map(\.recommended), at: time, forgettingBefore: horizon)
    initial = recommendations.map(\.initialMargin)
  }

  /// Whether this is the state of the given market and side, or comes before it in the order of states.
  func precedes(_ otherMarket: MarketName, _ otherSide: LiquidationSide) -> Bool {
    market == otherMarket ? side == .sell && otherSide == .buy : market < otherMarket
  }
}

/// Everything the policy remembers between requests: what is in force, and what its rules are waiting for.
///
/// A value: store it to checkpoint the policy, restore it to go on as if nothing had happened.
public struct MarginPolicyState: Hashable, Sendable {
  /// One entry for each market and side, by market name, sell before buy.
  private(set) var books: [BookMarginState] = []

  /// The state before the first request: every market's schedule is in force unchanged.
  public init() {}

  init?(books: [BookMarginState]) {
    for (left, right) in zip(books, books.dropFirst()) where !left.precedes(right.market, right.side) { return nil }
    self.books = books
  }

  /// The maintenance margins in force, one per tier; nil before the first request for the market and side.
  ///
  /// - Complexity: O(log markets).
  public func margins(of market: MarketName, _ side: LiquidationSide) -> [MarginFraction]? {
    book(market, side)?.inForce.margins
  }

  /// The initial margins in force, one per tier; nil before the first request for the market and side.
  ///
  /// - Complexity: O(log markets).
  public func initialMargins(of market: MarketName, _ side: LiquidationSide) -> [MarginFraction]? {
    book(market, side)?.initial
  }

  func book(_ market: MarketName, _ side: LiquidationSide) -> BookMarginState? {
    let index = position(market, side)
    guard index < books.count, books[index].market == market, books[index].side == side else { return nil }
    return books[index]
  }

  mutating func store(_ book: BookMarginState) {
    let index = position(book.market, book.side)
    if index < books.count, books[index].market == book.market, books[index].side == book.side {
      books[index] = book
    } else {
      books.insert(book, at: index)
    }
  }

  /// The index of the first state that does not precede the given market and side.
  private func position(_ market: MarketName, _ side: LiquidationSide) -> Int {
    var low = 0
    var high = books.count
    while low < high {
      let middle = (low + high) / 2
      if books[middle].precedes(market, side) { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
