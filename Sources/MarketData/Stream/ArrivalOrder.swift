package import Checkpoints
public import Markets

/// The rule that the times of a stream's books never fall, whatever their markets.
///
/// What has arrived before a book is known when it is judged; a book that claims to be older than one already seen
/// would bring the past back. Equal times are allowed.
public struct ArrivalOrder: Sendable {
  private var latest: (time: Timestamp, market: MarketName)?

  /// Creates the order of a stream of which nothing was seen.
  public init() {}

  /// Admits a book as the next of the stream.
  ///
  /// - Throws: `FieldFault` on `time` when a book already admitted is later; the order is then as before.
  public mutating func admit(_ snapshot: BookSnapshot) throws(FieldFault) {
    if let latest, snapshot.time < latest.time {
      throw FieldFault(
        field: "time",
        reason: "\(snapshot.time) is before \(latest.time), the time of a book of \(latest.market) already read")
    }
    latest = (snapshot.time, snapshot.market)
  }
}

extension ArrivalOrder: Resumable {
  package mutating func exchange(with archive: inout StateArchive) throws(StateFault) {
    var time = latest?.time
    var market = latest?.market
    try archive.exchange(&time)
    try archive.exchange(&market)
    latest = if let time, let market { (time, market) } else { nil }
  }
}
