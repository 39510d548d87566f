public import Markets

/// Why a model says what it says: what moves it over many rows, and at named snapshots.
public struct ExplanationReport: Hashable, Sendable {
  /// Which log-odds the contributions add up to.
  public enum Scale: String, Hashable, Sendable, Codable {
    /// Those of the probability itself.
    case calibrated
    /// The model's own, before an isotonic calibration, whose steps no sum can follow.
    case beforeCalibration
  }

  /// The rows that were explained.
  public struct Rows: Hashable, Sendable {
    /// The first row's instant.
    public let from: Timestamp
    /// The last row's instant.
    public let to: Timestamp
    /// Their markets, in name order.
    public let markets: [MarketName]
    /// Their sides.
    public let sides: [LiquidationSide]
    /// How many there are, in shortfall at the time or not.
    public let count: Int
    /// How many have a known outcome.
    public let known: Int
    /// In how many of these a shortfall followed.
    public let positives: Int

    /// Creates a description of rows.
    public init(
      from: Timestamp, to: Timestamp, markets: [MarketName], sides: [LiquidationSide], count: Int, known: Int,
      positives: Int
    ) {
      self.from = from
      self.to = to
      self.markets = markets
      self.sides = sides
      self.count = count
      self.known = known
      self.positives = positives
    }

    /// Positives over rows of known outcome; nil without any.
    public var prevalence: Double? { known == 0 ? nil : Double(positives) / Double(known) }
  }

  /// How close base and contributions must come to the log-odds, in every row.
  public static let tolerance = 1e-9

  /// Whether the data and the model were recorded or simulated.
  public let provenance: Provenance
  /// The model's name.
  public let model: String
  /// Which log-odds are explained.
  public let scale: Scale
  /// Which rows were explained.
  public let rows: Rows
  /// The mean log-odds of the training rows.
  public let base: Double
  /// The largest distance of a row's base and contributions from its log-odds.
  public let largestGap: Double
  /// Every input, the most important first.
  public let importance: [InputImportance]
  /// The named snapshots, in the order asked, then by market, sell before buy.
  public let snapshots: [SnapshotExplanation]

  /// Creates a report.
  public init(
    provenance: Provenance, model: String, scale: Scale, rows: Rows, base: Double, largestGap: Double,
    importance: [InputImportance], snapshots: [SnapshotExplanation]
  ) {
    self.provenance = provenance
    self.model = model
    self.scale = scale
    self.rows = rows
    self.base = base
    self.largestGap = largestGap
    self.importance = importance
    self.snapshots = snapshots
  }

  /// The same for people with little time: the first `count` inputs each, the others together; nil keeps every input.
  public func keeping(_ count: Int?) -> ExplanationReport {
    guard let count else { return self }
    return ExplanationReport(
      provenance: provenance, model: model, scale: scale, rows: rows, base: base, largestGap: largestGap,
      importance: importance.keeping(count), snapshots: snapshots.map { $0.keeping(count) })
  }
}
