internal import Checkpoints
internal import Markets

/// The newest book of each market that was recorded.
struct RecordGrid: Sendable {
  private var newest: [MarketName: Timestamp] = [:]

  /// Whether a book comes at least a spacing after the one that was admitted before; then it is the newest.
  mutating func admit(_ snapshot: BookSnapshot, every spacing: TimeSpan) -> Bool {
    if let last = newest[snapshot.market], snapshot.time - last < spacing { return false }
    newest[snapshot.market] = snapshot.time
    return true
  }
}

extension RecordGrid: Resumable {
  mutating func exchange(with archive: inout StateArchive) throws(StateFault) {
    var markets = newest.keys.sorted()
    var times = markets.compactMap { newest[$0] }
    try archive.exchange(&markets)
    try archive.exchange(&times)
    guard markets.count == times.count else { throw StateFault("a recorded market lacks its instant") }
    newest = Dictionary(zip(markets, times)) { first, _ in first }
  }
}
