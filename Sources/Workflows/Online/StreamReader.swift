package import Checkpoints
internal import MarketData
public import VenueFeeds

/// The reader of a stream's lines: books in the canonical format, or a venue's own messages.
public struct StreamReader: Sendable {
  private var parser = CanonicalRecordParser()
  /// What rebuilds books from a venue's messages; nil for canonical lines.
  private var feed: VenueFeed?
  /// Whether some lines tell of lost books.
  private var losses = Losses.untold

  private enum Losses {
    case untold
    case told
  }

  /// Reads canonical lines, each of which is a whole book or a report beside books.
  public static let canonical = StreamReader(feed: nil)

  /// Reads canonical lines that a replay made of a venue's recorded lines: a lost book is a `LossLine` among them.
  public static let rebuilt: StreamReader = {
    var reader = StreamReader(feed: nil)
    reader.losses = .told
    return reader
  }()

  /// Reads a venue's own lines.
  ///
  /// - Parameter feed: A feed that has seen nothing.
  public static func venue(_ feed: VenueFeed) -> StreamReader { StreamReader(feed: feed) }

  private init(feed: VenueFeed?) { self.feed = feed }

  /// The lines that are read and the settings of their reading, in words; equal for equal ones and no others.
  var form: String {
    feed.map { "\($0.venue.rawValue), \($0.configuration)" }
      ?? (losses == .told ? "canonical with losses" : "canonical")
  }

  /// Whose lines are read; nil for canonical ones.
  var venue: Venue? { feed?.venue }

  /// Whether each line has one answer, as far as it is no report, so that answers tell how many lines were read.
  var answersEveryLine: Bool { feed == nil }

  /// What a line says, in the order in which it happened.
  ///
  /// A canonical line says one thing; a venue's line says nothing, one thing or several.
  mutating func read(_ line: InputLine) -> [VenueEvent] {
    guard case .bytes(let bytes) = line else {
      let fault = FieldFault(field: "line", reason: "the line is longer than 16 MiB")
      return feed?.miss(fault) ?? [.rejected(fault)]
    }
    if let events = feed?.read(bytes) { return events }
    if losses == .told, let lost = LossLine.parse(bytes) { return [.invalid(lost)] }
    do throws(FieldFault) {
      return [VenueEvent(try parser.parse(bytes))]
    } catch {
      return [.rejected(error)]
    }
  }

  /// What follows when lines may be missing before the next one.
  mutating func interrupt() -> [VenueEvent] { feed?.interrupt() ?? [] }

  /// What the end of the input completes.
  mutating func finish() -> [VenueEvent] { feed?.finish() ?? [] }
}

extension StreamReader: Resumable {
  /// Whether there is a feed is a setting.
  package mutating func exchange(with archive: inout StateArchive) throws(StateFault) {
    try feed?.exchange(with: &archive)
  }
}
