public import Markets

/// One simulated market's contract and its calm state.
public struct SimulatedInstrument: Sendable, Equatable, Codable {
  /// The market's name; names differ within a simulation.
  public var name: MarketName
  /// The price at the start, in quote currency per base unit, that the price slowly reverts to.
  public var price: Double
  /// Price increments per unit of quote currency: prices are whole numbers divided by this; 1 to 10⁹.
  public var ticksPerUnit: Int
  /// Size increments per base unit; 1 to 10⁹.
  public var lotsPerUnit: Int
  /// The spacing of the levels behind the first four, in ticks: such levels stand on multiples of it; at least 4.
  public var levelSpacing: Int
  /// The calm notional within 100 bp of the mid on each side, in quote currency; above zero.
  public var depth: Double
  /// Calm volatility of log returns per √day, as a fraction; above 0, at most 1.
  public var volatility: Double
  /// Calm half spread as a fraction of the mid, on average; above 0, at most 0.01.
  public var halfSpread: Double

  /// Creates an instrument; `SimulationConfiguration` checks the ranges.
  public init(
    name: MarketName, price: Double, ticksPerUnit: Int, lotsPerUnit: Int, levelSpacing: Int, depth: Double,
    volatility: Double, halfSpread: Double
  ) {
    self.name = name
    self.price = price
    self.ticksPerUnit = ticksPerUnit
    self.lotsPerUnit = lotsPerUnit
    self.levelSpacing = levelSpacing
    self.depth = depth
    self.volatility = volatility
    self.halfSpread = halfSpread
  }

  /// The default markets, `SIM-BTC`, `SIM-ETH` and `SIM-XRP`: shaped like the real ones, and nothing but simulated.
  public static let standard: [SimulatedInstrument] = Array(catalogue.prefix(3))

  /// Six ready instruments, the default three first.
  public static let catalogue: [SimulatedInstrument] = [
    entry("SIM-BTC", 60_000, ticksPerUnit: 10, lotsPerUnit: 1_000, levelSpacing: 600, depth: 2e7, 0.025, 0.5),
    entry("SIM-ETH", 2_500, ticksPerUnit: 100, lotsPerUnit: 100, levelSpacing: 250, depth: 1e7, 0.032, 0.8),
    entry("SIM-XRP", 0.5, ticksPerUnit: 100_000, lotsPerUnit: 1, levelSpacing: 50, depth: 2e6, 0.038, 1.5),
    entry("SIM-SOL", 150, ticksPerUnit: 1_000, lotsPerUnit: 10, levelSpacing: 150, depth: 4e6, 0.042, 1),
    entry("SIM-LTC", 80, ticksPerUnit: 1_000, lotsPerUnit: 10, levelSpacing: 80, depth: 1e6, 0.036, 2),
    entry("SIM-DOGE", 0.12, ticksPerUnit: 1_000_000, lotsPerUnit: 1, levelSpacing: 120, depth: 1.5e6, 0.045, 2),
  ].compactMap(\.self)

  private static func entry(
    _ name: String, _ price: Double, ticksPerUnit: Int, lotsPerUnit: Int, levelSpacing: Int, depth: Double,
    _ volatility: Double, _ halfSpread: Double
  ) -> SimulatedInstrument? {
    guard let name = MarketName(name) else { return nil }
    return SimulatedInstrument(
      name: name, price: price, ticksPerUnit: ticksPerUnit, lotsPerUnit: lotsPerUnit, levelSpacing: levelSpacing,
      depth: depth, volatility: volatility, halfSpread: BasisPoints(halfSpread).fraction)
  }
}
