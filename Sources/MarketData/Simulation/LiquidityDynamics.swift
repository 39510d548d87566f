import Markets
import Sampling

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// The depth of one market's two sides, as logarithms relative to calm depth.
struct LiquidityDynamics: Sendable {
  /// The lowest ln depth that a swept side falls to against its regime, about 1/20: some orders always wait.
  private static let floor = -3.0

  private var base = 0.0
  private var shared: OrnsteinUhlenbeck
  private var own: BySide<OrnsteinUhlenbeck>
  private var swept = BySide(sell: 0.0, buy: 0.0)
  private var generator: SeededGenerator
  private let adjustment: Double
  private let refill: Double
  private let volatilityWithdrawal: Double
  private let withdrawalProbability: Double
  private let withdrawalSize: Double

  init(configuration: SimulationConfiguration, market: Int) {
    let liquidity = configuration.liquidity
    let step = configuration.step.seconds
    shared = OrnsteinUhlenbeck(deviation: liquidity.marketNoise, halfLife: 7_200, step: step)
    let side = OrnsteinUhlenbeck(deviation: liquidity.sideNoise, halfLife: 900, step: step)
    own = BySide(sell: side, buy: side)
    generator = SeededGenerator(seed: configuration.seed, stream: RandomStream.market(market, .liquidity))
    adjustment = 1 - exp2(-step / liquidity.adjustmentHalfLife.seconds)
    refill = exp2(-step / configuration.cascades.refillHalfLife.seconds)
    volatilityWithdrawal = liquidity.volatilityWithdrawal
    withdrawalProbability = liquidity.withdrawalInterval.map { step / $0.seconds } ?? 0
    withdrawalSize = liquidity.withdrawalSize
  }

  /// Moves by one step towards the regime's depth, less what the excess of recent volatility drives away.
  mutating func advance(in character: RegimeCharacter, logVolatilityExcess: Double) {
    let target = log(character.depth) - volatilityWithdrawal * max(0, logVolatilityExcess)
    base += (target - base) * adjustment
    shared.advance(using: &generator)
    for side in LiquidationSide.allCases {
      own[side].advance(using: &generator)
      swept[side] *= refill
      let fall = generator.exponential(mean: withdrawalSize)
      if generator.happens(withProbability: withdrawalProbability * character.volatility) { withdraw(fall, on: side) }
    }
  }

  /// Takes `fall` from ln depth of one side.
  mutating func withdraw(_ fall: Double, on side: LiquidationSide) {
    swept[side] = max(Self.floor, swept[side] - fall)
  }

  /// Depth of `side` as a multiple of calm depth, with the system's part of its logarithm.
  func depth(on side: LiquidationSide, system: Double) -> Double {
    exp(base + shared.value + own[side].value + swept[side] + system)
  }
}
