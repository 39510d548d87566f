public import MarketData
internal import Markets
internal import VenueFeeds

/// Reports what a recording holds.
public enum InspectRecording {
  private static let batchSize = 1_024

  /// Rebuilds the books of a venue's lines and reports market by market.
  ///
  /// - Throws: `SourceFailure` for a file that cannot be opened; when reading is strict, at the first damage, and
  ///   `RecordFault` at the first bad line or book out of order.
  public static func run(_ recording: VenueRecording) throws -> InspectionReport {
    var recording = recording
    let strictness = recording.strictness
    var order = ArrivalOrder()
    var inspection = Inspection()
    try recording.forEachEvent { event, place in
      switch event {
      case .book(let snapshot):
        do throws(FieldFault) {
          try order.admit(snapshot)
          inspection.observe(.snapshot(snapshot))
        } catch {
          let fault = place.fault(.outOfOrder, error, of: snapshot.market)
          if strictness == .stop { throw fault }
          inspection.observe(.rejected(fault))
        }
      case .rejected(let fault): inspection.observe(.rejected(place.fault(.malformed, fault)))
      case .invalid(let book): inspection.observe(lossOf: book.market)
      case .trade, .figure, .liquidation:
        if let report = event.report { inspection.observe(.report(report)) }
      case .quote, .ignored: break
      }
    }
    return inspection.finish()
  }

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
