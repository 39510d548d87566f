public import Markets

/// How simulated books are recorded; the recorder never changes the market that it records.
public struct SimulatedRecorder: Sendable, Equatable, Codable {
  /// The mean time between a market's snapshots in calm.
  ///
  /// At least the simulation's step, at most 1 d. Default 60 s.
  public var cadence = TimeSpan.seconds(60)
  /// The random share of the time between snapshots, exponentially distributed.
  ///
  /// 0 (regular) to 1. Default 0.4.
  public var irregularity = 0.4
  /// Levels on each side.
  ///
  /// 5 to 1,000. Default 20: a touch, three close levels, the rest on the level spacing.
  public var levels = 20
  /// The probability that a snapshot repeats the book before it, as recorders do after a failed fetch.
  ///
  /// 0 to 1. Default 0.002.
  public var staleShare = 0.002
  /// The mean time between outages, which silence all markets at once, in a calm system only.
  ///
  /// Nil for none, otherwise above zero. Default 10 d.
  public var outageInterval: TimeSpan? = .days(10)
  /// The length of an outage, unless calm ends before it.
  ///
  /// Above zero, at most 1 d. Default 40 min.
  public var outageLength = TimeSpan.minutes(40)

  /// Creates the default recorder.
  public init() {}
}

/// How depth moves around the level that its regime asks for.
public struct SimulatedLiquidity: Sendable, Equatable, Codable {
  /// The half-life with which depth approaches its regime's level.
  ///
  /// Above zero. Default 25 min.
  public var adjustmentHalfLife = TimeSpan.minutes(25)
  /// The standard deviation of each side's own noise in ln depth, with a half-life of 15 min.
  ///
  /// 0 to 2. Default 0.18.
  public var sideNoise = 0.18
  /// The standard deviation of the noise in ln depth that a market's sides share, with a half-life of 2 h.
  ///
  /// 0 to 2. Default 0.12.
  public var marketNoise = 0.12
  /// The standard deviation of the noise in ln depth that all markets share, with a half-life of 4 h.
  ///
  /// 0 to 2. Default 0.1.
  public var systemNoise = 0.1
  /// The standard deviation of ln size of one level against its neighbours, redrawn about every 15 min.
  ///
  /// 0 to 2. Default 0.3.
  public var levelNoise = 0.3
  /// How strongly realised volatility of the last minutes thins the book: the fall in ln depth per unit of ln
  /// volatility above calm.
  ///
  /// 0 to 2. Default 0.2.
  public var volatilityWithdrawal = 0.2
  /// The mean time in calm between sudden withdrawals on one side of one market.
  ///
  /// Nil for none, otherwise above zero. They come as much more often as volatility is higher. Default 30 h.
  public var withdrawalInterval: TimeSpan? = .hours(30)
  /// The mean fall in ln depth of a sudden withdrawal, exponentially distributed.
  ///
  /// 0 to 3. Default 0.8.
  public var withdrawalSize = 0.8
  /// The amplitude of the hour-of-day pattern in ln depth.
  ///
  /// 0 to 1. Default 0.1.
  public var hourlyAmplitude = 0.1
  /// The UTC hour of the thinnest book.
  ///
  /// 0 to below 24. Default 22.
  public var thinnestHour = 22.0

  /// Creates the default dynamics.
  public init() {}
}

/// The feedback loop of forced liquidations, and the shocks that are certain to start it.
///
/// Positions of leveraged traders wait on a ladder of liquidation prices. When the price crosses them they sweep the
/// simulated book, which moves the price towards the next positions and thins the book that they meet.
public struct SimulatedCascades: Sendable, Equatable, Codable {
  /// One shock falls into each consecutive interval of this length.
  ///
  /// Nil for none. 1 d to 3,650 d. Default 10 d. Its instant is drawn between 20 % and 80 % of the interval, so a run
  /// of the default 30 days holds three.
  public var shockInterval: TimeSpan? = .days(10)
  /// The smallest fall of the common price that a shock brings before any liquidation, as a fraction.
  ///
  /// 0 to 0.5. Default 0.03.
  public var smallestShock = 0.03
  /// The largest such fall.
  ///
  /// At least the smallest, at most 0.5. Default 0.05.
  public var largestShock = 0.05
  /// The long notional that a shock liquidates in every market whatever the price does, as of one large holder.
  ///
  /// In multiples of calm depth within 100 bp; 0 to 100. Default 0.4.
  public var shockLiquidation = 0.4
  /// How long a shock takes.
  ///
  /// At least the step, at most 4 h. Default 12 min.
  public var shockLength = TimeSpan.minutes(12)
  /// Leveraged long notional as a multiple of calm depth within 100 bp.
  ///
  /// 0 to 100. Default 1.2.
  public var longInterest = 1.2
  /// Leveraged short notional as a multiple of calm depth within 100 bp.
  ///
  /// 0 to 100. Default 0.6.
  public var shortInterest = 0.6
  /// The mean distance of a position's liquidation price from the price, as a fraction.
  ///
  /// 0.005 to 0.1. Default 0.06.
  public var meanDistance = 0.06
  /// The fall in ln depth for each liquidated notional equal to the depth within 100 bp.
  ///
  /// 0 to 10. Default 0.6.
  public var withdrawal = 0.6
  /// The half-life with which swept and withdrawn depth comes back.
  ///
  /// Above zero. Default 25 min.
  public var refillHalfLife = TimeSpan.minutes(25)
  /// The share of a sweep's price move that stays.
  ///
  /// The rest returns with a half-life of 1 h. 0 to 1. Default 0.6.
  public var permanentImpact = 0.6

  /// Creates the default loop.
  public init() {}
}

/// A change of all markets at one instant that nothing announces and that lasts.
public struct SimulatedChange: Sendable, Equatable, Codable {
  /// How long after the start it comes.
  ///
  /// Above zero.
  public var after: TimeSpan
  /// Volatility from then on as a multiple of what it would be.
  ///
  /// 0.1 to 10. Default 1.
  public var volatility = 1.0
  /// Depth from then on as a multiple of what it would be.
  ///
  /// 0.01 to 10. Default 1.
  public var depth = 1.0

  /// Creates a change of nothing; what is set afterwards changes.
  public init(after: TimeSpan) { self.after = after }
}

/// Everything that determines a simulated recording: the same configuration gives the same bits.
public struct SimulationConfiguration: Sendable, Equatable, Codable {
  /// The seed of every draw.
  ///
  /// Default 7.
  public let seed: UInt64
  /// The markets; 1 to 64, of different names.
  public let instruments: [SimulatedInstrument]
  /// The instant before which nothing is recorded.
  ///
  /// Default 2025-01-06T00:00:00Z, a Monday.
  public let start: Timestamp
  /// The length of the recording.
  ///
  /// Above zero, at most 3,650 d. Default 30 d. A longer recording begins with the shorter one.
  public let duration: TimeSpan
  /// The step in which the market moves.
  ///
  /// 100 ms to 60 s. Default 10 s.
  public let step: TimeSpan
  /// How books are recorded.
  public let recorder: SimulatedRecorder
  /// How the regimes behave.
  public let regimes: RegimeTable
  /// How depth moves.
  public let liquidity: SimulatedLiquidity
  /// How liquidations feed back.
  public let cascades: SimulatedCascades
  /// A lasting change of all markets.
  ///
  /// Nil for none. Default none. Up to its change a recording is the same with it and without.
  public let change: SimulatedChange?

  /// The default start, 2025-01-06T00:00:00Z.
  public static let standardStart = Timestamp(nanoseconds: 1_736_121_600_000_000_000)

  /// Creates a configuration.
  ///
  /// - Throws: `SimulationFault` naming the first parameter outside its range.
  public init(
    seed: UInt64 = 7, instruments: [SimulatedInstrument] = SimulatedInstrument.standard,
    start: Timestamp = standardStart, duration: TimeSpan = .days(30), step: TimeSpan = .seconds(10),
    recorder: SimulatedRecorder = SimulatedRecorder(), regimes: RegimeTable = RegimeTable(),
    liquidity: SimulatedLiquidity = SimulatedLiquidity(), cascades: SimulatedCascades = SimulatedCascades(),
    change: SimulatedChange? = nil
  ) throws(SimulationFault) {
    self.seed = seed
    self.instruments = instruments
    self.start = start
    self.duration = duration
    self.step = step
    self.recorder = recorder
    self.regimes = regimes
    self.liquidity = liquidity
    self.cascades = cascades
    self.change = change
    try checkRanges()
  }
}
