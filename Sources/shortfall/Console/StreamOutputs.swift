import Ledger

/// Where a stream writes.
struct StreamOutputs: Sendable {
  /// An answer for each line.
  let answers: AnswerOutput
  /// What was said earlier beside what followed; nil when nobody wants it.
  let outcomes: AnswerOutput?
  /// What was said and what followed; nil when no ledger is kept.
  let ledger: LedgerWriter?

  /// Makes sure that what was written is on disk.
  func sync() throws {
    try answers.sync()
    try outcomes?.sync()
    try ledger?.flush()
  }
}
