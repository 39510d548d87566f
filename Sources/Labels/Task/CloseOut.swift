public import Markets

/// The liquidation whose close-out loss is measured.
public struct CloseOut: Hashable, Sendable {
  /// Size of the position in quote currency, valued at the mid of the book it executes against.
  public let notional: Double
  /// The furthest distance from the mid at which it executes; what the book does not hold is charged this distance.
  public let reach: BasisPoints
  /// The liquidation fee as a fraction of notional.
  public let fee: Double
  /// The maintenance margin that a loss must exceed to be a margin shortfall.
  public let maintenanceMargin: MarginFraction

  /// The reach of a sweep unless configured otherwise: 500 bp.
  public static let standardReach = BasisPoints(500)

  /// Creates a liquidation.
  ///
  /// - Throws: `TaskFault` unless the notional is finite and above zero, the reach above 0 and at most 10,000 bp, and
  ///   the fee from 0 to below 1.
  public init(
    notional: Double, reach: BasisPoints = CloseOut.standardReach, fee: Double = 0, maintenanceMargin: MarginFraction
  ) throws(TaskFault) {
    guard notional > 0, notional.isFinite else { throw .notional(notional) }
    guard reach.value > 0, reach.value <= 10_000 else { throw .reach(reach) }
    guard fee >= 0, fee < 1 else { throw .fee(fee) }
    self.notional = notional
    self.reach = reach
    self.fee = fee
    self.maintenanceMargin = maintenanceMargin
  }
}

/// Notional in quote currency, reach in basis points, fee as a fraction, margin in parts per million.
extension CloseOut: Codable {
  private enum CodingKeys: String, CodingKey {
    case notional, reach, fee
    case maintenanceMargin = "maintenanceMarginPartsPerMillion"
  }

  /// Reads and checks a liquidation.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    let parts = try container.decode(Int.self, forKey: .maintenanceMargin)
    guard let margin = MarginFraction(partsPerMillion: parts) else {
      throw DecodingError.dataCorruptedError(
        forKey: .maintenanceMargin, in: container, debugDescription: "a margin is 0 to 1000000 parts per million")
    }
    try self.init(
      notional: container.decode(Double.self, forKey: .notional),
      reach: container.decode(BasisPoints.self, forKey: .reach), fee: container.decode(Double.self, forKey: .fee),
      maintenanceMargin: margin)
  }

  /// Writes the liquidation.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(notional, forKey: .notional)
    try container.encode(reach, forKey: .reach)
    try container.encode(fee, forKey: .fee)
    try container.encode(maintenanceMargin.partsPerMillion, forKey: .maintenanceMargin)
  }
}
