public import Markets
internal import Parallelism

/// Recorded books of several files and markets and the reports beside them, merged in time order in bounded memory.
///
/// Events of equal time come in the order of the market's name, then of the files. The time of the books never falls: a
/// book whose time is before that of a book already delivered is rejected, never moved. A report is never rejected for
/// its time: one that is late in its file, or too early for the book behind it, stands where it stands. A rejected record comes right
/// after the records before it in its file. Files are decoded ahead in parallel, a bounded batch of each; the order of
/// the events does not depend on that. A file is open only while its turn lasts.
public final class RecordedStream {
  private let files: [RecordedFile]
  private var cursors: [FileCursor]
  private var queue: MergeQueue
  private var order = ArrivalOrder()
  private var rowCounts: [MarketName: Int] = [:]
  private var finished: [FileDigest] = []
  private var failure: SourceFailure?

  /// Opens files and folders; a folder stands for the files in it and in its folders, in name order, except those whose
  /// names begin with a dot.
  ///
  /// - Parameters:
  ///   - format: the format of every file; unless given it is found out from each file's first line.
  /// - Throws: `SourceFailure` when a path cannot be read, names no file or one twice, or holds none of the formats.
  public init(paths: [String], format: BookFormat? = nil) throws(SourceFailure) {
    let looks = concurrentMap(try FileSearch.files(at: paths)) { path in
      Result { () throws(SourceFailure) in try RecordedFile(path: path, format: format) }
    }
    var files: [RecordedFile] = []
    for look in looks { files.append(try look.get()) }
    self.files = files
    cursors = files.map { _ in FileCursor() }
    queue = MergeQueue(
      files.enumerated().map { index, file in
        MergeQueue.Entry(time: file.beginning.time, market: file.beginning.market, file: index)
      })
  }

  /// The next events in order, at most `limit`; none at the end.
  ///
  /// - Throws: `SourceFailure` when a file cannot be read on, after everything before it was delivered. The stream can be
  ///   read on after that; the file has then ended.
  public func next(limit: Int) throws(SourceFailure) -> [RecordedEvent] {
    if let failure {
      self.failure = nil
      throw failure
    }
    var events: [RecordedEvent] = []
    while events.count < limit, failure == nil, let entry = queue.takeFirst() {
      if cursors[entry.file].needsDecoding {
        // What the file begins with is known now and decides its place.
        decode(for: entry)
      } else if let record = cursors[entry.file].take() {
        events.append(judged(record, of: files[entry.file]))
        if cursors[entry.file].needsDecoding { decode(for: entry) }
      }
      requeue(entry.file)
    }
    if events.isEmpty, let failure {
      self.failure = nil
      throw failure
    }
    return events
  }

  /// What was read, in name order: the digests of the files that were read to their end, which is all of them at the end
  /// of the stream.
  public var digests: [FileDigest] {
    finished.sorted { ($0.name, $0.sha256) < ($1.name, $1.sha256) }
  }

  /// The number of lines that make up the records of a market so far, rejected ones included where the market is known.
  public func rowCount(of market: MarketName) -> Int { rowCounts[market] ?? 0 }

  /// Decodes a batch of the file whose turn it is, and at the same time of those that run low or have their turn next.
  private func decode(for entry: MergeQueue.Entry) {
    var wanted = [entry.file]
    for index in cursors.indices where index != entry.file && cursors[index].runsLow { wanted.append(index) }
    for index in queue.files(upTo: entry.time) where cursors[index].isUnopened { wanted.append(index) }
    let results = concurrentMap(wanted.map { files[$0] }) { $0.decode() }
    for (index, result) in zip(wanted, results) {
      cursors[index].add(result.batch, result.progress)
      if case .finished(let digest) = result.progress { finished.append(digest) }
    }
  }

  private func requeue(_ file: Int) {
    if let place = cursors[file].place {
      queue.insert(MergeQueue.Entry(time: place.time, market: place.market, file: file))
    } else {
      failure = cursors[file].failure
    }
  }

  /// Checks a book's time against what was delivered and counts its rows.
  private func judged(_ record: DecodedRecord, of file: RecordedFile) -> RecordedEvent {
    switch record.event {
    case .rejected(let fault):
      if let market = fault.market { rowCounts[market, default: 0] += record.rows }
      return record.event
    case .report(let report):
      rowCounts[report.market, default: 0] += record.rows
      return record.event
    case .snapshot(let snapshot):
      rowCounts[snapshot.market, default: 0] += record.rows
      do throws(FieldFault) {
        try order.admit(snapshot)
        return record.event
      } catch {
        return .rejected(
          RecordFault(
            kind: .outOfOrder, file: file.path, line: record.line, market: snapshot.market, field: error.field,
            reason: error.reason))
      }
    }
  }
}
