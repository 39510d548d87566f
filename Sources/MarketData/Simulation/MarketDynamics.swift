import Markets
import Sampling

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// One market: its price, its depth and the positions whose liquidation moves both.
struct MarketDynamics: Sendable {
  /// How far one step's liquidations may push the price, in units of 100 bp: the engine works through the rest later.
  private static let reachPerStep = 0.25
  /// The liquidations of the last minutes, in calm depths, above which the market is in a cascade.
  private static let cascadeFlow = 0.15
  private static let flowHalfLife = 300.0
  private static let impactHalfLife = 3_600.0
  /// How long liquidations wait before a backstop takes half of them over.
  private static let backstopHalfLife = 180.0
  private static let reversionHalfLife = 864_000.0
  private static let varianceHalfLife = 900.0
  /// The log price stays this near to its start, a factor of 20, so that every rendered price is sound.
  private static let logPriceRange = -3.0...3.0

  private(set) var regime = SimulatedRegime.calm
  /// ln (price / the price at the start).
  private(set) var logPrice = 0.0
  private(set) var depth = BySide(sell: 1.0, buy: 1.0)

  private var permanent = 0.0
  private var impact = 0.0
  private var chain: RegimeChain
  private var liquidity: LiquidityDynamics
  private var ladders: BySide<LeverageLadder>
  private var pending = BySide(sell: 0.0, buy: 0.0)
  private var flow = 0.0
  private var varianceRatio = 1.0
  private var priceGenerator: SeededGenerator
  private var regimeGenerator: SeededGenerator
  private let volatility: Double
  private let step: Double
  private let regimes: RegimeTable
  private let cascades: SimulatedCascades
  private let decay: (impact: Double, flow: Double, backstop: Double, variance: Double, reversion: Double)

  init(configuration: SimulationConfiguration, market: Int) {
    let seed = configuration.seed
    step = configuration.step.seconds
    volatility = configuration.instruments[market].volatility * (step / 86_400).squareRoot()
    regimes = configuration.regimes
    cascades = configuration.cascades
    chain = RegimeChain(table: regimes, calmDwell: regimes.idiosyncraticCalm)
    liquidity = LiquidityDynamics(configuration: configuration, market: market)
    let cascades = cascades
    ladders = BySide { side in
      LeverageLadder(
        interest: side == .sell ? cascades.longInterest : cascades.shortInterest, meanDistance: cascades.meanDistance,
        level: 0)
    }
    priceGenerator = SeededGenerator(seed: seed, stream: RandomStream.market(market, .price))
    regimeGenerator = SeededGenerator(seed: seed, stream: RandomStream.market(market, .regime))
    decay = (
      exp2(-step / Self.impactHalfLife), exp2(-step / Self.flowHalfLife), exp2(-step / Self.backstopHalfLife),
      exp2(-step / Self.varianceHalfLife),
      exp2(-step / Self.reversionHalfLife)
    )
  }

  /// Moves the market by one step.
  mutating func advance(_ system: SystemStep) {
    chain.advance(seconds: step, using: &regimeGenerator)
    regime = flow > Self.cascadeFlow ? .cascade : .worse(system.regime, chain.regime)
    diffuse(system)
    pending.sell += system.shock.liquidation
    for side in LiquidationSide.allCases {
      pending[side] += ladders[side].move(to: side.sign * logPrice)
      ladders[side].renew(seconds: step)
    }
    flow *= decay.flow
    liquidity.advance(in: regimes[regime], logVolatilityExcess: 0.5 * log(varianceRatio))
    for side in LiquidationSide.allCases {
      liquidate(side, against: liquidity.depth(on: side, system: system.logDepth))
    }
    depth = BySide { liquidity.depth(on: $0, system: system.logDepth) }
  }

  /// Draws the return that no liquidation causes.
  private mutating func diffuse(_ system: SystemStep) {
    let own = priceGenerator.normal()
    let shape = system.correlation.squareRoot() * system.factor + (1 - system.correlation).squareRoot() * own
    let deviation = volatility * regimes[regime].volatility * exp(system.logVolatility)
    let change = deviation * shape + system.shock.logReturn
    let relative = change / volatility
    varianceRatio = varianceRatio * decay.variance + (1 - decay.variance) * min(relative * relative, 400)
    permanent = permanent * decay.reversion + change
    impact *= decay.impact
    settle()
  }

  /// Sweeps the waiting liquidations of one side into the book of the given depth, as far as one step allows.
  private mutating func liquidate(_ side: LiquidationSide, against depth: Double) {
    guard pending[side] > 0 else { return }
    let executed = min(pending[side], depth * DepthProfile.notional(within: Self.reachPerStep))
    pending[side] = (pending[side] - executed) * decay.backstop
    flow += executed
    let share = executed / depth
    let move = -side.sign * DepthProfile.distance(holding: share) * DepthProfile.unit
    permanent += move * cascades.permanentImpact
    impact += move * (1 - cascades.permanentImpact)
    liquidity.withdraw(share * cascades.withdrawal, on: side)
    settle()
  }

  private mutating func settle() {
    logPrice = min(max(permanent + impact, Self.logPriceRange.lowerBound), Self.logPriceRange.upperBound)
    permanent = logPrice - impact
  }
}
