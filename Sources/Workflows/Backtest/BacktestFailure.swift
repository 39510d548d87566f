public import Markets

/// Why a back-test has nothing to judge.
public enum BacktestFailure: Error, Sendable, CustomStringConvertible {
  /// The model of this name has no quantile of the close-out loss.
  case noCloseOutQuantile(String)
  /// No snapshot of a known market is judged; the last instant read, if any.
  case nothingToJudge(from: Timestamp, lastBook: Timestamp?)
  /// A market's books do not match its rows; a bug of the reader if it ever happens.
  case bookWithoutRow(MarketName, Timestamp)
  /// A setting is out of its range.
  case setting(String)

  /// The failure in one sentence.
  public var description: String {
    switch self {
    case .noCloseOutQuantile(let name):
      "\(name) has no quantile of the close-out loss; give its configuration the section closeOutQuantile"
    case .nothingToJudge(let from, let last):
      "no book of a known market from \(from) on" + (last.map { "; the last book is of \($0)" } ?? "")
    case .bookWithoutRow(let market, let time): "\(market): the book of \(time) has no row of features"
    case .setting(let text): text
    }
  }
}
