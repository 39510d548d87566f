package import Checkpoints
package import Markets

/// Which snapshots lie in the windows `(t − W, t]`, for several lengths W at once.
///
/// Snapshots have positions 0, 1, 2 … . Window `w` holds the positions `heads[w] ..< end`. Memory is bounded by the
/// number of snapshots in the longest window.
package struct TimeWindows: Sendable {
  private let lengths: [TimeSpan]
  private var times = Ring<Timestamp>()
  /// The first position in each window.
  private(set) var heads: [Int]
  /// The position after the newest snapshot.
  private(set) var end = 0

  /// Creates empty windows; `lengths` must be ascending.
  package init(lengths: [TimeSpan]) {
    self.lengths = lengths
    heads = [Int](repeating: 0, count: lengths.count)
  }

  /// The number of windows.
  var count: Int { lengths.count }
  /// The first position in the longest window.
  var oldest: Int { heads.last ?? end }

  /// Moves the windows' right edge to `time`.
  package mutating func advance(to time: Timestamp) {
    for window in lengths.indices {
      let start = time - lengths[window]
      var head = heads[window]
      if head == end || times[head] > start { continue }
      while head < end, times[head] <= start { head += 1 }
      heads[window] = head
    }
  }

  /// Moves the right edge to `time` and adds a snapshot there.
  package mutating func append(_ time: Timestamp) {
    advance(to: time)
    times.append(time, keepingFrom: oldest)
    end += 1
  }

  /// The number of snapshots in a window.
  func population(of window: Int) -> Int { end - heads[window] }

  /// The time from the first to the last snapshot in a window, in seconds; zero when there are fewer than two.
  func duration(of window: Int) -> Double {
    let head = heads[window]
    return head < end ? (times[end - 1] - times[head]).seconds : 0
  }

  /// When a snapshot came that is still in the longest window.
  func time(at position: Int) -> Timestamp { times[position] }
}

extension TimeWindows: Resumable {
  package mutating func exchange(with archive: inout StateArchive) throws(StateFault) {
    try archive.exchange(fixed: &heads)
    try archive.exchange(&times)
    end = times.end
    guard heads.allSatisfy({ times.start <= $0 && $0 <= end }), heads == heads.sorted(by: >) else {
      throw StateFault("a window begins outside what is kept")
    }
  }
}
