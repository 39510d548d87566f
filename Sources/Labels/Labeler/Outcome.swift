/// Why an outcome is unknown.
public enum CensoringReason: String, CaseIterable, Hashable, Sendable, Codable {
  /// The horizon passes the end of the data.
  case endOfData = "end-of-data"
  /// A gap longer than the task tolerates reaches into the horizon.
  case gap
  /// The horizon holds fewer snapshots than the task asks for.
  case tooFewSnapshots = "too-few-snapshots"
  /// A book that the outcome hangs on shows only one side or nothing.
  case unknownBook = "unknown-book"
}

/// What happened, or why nobody knows.
public enum Outcome<Value> {
  /// What happened.
  case known(Value)
  /// The outcome is unknown, which never means "no".
  case censored(CensoringReason)

  /// What happened; nil when unknown.
  public var value: Value? {
    if case .known(let value) = self { value } else { nil }
  }

  /// Why the outcome is unknown; nil when it is known.
  public var censoringReason: CensoringReason? {
    if case .censored(let reason) = self { reason } else { nil }
  }
}

extension Outcome: Sendable where Value: Sendable {}
extension Outcome: Equatable where Value: Equatable {}
extension Outcome: Hashable where Value: Hashable {}
