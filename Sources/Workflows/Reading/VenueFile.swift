internal import MarketData
internal import Markets
internal import VenueFeeds

/// One file of a venue's lines, of which the next is known.
final class VenueFile {
  private static let searchedLines = 64

  let path: String
  private let venue: Venue
  private var lines: StoredLines?
  private var isOpen: Bool
  private var market: MarketName?
  private var hasSeveralMarkets = false
  /// The line whose turn comes next, valid until the file is moved on; nil before the first and at the end.
  private(set) var line: SplitLine?
  /// Its number, 1 for the first.
  private(set) var number = 0
  /// When it was received; a line that does not say so has the time of the one before it, or at the beginning of a file
  /// that of the first line that has one.
  private(set) var time: Timestamp

  /// Looks at a file's first lines and closes it again; one that can be read only once, such as a pipe, stays open, and
  /// then comes first.
  init(path: String, venue: Venue) throws(SourceFailure) {
    self.path = path
    self.venue = venue
    var lines = try StoredLines(StoredBytes(path: path))
    isOpen = !FileSearch.isReopenable(path)
    time = .distantPast
    if isOpen {
      self.lines = consume lines
    } else {
      time = Self.firstTime(in: &lines, of: venue) ?? .distantPast
    }
  }

  private static func firstTime(in lines: inout StoredLines, of venue: Venue) -> Timestamp? {
    for _ in 0..<searchedLines {
      // What is damaged here is told when the file's turn comes.
      guard let line = try? lines.next() else { return nil }
      if case .complete(let bytes) = line, let time = venue.receiveTime(of: bytes) { return time }
    }
    return nil
  }

  /// The market of all that the file said so far; nil when that is none, or more than one.
  var onlyMarket: MarketName? { hasSeveralMarkets ? nil : market }

  /// Notes a market that a line of the file speaks of.
  func note(_ market: MarketName) {
    if let known = self.market, known != market { hasSeveralMarkets = true }
    self.market = market
  }

  /// Moves on to the next line.
  ///
  /// - Throws: `SourceFailure` when the file cannot be read on; it has then ended.
  func moveOn() throws(SourceFailure) {
    line = nil
    if !isOpen {
      lines = try StoredLines(StoredBytes(path: path))
      isOpen = true
    }
    do throws(SourceFailure) {
      line = try lines?.next()
    } catch {
      lines = nil
      throw error
    }
    guard let line else { return lines = nil }
    number += 1
    if case .complete(let bytes) = line, let received = venue.receiveTime(of: bytes) { time = received }
  }
}
