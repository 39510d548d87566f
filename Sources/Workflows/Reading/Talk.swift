public import MarketData
public import Markets

/// What a workflow says while it works, beside its result.
public protocol Talk: Sendable {
  /// A record could not be read; `count` counts all so far.
  func rejected(_ fault: RecordFault, count: Int)
  /// A file cannot be read on; what came before the damage was read.
  func damaged(_ failure: SourceFailure)
  /// So many snapshots have been read, up to an instant.
  func progress(snapshots: Int, upTo time: Timestamp)
  /// Reading has ended.
  func finished(snapshots: Int, rejected: Int)
  /// None of so many recorded lines says anything of the venue whose they are said to be.
  func notHeard(_ unheard: VenueNotHeard)
  /// A step of the workflow begins.
  func step(_ text: String)
}

/// Says nothing.
public struct Silence: Talk {
  /// Creates it.
  public init() {}
  /// Says nothing.
  public func rejected(_ fault: RecordFault, count: Int) {}
  /// Says nothing.
  public func damaged(_ failure: SourceFailure) {}
  /// Says nothing.
  public func progress(snapshots: Int, upTo time: Timestamp) {}
  /// Says nothing.
  public func finished(snapshots: Int, rejected: Int) {}
  /// Says nothing.
  public func notHeard(_ unheard: VenueNotHeard) {}
  /// Says nothing.
  public func step(_ text: String) {}
}
