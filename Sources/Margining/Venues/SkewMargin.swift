/// The margins of Synthetix perps v3, which grow with a position's size beside the scale of the market's skew.
///
/// `initial ratio = size / skewScale · ratio + minimum`, `maintenance ratio = initial ratio · scalar`, and a constant is added
/// to both margins. Everything is in units of 10⁻¹⁸, as in the protocol, each product and quotient rounded down; a skew scale
/// of zero leaves the minimum. Source: `calculateRequiredMargins` in
/// https://github.com/Synthetixio/synthetix-v3/blob/main/markets/perps-market/contracts/storage/PerpsMarketConfiguration.sol
public struct SkewMargin: Hashable, Sendable {
  /// The size, in units of the base asset, at which the ratio has its whole weight.
  public let skewScale: UInt128
  /// The rise of the initial margin ratio over the skew scale.
  public let initialMarginRatio: UInt128
  /// The initial margin ratio of the smallest position.
  public let minimumInitialMarginRatio: UInt128
  /// The maintenance margin ratio over the initial margin ratio.
  public let maintenanceMarginScalar: UInt128
  /// What is added to both margins, in USD.
  public let minimumPositionMargin: UInt128

  /// What a position needs.
  public struct Requirement: Hashable, Sendable {
    /// The initial margin over notional.
    public let initialRatio: UInt128
    /// The maintenance margin over notional.
    public let maintenanceRatio: UInt128
    /// The initial margin in USD, the added constant included.
    public let initial: UInt128
    /// The maintenance margin in USD, the added constant included.
    public let maintenance: UInt128
  }

  /// Creates the configuration of a market; everything in units of 10⁻¹⁸.
  public init(
    skewScale: UInt128, initialMarginRatio: UInt128, minimumInitialMarginRatio: UInt128,
    maintenanceMarginScalar: UInt128, minimumPositionMargin: UInt128
  ) {
    self.skewScale = skewScale
    self.initialMarginRatio = initialMarginRatio
    self.minimumInitialMarginRatio = minimumInitialMarginRatio
    self.maintenanceMarginScalar = maintenanceMarginScalar
    self.minimumPositionMargin = minimumPositionMargin
  }

  /// What a position of a size in the base asset needs at a price in USD, both in units of 10⁻¹⁸; nil where a number does
  /// not fit into 128 bits.
  public func requirement(ofSize size: UInt128, price: UInt128) -> Requirement? {
    if size == 0 { return Requirement(initialRatio: 0, maintenanceRatio: 0, initial: 0, maintenance: 0) }
    guard let impact = skewScale == 0 ? 0 : Self.scaled(size, Self.one, over: skewScale),
      let rise = Self.scaled(impact, initialMarginRatio, over: Self.one),
      let initialRatio = Self.sum(rise, minimumInitialMarginRatio),
      let maintenanceRatio = Self.scaled(initialRatio, maintenanceMarginScalar, over: Self.one),
      let notional = Self.scaled(size, price, over: Self.one),
      let initial = Self.scaled(notional, initialRatio, over: Self.one).flatMap({ Self.sum($0, minimumPositionMargin) }
      ),
      let maintenance = Self.scaled(notional, maintenanceRatio, over: Self.one)
        .flatMap({ Self.sum($0, minimumPositionMargin) })
    else { return nil }
    return Requirement(
      initialRatio: initialRatio, maintenanceRatio: maintenanceRatio, initial: initial, maintenance: maintenance)
  }

  private static let one: UInt128 = 1_000_000_000_000_000_000

  /// `left · right / divisor` rounded down, through a product of 256 bits; nil where the quotient does not fit.
  private static func scaled(_ left: UInt128, _ right: UInt128, over divisor: UInt128) -> UInt128? {
    let product = left.multipliedFullWidth(by: right)
    return product.high < divisor ? divisor.dividingFullWidth(product).quotient : nil
  }

  private static func sum(_ left: UInt128, _ right: UInt128) -> UInt128? {
    let (sum, isOverflow) = left.addingReportingOverflow(right)
    return isOverflow ? nil : sum
  }
}
