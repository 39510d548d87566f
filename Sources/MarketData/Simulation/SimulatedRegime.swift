public import Markets

/// The hidden state of a simulated market.
///
/// A market runs calm → thinning → (calm or stressed), stressed → recovery → calm. `cascade` is not drawn: it is the
/// state of a market whose book forced liquidations are sweeping.
public enum SimulatedRegime: String, CaseIterable, Hashable, Sendable, Codable {
  /// Ordinary depth, volatility and correlation.
  case calm
  /// After stress: depth comes back, volatility is still raised.
  case recovery
  /// Depth leaves gradually while volatility and correlation rise; four in ten of these end harmlessly.
  case thinning
  /// Thin, volatile and strongly correlated.
  case stressed
  /// Forced liquidations sweep the book.
  case cascade

  /// The order in which one regime outweighs another where the system's and a market's own meet; calm is 0.
  package var severity: Int {
    switch self {
    case .calm: 0
    case .recovery: 1
    case .thinning: 2
    case .stressed: 3
    case .cascade: 4
    }
  }

  /// The more severe of two regimes.
  package static func worse(_ left: SimulatedRegime, _ right: SimulatedRegime) -> SimulatedRegime {
    left.severity >= right.severity ? left : right
  }
}

/// How a market behaves in one regime, relative to calm.
public struct RegimeCharacter: Sendable, Equatable, Codable {
  /// The depth that the book tends to, as a multiple of calm depth; above 0, at most 10.
  public var depth: Double
  /// Volatility as a multiple of the instrument's; above 0, at most 100.
  public var volatility: Double
  /// The quoted spread as a multiple of the instrument's; at least 1, at most 1,000.
  public var spread: Double
  /// The correlation of any two markets' returns while the *system* is in this regime; 0 to 0.99.
  public var correlation: Double
  /// The time between snapshots as a multiple of the recorder's cadence; at least 0.1, at most 100.
  public var cadence: Double
  /// How long the regime lasts on average.
  ///
  /// Above zero. A cascade's length follows from the liquidations instead.
  public var dwell: TimeSpan

  /// Creates a character; `SimulationConfiguration` checks the ranges.
  public init(
    depth: Double, volatility: Double, spread: Double, correlation: Double, cadence: Double, dwell: TimeSpan
  ) {
    self.depth = depth
    self.volatility = volatility
    self.spread = spread
    self.correlation = correlation
    self.cadence = cadence
    self.dwell = dwell
  }
}

/// The characters of all regimes.
public struct RegimeTable: Sendable, Equatable, Codable {
  /// The character of `calm`; its dwell is the mean time between the system's thinnings.
  public var calm = RegimeCharacter(
    depth: 1, volatility: 1, spread: 1, correlation: 0.45, cadence: 1, dwell: .hours(28))
  /// The character of `recovery`.
  public var recovery = RegimeCharacter(
    depth: 0.8, volatility: 1.4, spread: 1.4, correlation: 0.6, cadence: 1.1, dwell: .minutes(90))
  /// The character of `thinning`.
  public var thinning = RegimeCharacter(
    depth: 0.78, volatility: 1.6, spread: 1.3, correlation: 0.75, cadence: 1, dwell: .minutes(80))
  /// The character of `stressed`.
  public var stressed = RegimeCharacter(
    depth: 0.4, volatility: 2.4, spread: 2.2, correlation: 0.87, cadence: 1.2, dwell: .minutes(50))
  /// The character of `cascade`; its dwell is unused.
  public var cascade = RegimeCharacter(
    depth: 0.25, volatility: 3, spread: 4, correlation: 0.9, cadence: 1.4, dwell: .minutes(10))
  /// The probability that thinning ends in stress instead of calm; 0 to 1.
  public var escalation = 0.6
  /// The mean time between a market's *own* thinnings, that the others do not share; above zero.
  public var idiosyncraticCalm = TimeSpan.hours(48)

  /// Creates the default table.
  public init() {}

  /// The character of one regime.
  public subscript(regime: SimulatedRegime) -> RegimeCharacter {
    switch regime {
    case .calm: calm
    case .recovery: recovery
    case .thinning: thinning
    case .stressed: stressed
    case .cascade: cascade
    }
  }
}
