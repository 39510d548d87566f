import Checkpoints
import DequeModule
import Markets

/// The worst execution of a sliding horizon, by one monotonic deque per side.
///
/// Invariant: from front to back the times do not fall and the executions do not get worse, so the front is the worst
/// of all and the earliest of equals. Each execution enters and leaves once: O(1) amortised. Source: D. Lemire,
/// "Streaming maximum-minimum filter using no more than three comparisons per element", Nordic Journal of Computing 13
/// (2006).
struct WorstExecutions: Sendable {
  private var candidates = BySide<Deque<Candidate>>(sell: [], buy: [])

  /// An execution with the mid of its book.
  struct Candidate: Sendable {
    let time: Timestamp
    let mid: Double
    let execution: Execution
  }

  /// The number of executions in memory.
  var count: Int { candidates.sell.count + candidates.buy.count }

  /// Takes in the executions of the next snapshot.
  ///
  /// - Parameter latestStart: The latest start, before `time`, of a horizon that is still open. An execution that no horizon
  ///   holds without a worse one before it is not kept.
  mutating func append(time: Timestamp, mid: Double, executions: BySide<Execution>, latestStart: Timestamp?) {
    for side in LiquidationSide.allCases {
      let price = executions[side].price
      while let last = candidates[side].last, Self.isWorse(price, than: last.execution.price, on: side) {
        candidates[side].removeLast()
      }
      if let last = candidates[side].last, !(latestStart.map { $0 >= last.time } ?? false) { continue }
      candidates[side].append(Candidate(time: time, mid: mid, execution: executions[side]))
    }
  }

  /// Forgets executions at or before `start`.
  mutating func forget(through start: Timestamp) {
    for side in LiquidationSide.allCases {
      while let first = candidates[side].first, first.time <= start { candidates[side].removeFirst() }
    }
  }

  /// Forgets all executions.
  mutating func forgetAll() { candidates = BySide(sell: [], buy: []) }

  /// The worst execution remembered, the earliest of equals; nil when none is.
  func worst(on side: LiquidationSide) -> Candidate? { candidates[side].first }

  private static func isWorse(_ price: Double, than other: Double, on side: LiquidationSide) -> Bool {
    side == .sell ? price < other : price > other
  }
}

extension WorstExecutions: Resumable {
  mutating func exchange(with archive: inout StateArchive) throws(StateFault) {
    try archive.exchange(deque: &candidates.sell)
    try archive.exchange(deque: &candidates.buy)
  }
}

extension WorstExecutions.Candidate: StateValue {
  init(from archive: inout StateArchive) throws(StateFault) {
    time = try Timestamp(from: &archive)
    mid = try Double(from: &archive)
    execution = Execution(
      price: try Double(from: &archive), isExhausted: try Bool(from: &archive), isCensored: try Bool(from: &archive))
  }

  func write(to archive: inout StateArchive) {
    time.write(to: &archive)
    mid.write(to: &archive)
    execution.price.write(to: &archive)
    execution.isExhausted.write(to: &archive)
    execution.isCensored.write(to: &archive)
  }
}
