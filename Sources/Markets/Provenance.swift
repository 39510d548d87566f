/// Whether figures rest on recorded or on simulated markets; it stands on every table.
public enum Provenance: String, Hashable, Sendable, Codable {
  /// Every market was recorded.
  case real = "REAL"
  /// At least one market was simulated.
  case simulated = "SIMULATED"

  /// The origin of figures about some markets.
  ///
  /// The simulator names its markets with a reserved prefix, so the origin travels with the data through files, pipes and
  /// models, and no flag can be forgotten.
  public init(of markets: some Sequence<MarketName>) {
    self = markets.contains(where: \.isSimulated) ? .simulated : .real
  }
}

extension MarketName {
  /// The prefix that the names of simulated markets carry.
  public static let simulatedPrefix = "SIM-"

  /// Whether the market was simulated by this program.
  public var isSimulated: Bool { text.hasPrefix(Self.simulatedPrefix) }
}
