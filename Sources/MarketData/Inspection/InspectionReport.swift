/// What a recording holds and what is wrong with it.
///
/// Quantiles are at most 0.4 % below the exact ones; counts, minima, maxima and periods are exact, and so is the number
/// of gaps but for intervals within 0.4 % of the limit.
public struct InspectionReport: Hashable, Sendable, Codable {
  /// The markets in name order.
  public let markets: [MarketInspection]
  /// The number of records that could not be read or came out of order.
  public let rejectedRecords: Int
  /// The first rejected records, at most ten, as `file:line: field: reason`.
  public let firstFaults: [String]
}

/// What a recording holds of one market.
public struct MarketInspection: Hashable, Sendable, Codable {
  /// The market's name.
  public let market: String
  /// The number of source lines that make up the market's records; nil where the source does not say.
  public let rows: Int?
  /// The number of books.
  public let snapshots: Int
  /// When the first book was received, as RFC 3339 text; nil without books.
  public let first: String?
  /// When the last book was received, as RFC 3339 text; nil without books.
  public let last: String?
  /// The intervals between consecutive books that differ in time; nil with fewer than two.
  public let cadence: Cadence?
  /// Where the recording paused.
  public let gaps: Gaps
  /// The number of books that repeat the one before them level by level: a recorder that writes the last book again
  /// when a fetch fails.
  public let staleRepeats: Int
  /// The largest number of such repeats in a row.
  public let longestStaleRun: Int
  /// The number of books whose best bid is above the best ask.
  public let crossed: Int
  /// The number of books whose best bid equals the best ask.
  public let locked: Int
  /// The number of books with exactly one empty side.
  public let oneSided: Int
  /// The number of books without any level.
  public let empty: Int
  /// The number of books rejected because their time is before one already read.
  public let outOfOrder: Int
  /// The number of books with the time of the book before them.
  public let duplicates: Int
  /// The number of records of the market that could not be read, as far as the market is known.
  public let malformed: Int
  /// The number of times that the book was lost while it was rebuilt from changes, or that changes had no snapshot to
  /// follow; nil when that never happened.
  public let lostBooks: Int?
  /// The reports beside the books; nil without any.
  public let reports: ReportCounts?
  /// How far the bids reach below the mid; nil when no book had a mid.
  public let bidCoverage: Coverage?
  /// How far the asks reach above the mid; nil when no book had a mid.
  public let askCoverage: Coverage?

  /// The intervals between consecutive books, in seconds.
  public struct Cadence: Hashable, Sendable, Codable {
    /// The median interval, in seconds.
    public let median: Double
    /// The interval that 90 % do not exceed, in seconds.
    public let ninetieth: Double
    /// The longest interval, in seconds.
    public let longest: Double

    /// Creates a cadence from seconds.
    public init(median: Double, ninetieth: Double, longest: Double) {
      self.median = median
      self.ninetieth = ninetieth
      self.longest = longest
    }
  }

  /// The intervals longer than a limit: five times the median interval, and at least ten seconds.
  public struct Gaps: Hashable, Sendable, Codable {
    /// The limit, in seconds; nil without a cadence.
    public let limit: Double?
    /// The number of gaps.
    public let count: Int
    /// The longest gaps, at most five, longest first.
    public let longest: [Gap]

    /// Creates a summary of gaps.
    public init(limit: Double?, count: Int, longest: [Gap]) {
      self.limit = limit
      self.count = count
      self.longest = longest
    }
  }

  /// One pause of a recording.
  public struct Gap: Hashable, Sendable, Codable {
    /// When the last book before the gap was received, as RFC 3339 text.
    public let start: String
    /// The length, in seconds.
    public let seconds: Double

    /// Creates a gap.
    public init(start: String, seconds: Double) {
      self.start = start
      self.seconds = seconds
    }
  }

  /// How far from the mid the last level stands, in basis points; beyond it the book is censored.
  public struct Coverage: Hashable, Sendable, Codable {
    /// The smallest reach.
    public let minimum: Double
    /// The reach that 10 % of the books do not exceed.
    public let tenth: Double
    /// The median reach.
    public let median: Double

    /// Creates a coverage from basis points.
    public init(minimum: Double, tenth: Double, median: Double) {
      self.minimum = minimum
      self.tenth = tenth
      self.median = median
    }
  }
}
