public import Markets

/// Why there is nothing to explain.
public enum ExplanationFailure: Error, Hashable, Sendable, CustomStringConvertible {
  /// The model was not trained on the market; it knows these.
  case unknownMarket(MarketName, known: [MarketName])
  /// No book in the window belongs to a market that is asked for; the last book that was read has this instant.
  case noRows(lastBook: Timestamp?)
  /// No book with a mid lies at or before the instant; the first one that was scored has another.
  case noSnapshot(at: Timestamp, first: Timestamp)

  /// The failure in one sentence.
  public var description: String {
    switch self {
    case .unknownMarket(let market, let known):
      "the model does not know the market \(market); it knows \(known.map(\.text).joined(separator: ", "))"
    case .noRows(let last?):
      "no book in the window belongs to a market that is to be explained; the last book that was read is of \(last)"
    case .noRows(nil): "no book was read"
    case .noSnapshot(let instant, let first):
      "no book is scored at or before \(instant); the first one in the window is of \(first)"
    }
  }
}

/// Contributions that are not the log-odds that they explain: a bug of the model's explanation, never bad data.
public struct IncompleteExplanation: Error, Hashable, Sendable, CustomStringConvertible {
  let market: MarketName
  let side: LiquidationSide
  let time: Timestamp
  let logOdds: Double
  let sum: Double

  /// Where it happened and by how much.
  public var description: String {
    "\(market) \(side.rawValue) at \(time): the contributions add up to \(sum), but the log-odds are \(logOdds)"
  }
}
