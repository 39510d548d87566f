/// The margins of Synthetix perps v3, which grow with a position's share of the market's skew scale.
///
/// With `impact = |size| / skewScale`:
///
///     initial ratio      = impact · slope + minimum
///     maintenance ratio  = initial ratio · maintenance scalar
///     margin             = notional · ratio + minimum position margin
///
/// Source:
/// https://github.com/Synthetixio/synthetix-v3/blob/main/markets/perps-market/contracts/storage/PerpsMarketConfiguration.sol
/// (`calculateRequiredMargins`).
public struct SkewImpactMargin: Hashable, Sendable {
  /// The size that moves the price by its whole, in units of the base asset; 0 switches the impact off.
  public let skewScale: Double
  /// The initial margin ratio for each unit of impact.
  public let slope: Double
  /// The initial margin ratio of a position without impact.
  public let minimum: Double
  /// The maintenance ratio as a share of the initial ratio.
  public let maintenanceScalar: Double
  /// What every position's margins hold on top, in quote currency.
  public let minimumPositionMargin: Double

  /// Creates a rule, or nil when a value is negative or not finite.
  public init?(
    skewScale: Double, slope: Double, minimum: Double, maintenanceScalar: Double, minimumPositionMargin: Double
  ) {
    let values = [skewScale, slope, minimum, maintenanceScalar, minimumPositionMargin]
    guard values.allSatisfy({ $0 >= 0 && $0.isFinite }) else { return nil }
    self.skewScale = skewScale
    self.slope = slope
    self.minimum = minimum
    self.maintenanceScalar = maintenanceScalar
    self.minimumPositionMargin = minimumPositionMargin
  }

  /// The initial margin ratio of a position of a size in units of the base asset; long and short alike.
  public func initialRatio(ofSize size: Double) -> Double {
    (skewScale == 0 ? 0 : abs(size) / skewScale) * slope + minimum
  }

  /// The maintenance margin ratio of a position of a size in units of the base asset; long and short alike.
  public func maintenanceRatio(ofSize size: Double) -> Double { initialRatio(ofSize: size) * maintenanceScalar }

  /// The initial margin of a position in quote currency.
  public func initialMargin(ofSize size: Double, price: Double) -> Double {
    abs(size) * price * initialRatio(ofSize: size) + minimumPositionMargin
  }

  /// The maintenance margin of a position in quote currency.
  public func maintenanceMargin(ofSize size: Double, price: Double) -> Double {
    abs(size) * price * maintenanceRatio(ofSize: size) + minimumPositionMargin
  }
}
