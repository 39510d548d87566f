public import MarketData

/// Reports what a recording holds.
public enum InspectRecording {
  private static let batchSize = 1_024

  /// Reads everything and reports market by market.
  ///
  /// - Throws: `SourceFailure`, and `RecordFault` at the first bad record when reading is strict.
  public static func run(
    paths: [String], format: BookFormat? = nil, strictness: Recording.Strictness = .report
  ) throws -> InspectionReport {
    let stream = try RecordedStream(paths: paths, format: format)
    var inspection = Inspection()
    while true {
      let events = try stream.next(limit: batchSize)
      if events.isEmpty { return inspection.finish(rows: stream.rowCount(of:)) }
      for event in events {
        if strictness == .stop, case .rejected(let fault) = event { throw fault }
        inspection.observe(event)
      }
    }
  }
}
