public import MarketData

/// Reports what a recording holds.
public enum InspectRecording {
  private static let batchSize = 1_024

  /// Reads everything and reports market by market.
  ///
  /// - Throws: `SourceFailure` when the paths name no books; when reading is strict, at the first damage, and `RecordFault` at the
  ///   first bad record.
  public static func run(
    paths: [String], format: BookFormat? = nil, strictness: Recording.Strictness = .report,
    talk: any Talk = Silence()
  ) throws -> InspectionReport {
    let stream = try RecordedStream(paths: paths, format: format)
    var inspection = Inspection()
    while true {
      let events: [RecordedEvent]
      do {
        events = try stream.next(limit: batchSize)
      } catch {
        if strictness == .stop { throw error }
        talk.damaged(error)
        continue
      }
      if events.isEmpty { return inspection.finish(rows: stream.rowCount(of:)) }
      for event in events {
        if strictness == .stop, case .rejected(let fault) = event { throw fault }
        inspection.observe(event)
      }
    }
  }
}
