import Checkpoints

/// A queue of values addressed by their position in the whole sequence.
///
/// Positions never shift: the first value appended has position 0, whether or not it is still kept. Storage grows by
/// doubling with the number of values kept.
struct Ring<Value: Sendable>: Sendable {
  private var storage: [Value] = []
  /// The first position that is still kept.
  private(set) var start = 0
  /// The position that the next value gets.
  private(set) var end = 0

  /// Appends a value; values before position `start` may be forgotten.
  ///
  /// - Complexity: O(1) amortised.
  mutating func append(_ value: Value, keepingFrom start: Int) {
    if end - start >= storage.count { grow(with: value, keepingFrom: start) }
    storage[end & (storage.count - 1)] = value
    self.start = start
    end += 1
  }

  private mutating func grow(with filler: Value, keepingFrom start: Int) {
    var larger = [Value](repeating: filler, count: max(16, storage.count * 2))
    for position in start..<end {
      larger[position & (larger.count - 1)] = storage[position & (storage.count - 1)]
    }
    storage = larger
  }

  /// The value at a position that is still kept.
  subscript(position: Int) -> Value {
    storage[position & (storage.count - 1)]
  }
}

extension Ring: Resumable where Value: StateValue {
  mutating func exchange(with archive: inout StateArchive) throws(StateFault) {
    try archive.exchange(&start)
    try archive.exchange(&end)
    guard 0 <= start, start <= end else { throw StateFault("a queue ends before it starts") }
    switch archive.direction {
    case .writing:
      for position in start..<end { self[position].write(to: &archive) }
    case .reading:
      // Every value takes eight bytes at least.
      guard end - start <= archive.remaining / 8 else { throw StateFault("a queue is longer than what follows") }
      storage = []
      let (first, last) = (start, end)
      end = first
      while end < last { append(try Value(from: &archive), keepingFrom: first) }
    }
  }
}
