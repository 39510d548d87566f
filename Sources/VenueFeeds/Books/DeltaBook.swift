package import Checkpoints
package import Markets

/// A book rebuilt from a venue's snapshots and changes by the venue's own sequence rule.
///
/// It shows nothing from the moment that a loss is seen until the next snapshot. Changes that arrive before a
/// snapshot wait for it where the venue's snapshots come by another way, as Binance's do.
package struct DeltaBook: Sendable {
  /// What became of a message.
  package enum Outcome: Hashable, Sendable {
    /// The book has changed.
    case changed
    /// The message changed nothing: it is old, or the book is waiting for a snapshot.
    case unchanged
    /// The book has just become invalid.
    case invalid(InvalidBookReason)
    /// The message lacks the number that the rule needs.
    case unnumbered(field: String)
    /// The snapshot holds a price twice.
    case repeatedPrice
  }

  /// The most levels that a side keeps; the worst beyond are dropped.
  package static let capacity = 20_000
  private static let waitingLimit = 1_000

  fileprivate enum State: Int, Hashable { case unannounced, waiting, valid }

  /// Whether the book can be shown.
  package var isValid: Bool { state == .valid }
  /// The number of the book by its venue's rule.
  package var number: Int64? { isValid ? sequence.number : nil }

  package private(set) var bids: BookSide
  package private(set) var asks: BookSide
  private var sequence: SequenceState
  private let checksum: BookChecksum?
  private var state = State.unannounced
  private var waiting: [BookUpdate] = []
  private var depth: Int?

  package init(rule: SequenceRule, checksum: BookChecksum? = nil) {
    sequence = SequenceState(rule)
    self.checksum = checksum
    bids = BookSide(.bids, checksum: checksum)
    asks = BookSide(.asks, checksum: checksum)
  }

  /// Applies a message.
  ///
  /// - Complexity: O(log levels + levels moved) for each changed level.
  package mutating func apply(_ update: BookUpdate) -> Outcome {
    switch update.kind {
    case .snapshot: replace(with: update)
    case .delta: change(by: update)
    }
  }

  /// Gives the book up until the next snapshot; nil when it was given up before.
  package mutating func invalidate(_ reason: InvalidBookReason) -> InvalidBookReason? {
    if state == .waiting { return nil }
    state = .waiting
    bids.removeAll()
    asks.removeAll()
    return reason
  }

  /// The best levels of each side, sizes in base units where the unit is known.
  package func book(levels: Int, unit: ContractUnit? = nil) throws(OrderBookFault) -> OrderBook {
    let (bids, asks) = (bids.best(levels), asks.best(levels))
    guard let unit else { return try OrderBook(bids: bids, asks: asks) }
    return try OrderBook(bids: bids.map(unit.converted), asks: asks.map(unit.converted))
  }

  private mutating func replace(with snapshot: BookUpdate) -> Outcome {
    guard bids.replace(with: snapshot.bids), asks.replace(with: snapshot.asks) else {
      _ = invalidate(.unreadable)
      return .repeatedPrice
    }
    depth = snapshot.depth ?? depth
    truncate()
    sequence.restart(at: snapshot.numbers.last)
    state = .valid
    if let reason = mismatch(with: snapshot) { return lose(reason) }
    let buffered = waiting
    waiting.removeAll()
    for (index, update) in buffered.enumerated() {
      let outcome = change(by: update)
      if outcome == .changed || outcome == .unchanged { continue }
      // What follows the break waits for the next snapshot.
      waiting = Array(buffered[index...])
      return outcome
    }
    return .changed
  }

  private mutating func change(by update: BookUpdate) -> Outcome {
    guard state == .valid else {
      keep(update)
      return invalidate(.awaitingSnapshot).map(Outcome.invalid) ?? .unchanged
    }
    switch sequence.judge(update.numbers) {
    case .old: return .unchanged
    case .unnumbered(let field): return .unnumbered(field: field)
    case .gap(let expected, let found):
      keep(update)
      return lose(.gap(expected: expected, found: found))
    case .next: break
    }
    for change in update.bids where !bids.apply(change) { return lose(.contradiction) }
    for change in update.asks where !asks.apply(change) { return lose(.contradiction) }
    truncate()
    return mismatch(with: update).map { lose($0) } ?? .changed
  }

  private mutating func lose(_ reason: InvalidBookReason) -> Outcome {
    _ = invalidate(reason)
    return .invalid(reason)
  }

  private mutating func keep(_ update: BookUpdate) {
    guard sequence.rule == .ranges || sequence.rule == .growingLinks else { return }
    if waiting.count == Self.waitingLimit { waiting.removeFirst(Self.waitingLimit / 2) }
    waiting.append(update)
  }

  private mutating func truncate() {
    let limit = min(depth ?? Self.capacity, Self.capacity)
    bids.truncate(to: limit)
    asks.truncate(to: limit)
  }

  private func mismatch(with update: BookUpdate) -> InvalidBookReason? {
    guard let checksum, let stated = update.checksum else { return nil }
    let computed = checksum.value(bids: bids.texts, asks: asks.texts)
    return computed == stated ? nil : .checksum(stated: stated, computed: computed)
  }
}

extension DeltaBook: Resumable {
  package mutating func exchange(with archive: inout StateArchive) throws(StateFault) {
    try archive.exchange(&state)
    try archive.exchange(&bids)
    try archive.exchange(&asks)
    try archive.exchange(&sequence)
    try archive.exchange(&waiting)
    try archive.exchange(&depth)
  }
}

extension DeltaBook.State: StateValue {
  init(from archive: inout StateArchive) throws(StateFault) {
    guard let state = Self(rawValue: try Int(from: &archive)) else { throw StateFault("a book's state is unknown") }
    self = state
  }

  func write(to archive: inout StateArchive) { rawValue.write(to: &archive) }
}
