internal import Markets

/// One thing that a stream writes into its ledger.
public enum LedgerRecord: Hashable, Sendable {
  /// A model begins to speak.
  case model(ModelRecord)
  /// Something was said.
  case origin(OriginRecord)
  /// It became known what followed.
  case outcome(OutcomeRecord)
  /// A margin changes.
  case margin(MarginRecord)

  /// The instant that it belongs to in the stream; nil for a model.
  var time: Timestamp? {
    switch self {
    case .model: nil
    case .origin(let record): record.origin.time
    case .outcome(let record): record.maturedAt
    case .margin(let record): record.origin.time
    }
  }
}
