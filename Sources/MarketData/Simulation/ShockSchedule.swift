import Markets
import Sampling

/// The shocks that are certain: one in each consecutive interval, drawn from the seed and the interval's index alone.
struct ShockSchedule: Sendable {
  /// One shock and the warning that goes before it.
  struct Shock: Sendable {
    /// When the system begins to thin, in seconds since the start.
    var thinning: Double
    /// When stress begins.
    var stress: Double
    /// When the price begins to fall.
    var fall: Double
    /// The fall of the common log price.
    var size: Double
  }

  /// What a shock does in one step.
  struct Effect: Sendable {
    /// The least severe regime that the system may be in.
    var regime = SimulatedRegime.calm
    /// The change of the common log price.
    var logReturn = 0.0
    /// The long notional liquidated in each market, in calm depths.
    var liquidation = 0.0
  }

  private let seed: UInt64
  private let liquidation: Double
  private let interval: Double?
  private let length: Double
  private let sizes: ClosedRange<Double>
  private var index: Int64 = -1
  private var shock: Shock?

  init(configuration: SimulationConfiguration) {
    seed = configuration.seed
    liquidation = configuration.cascades.shockLiquidation
    interval = configuration.cascades.shockInterval?.seconds
    length = configuration.cascades.shockLength.seconds
    sizes = configuration.cascades.smallestShock...configuration.cascades.largestShock
  }

  /// What happens in the step that begins at `time`, in seconds since the start.
  mutating func effect(at time: Double, step: Double) -> Effect {
    guard let interval else { return Effect() }
    let current = Int64(time / interval)
    if current != index {
      index = current
      shock = Self.draw(seed: seed, index: current, interval: interval, sizes: sizes)
    }
    guard let shock, time >= shock.thinning, time < shock.fall + length else { return Effect() }
    if time < shock.stress { return Effect(regime: .thinning) }
    if time < shock.fall { return Effect(regime: .stressed) }
    let share = step / length
    return Effect(regime: .stressed, logReturn: -shock.size * share, liquidation: liquidation * share)
  }

  private static func draw(seed: UInt64, index: Int64, interval: Double, sizes: ClosedRange<Double>) -> Shock {
    var generator = SeededGenerator(seed: seed, stream: RandomStream.shock(interval: index))
    let fall = (Double(index) + 0.2 + 0.6 * generator.uniform()) * interval
    let stress = fall - 600 - generator.exponential(mean: 1_200)
    let thinning = stress - 600 - generator.exponential(mean: 3_600)
    let size = sizes.lowerBound + (sizes.upperBound - sizes.lowerBound) * generator.uniform()
    return Shock(thinning: thinning, stress: stress, fall: fall, size: size)
  }
}

/// The numbers of the independent random sequences that share the seed.
enum RandomStream {
  static let system: UInt64 = 1
  static let outage: UInt64 = 2

  /// The sequence of one interval's shock.
  static func shock(interval: Int64) -> UInt64 { 0x1_0000_0000 &+ UInt64(bitPattern: interval) }

  /// What a market draws for.
  enum Purpose: UInt64 {
    case price, liquidity, regime, recorder, levels
  }

  /// The sequence of one market and purpose.
  static func market(_ index: Int, _ purpose: Purpose) -> UInt64 {
    0x1_0000 &+ UInt64(index) &* 16 &+ purpose.rawValue
  }
}
