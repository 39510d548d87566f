public import Markets

/// The time that each row's label speaks of: row `i` covers `(origins[i], ends[i]]`.
///
/// Invariant: both arrays have one element per row.
public struct LabelIntervals: Sendable {
  /// The instants at which the questions were asked.
  public let origins: [Timestamp]
  /// The last instants whose data the answers use.
  public let ends: [Timestamp]

  /// Creates intervals, or nil when the arrays differ in length.
  public init?(origins: [Timestamp], ends: [Timestamp]) {
    guard origins.count == ends.count else { return nil }
    self.origins = origins
    self.ends = ends
  }

  init(rowsOf dataset: Dataset) {
    origins = dataset.times
    ends = dataset.informationEnds
  }

  /// The time that a fold's labels speak of, from the earliest origin to the latest end; nil for an empty fold.
  ///
  /// The rows must be row numbers of these intervals.
  public func window(of rows: [Int]) -> EvaluationWindow? {
    guard let first = rows.first else { return nil }
    var window = EvaluationWindow(start: origins[first], end: ends[first])
    for row in rows {
      window.start = min(window.start, origins[row])
      window.end = max(window.end, ends[row])
    }
    return window
  }
}

/// The closed time `[start, end]` that an evaluation fold's labels speak of.
public struct EvaluationWindow: Hashable, Sendable {
  /// The fold's earliest origin.
  public var start: Timestamp
  /// The fold's latest label end.
  public var end: Timestamp

  /// Creates a window.
  public init(start: Timestamp, end: Timestamp) {
    self.start = start
    self.end = end
  }

  /// Whether the label interval `(origin, labelEnd]` has an instant in common with the window.
  public func meets(origin: Timestamp, labelEnd: Timestamp) -> Bool {
    labelEnd >= start && origin < end
  }
}
