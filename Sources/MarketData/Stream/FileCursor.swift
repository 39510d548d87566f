internal import Markets

/// The decoded records of one file that were not delivered yet.
struct FileCursor {
  private enum State {
    case unopened, open, ended(SourceFailure?)
  }

  private var state = State.unopened
  private var records: [DecodedRecord] = []
  private var next = 0
  private var lastTime = Timestamp.distantPast

  var isUnopened: Bool { if case .unopened = state { true } else { false } }

  private var hasEnded: Bool { if case .ended = state { true } else { false } }

  private var remaining: Int { records.count - next }

  /// Whether there is nothing to deliver although the file goes on.
  var needsDecoding: Bool { remaining == 0 && !hasEnded }

  /// Whether the file is open and at most a quarter of a batch is left.
  var runsLow: Bool {
    if case .open = state { remaining <= DecodedBatch.standardLimit / 4 } else { false }
  }

  /// Why the file ended early, once everything before that was delivered.
  var failure: SourceFailure? {
    if remaining == 0, case .ended(let failure) = state { failure } else { nil }
  }

  /// Where the next record, or the batch that holds it, belongs in the merged order; nil at the end.
  var place: (time: Timestamp, market: MarketName?)? {
    guard next < records.count else { return hasEnded ? nil : (lastTime, nil) }
    if let (time, market) = records[next].event.place { return (time, market) }
    return (lastTime, nil)
  }

  /// Takes the next record.
  mutating func take() -> DecodedRecord? {
    guard next < records.count else { return nil }
    defer { next += 1 }
    if let place = records[next].event.place { lastTime = place.time }
    return records[next]
  }

  /// Adds a batch behind what is left.
  mutating func add(_ batch: DecodedBatch, _ progress: FileDecoder.Progress) {
    records.removeFirst(next)
    next = 0
    records += batch.records
    switch progress {
    case .unfinished: state = .open
    case .finished: state = .ended(nil)
    case .failed(let failure): state = .ended(failure)
    }
  }
}
