public import Markets

/// Matured outcomes of one market in time order: what its monitors are told.
public struct WatchedRows: Sendable {
  /// What became of a probability.
  public struct Outcome: Sendable {
    /// When it was known.
    public let matured: Timestamp
    /// What the model had said.
    public let probability: Double
    /// Whether the event followed.
    public let happened: Bool
  }

  /// What became of a bound on the close-out loss.
  public struct Loss: Sendable {
    /// When it was known.
    public let matured: Timestamp
    /// Whether the loss was above its bound.
    public let missed: Bool
  }

  /// The outcomes of rows that were not in shortfall.
  public var outcomes: [Outcome] = []
  /// The known losses of all rows.
  public var losses: [Loss] = []

  /// Rows of which nothing is known.
  public init() {}

  /// The rows that had matured within a window.
  func matured(from start: Timestamp, to end: Timestamp) -> WatchedRows {
    var rows = WatchedRows()
    rows.outcomes = outcomes.filter { $0.matured >= start && $0.matured < end }
    rows.losses = losses.filter { $0.matured >= start && $0.matured < end }
    return rows
  }
}
