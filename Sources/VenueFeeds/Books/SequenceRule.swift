package import Checkpoints

/// How a venue numbers the messages of one book, which is how a loss is seen.
package enum SequenceRule: String, Hashable, Sendable {
  /// Not at all, or only per connection or by checksum.
  case none
  /// Each message's number is one above the last (Bybit `u`, Kraken Futures `seq`).
  case consecutive
  /// A message covers the numbers `first…last` and may begin no later than one past the book's (Binance spot).
  case ranges
  /// A message names its predecessor, and numbers grow (Binance USD-M `pu`, Deribit `prev_change_id`); the first
  /// after a REST snapshot covers the snapshot's number instead.
  case growingLinks
  /// A message names its predecessor, and numbers may fall (OKX `prevSeqId`, which maintenance resets).
  case links
}

/// How far one book has come by its venue's rule.
package struct SequenceState: Hashable, Sendable {
  /// What is to be done with a message.
  package enum Verdict: Hashable, Sendable {
    /// It follows.
    case next
    /// The book contains it.
    case old
    /// Something before it is lost.
    case gap(expected: Int64, found: Int64)
    /// It lacks the number that the rule needs.
    case unnumbered(field: String)
  }

  package let rule: SequenceRule
  /// The number of the book.
  package private(set) var number: Int64?
  private var isFresh = true
  private var latest: SequenceNumbers?

  package init(_ rule: SequenceRule) {
    self.rule = rule
  }

  /// Starts from a snapshot.
  package mutating func restart(at number: Int64?) {
    self.number = number
    isFresh = true
    latest = nil
  }

  /// Judges a change and, where it follows, counts it.
  package mutating func judge(_ numbers: SequenceNumbers) -> Verdict {
    let verdict = verdict(on: numbers)
    if verdict == .next {
      number = numbers.last ?? number
      isFresh = false
      latest = numbers
    }
    return verdict
  }

  private func verdict(on numbers: SequenceNumbers) -> Verdict {
    // A book whose messages carry no numbers yet has nothing to be held to.
    guard rule != .none, let number else { return .next }
    guard let last = numbers.last else { return .unnumbered(field: "number") }
    switch rule {
    case .none: return .next
    case .consecutive:
      if last == number { return .old }
      let due = number &+ 1
      return last == due ? .next : .gap(expected: due, found: last)
    case .ranges:
      guard let first = numbers.first else { return .unnumbered(field: "first number") }
      if last <= number { return .old }
      return first <= number &+ 1 ? .next : .gap(expected: number &+ 1, found: first)
    case .growingLinks:
      if last < number || last == number && !isFresh { return .old }
      if isFresh, let first = numbers.first, first <= number { return .next }
      return link(numbers, to: number)
    case .links:
      // A repeated message is told from a reset by having both numbers of the last.
      return numbers == latest && numbers.previous != last ? .old : link(numbers, to: number)
    }
  }

  private func link(_ numbers: SequenceNumbers, to number: Int64) -> Verdict {
    guard let previous = numbers.previous else { return .unnumbered(field: "previous number") }
    return previous == number ? .next : .gap(expected: number, found: previous)
  }
}

/// How far a connection has come whose messages are numbered together.
///
/// Messages may overtake one another by up to a tolerance, as dYdX's answers to subscriptions do; one that is still
/// missing after that is lost.
package struct ConnectionState: Hashable, Sendable {
  private var highest: Int64?
  private var outstanding: [Int64] = []

  package init() {}

  /// Counts a message; the number that is lost, where one is.
  ///
  /// Number 0 begins a new connection, and so does one far below the highest, whose beginning is then lost.
  package mutating func lost(at message: ConnectionNumber) -> Int64? {
    let number = message.number
    guard let highest, number != 0 else {
      self = ConnectionState()
      highest = number
      return nil
    }
    if number <= highest {
      outstanding.removeAll { $0 == number }
      let (behind, overflow) = highest.subtractingReportingOverflow(number)
      if overflow || behind > message.tolerance {
        self = ConnectionState()
        self.highest = number
        return 0
      }
    } else {
      let (skipped, overflow) = number.subtractingReportingOverflow(highest)
      self.highest = number
      if overflow || skipped > message.tolerance + 1 {
        outstanding.removeAll()
        return highest &+ 1
      }
      outstanding.append(contentsOf: (highest &+ 1)..<number)
    }
    guard let oldest = outstanding.first, (self.highest ?? number) - oldest >= message.tolerance else { return nil }
    outstanding.removeAll()
    return oldest
  }
}

extension SequenceState: Resumable {
  package mutating func exchange(with archive: inout StateArchive) throws(StateFault) {
    try archive.exchange(&number)
    try archive.exchange(&isFresh)
    try archive.exchange(&latest)
  }
}

extension ConnectionState: Resumable {
  package mutating func exchange(with archive: inout StateArchive) throws(StateFault) {
    try archive.exchange(&highest)
    try archive.exchange(&outstanding)
  }
}
