internal import Checkpoints
internal import Features
internal import Markets

/// How long each market has been followed, as far as its features can tell.
///
/// A market is warm when it was followed for as long as a snapshot can still move a row: for two of the longest windows,
/// because a share of thin time is taken over depths that were compared with a rolling median, and for ten of the slow
/// half-lives, after which less than a thousandth of an average's beginning is left. A silence longer than the longest
/// window empties all windows, and warming begins again.
struct WarmUp: Sendable {
  fileprivate struct Following {
    var since: Timestamp
    var last: Timestamp

    /// Goes on to a book with a mid, and returns since when the market has been followed.
    mutating func follow(to time: Timestamp, longestSilence: TimeSpan) -> Timestamp {
      if time - last > longestSilence { since = time }
      last = time
      return since
    }
  }

  private let memory: TimeSpan
  private let longestWindow: TimeSpan
  private var followings: [MarketName: Following] = [:]

  init(_ configuration: FeatureConfiguration) {
    memory = configuration.memory
    longestWindow = configuration.longestWindow
  }

  /// What is left until the row's market is warm; nil once it is.
  ///
  /// Windows hold books with a mid, so others do not count.
  mutating func observe(_ row: FeatureRow) -> TimeSpan? {
    let since: Timestamp
    if row.isScorable {
      since = followings[row.market, default: Following(since: row.time, last: row.time)]
        .follow(to: row.time, longestSilence: longestWindow)
    } else {
      guard let following = followings[row.market] else { return memory }
      since = following.since
    }
    let left = since + memory - row.time
    return left > .zero ? left : nil
  }
}

extension WarmUp: Resumable {
  mutating func exchange(with archive: inout StateArchive) throws(StateFault) {
    var entries = followings.sorted { $0.key < $1.key }.map { Entry(market: $0.key, following: $0.value) }
    try archive.exchange(&entries)
    followings = Dictionary(entries.map { ($0.market, $0.following) }) { first, _ in first }
  }

  fileprivate struct Entry: StateValue {
    let market: MarketName
    let following: Following
  }
}

extension WarmUp.Entry {
  init(from archive: inout StateArchive) throws(StateFault) {
    market = try MarketName(from: &archive)
    following = WarmUp.Following(since: try Timestamp(from: &archive), last: try Timestamp(from: &archive))
  }

  func write(to archive: inout StateArchive) {
    market.write(to: &archive)
    following.since.write(to: &archive)
    following.last.write(to: &archive)
  }
}
