public import Markets

/// What a model is to a stream.
public enum ModelRole: String, CaseIterable, Hashable, Sendable, Codable {
  /// Its answers are the stream's.
  case champion
  /// It is scored in shadow, and only the ledger knows what it said.
  case challenger
}

/// A model version that spoke on a stream, with what is needed to judge it without its directory.
public struct ModelRecord: Hashable, Sendable {
  /// The event rates of one set of training rows.
  public struct Rates: Hashable, Sendable {
    /// Of rows not in shortfall, 0 to 1.
    public let onset: Double
    /// Of all rows, 0 to 1.
    public let state: Double

    /// Creates rates.
    public init(onset: Double, state: Double) {
      self.onset = onset
      self.state = state
    }
  }

  /// The SHA-256 of the model's file, in hexadecimal digits.
  public let digest: String
  /// The name in its training configuration.
  public let name: String
  /// What it is to the stream from `firstLine` on.
  public let role: ModelRole
  /// The number of the first line that it was there for.
  public var firstLine: Int
  /// How long after an origin its outcome is known: decision latency plus horizon.
  public let informationSpan: TimeSpan
  /// The least skill with which the nightly job would have promoted it; nil for an imported model.
  public let minimumSkill: Double?
  /// The event rates over its training window.
  public let rates: Rates
  /// The event rates of single markets.
  public let marketRates: [MarketName: Rates]

  /// Creates a record.
  public init(
    digest: String, name: String, role: ModelRole, firstLine: Int, informationSpan: TimeSpan, minimumSkill: Double?,
    rates: Rates, marketRates: [MarketName: Rates]
  ) {
    self.digest = digest
    self.name = name
    self.role = role
    self.firstLine = firstLine
    self.informationSpan = informationSpan
    self.minimumSkill = minimumSkill
    self.rates = rates
    self.marketRates = marketRates
  }
}
