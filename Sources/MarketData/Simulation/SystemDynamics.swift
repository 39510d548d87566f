import Markets
import Sampling

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// What all markets share in one step.
struct SystemStep: Sendable {
  /// The regime of the system.
  let regime: SimulatedRegime
  /// The correlation of any two markets' returns.
  let correlation: Double
  /// The standard normal draw of the common factor.
  let factor: Double
  /// What a shock does to every market.
  let shock: ShockSchedule.Effect
  /// The logarithm of the volatility multiple that no regime explains.
  let logVolatility: Double
  /// The common part of ln depth: noise and the hour of the day.
  let logDepth: Double
}

/// The dynamics that all markets share.
struct SystemDynamics: Sendable {
  private var chain: RegimeChain
  private var shocks: ShockSchedule
  private var generator: SeededGenerator
  private var volatility: OrnsteinUhlenbeck
  private var liquidity: OrnsteinUhlenbeck
  private var correlation: Double
  private let configuration: SimulationConfiguration
  private let step: Double
  private let startHour: Double

  init(configuration: SimulationConfiguration) {
    self.configuration = configuration
    step = configuration.step.seconds
    chain = RegimeChain(table: configuration.regimes, calmDwell: configuration.regimes.calm.dwell)
    shocks = ShockSchedule(configuration: configuration)
    generator = SeededGenerator(seed: configuration.seed, stream: RandomStream.system)
    volatility = OrnsteinUhlenbeck(deviation: 0.25, halfLife: 21_600, step: step)
    liquidity = OrnsteinUhlenbeck(deviation: configuration.liquidity.systemNoise, halfLife: 14_400, step: step)
    correlation = configuration.regimes.calm.correlation
    startHour = configuration.start.secondOfDay / 3_600
  }

  /// Moves the system through the step that begins `time` seconds after the start.
  mutating func advance(time: Double) -> SystemStep {
    chain.advance(seconds: step, using: &generator)
    let shock = shocks.effect(at: time, step: step)
    chain.raise(to: shock.regime)
    volatility.advance(using: &generator)
    liquidity.advance(using: &generator)
    // Correlation follows the regime within minutes, well ahead of depth.
    correlation += (configuration.regimes[chain.regime].correlation - correlation) * (1 - exp2(-step / 600))
    let hour = startHour + time / 3_600 - configuration.liquidity.thinnestHour
    let change = configuration.change.flatMap { time >= $0.after.seconds ? $0 : nil }
    let pattern = -configuration.liquidity.hourlyAmplitude * cos(2 * Double.pi * hour / 24)
    return SystemStep(
      regime: chain.regime, correlation: correlation, factor: generator.normal(), shock: shock,
      logVolatility: volatility.value + log(change?.volatility ?? 1),
      logDepth: liquidity.value + pattern + log(change?.depth ?? 1))
  }
}

extension Timestamp {
  /// Seconds since midnight UTC.
  fileprivate var secondOfDay: Double {
    Double(wholeSeconds - Int64(day) * 86_400)
  }
}
