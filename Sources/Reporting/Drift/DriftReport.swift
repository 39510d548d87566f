public import Markets
public import Validation

/// How soon drift monitors speak when nothing changes and when something does.
public struct DriftReport: Hashable, Sendable, Encodable {
  /// What was asked.
  public struct Setting: Hashable, Sendable, Encodable {
    /// The wanted mean number of values until a false alarm.
    public let averageRunLength: Double
    /// The wanted relative standard error of simulated run lengths.
    public let precision: Double
    /// How the reference is drawn from.
    public let dependence: Dependence
    /// The number of values without change before a planted one.
    public let quiet: Int
    /// The number of values over which the slow change comes.
    public let slowSpan: Int
    /// The number of values after a change within which a signal counts.
    public let longest: Int
    /// The seed of all draws.
    public let seed: UInt64

    /// Creates a setting.
    public init(
      averageRunLength: Double, precision: Double, dependence: Dependence, quiet: Int, slowSpan: Int, longest: Int,
      seed: UInt64
    ) {
      self.averageRunLength = averageRunLength
      self.precision = precision
      self.dependence = dependence
      self.quiet = quiet
      self.slowSpan = slowSpan
      self.longest = longest
      self.seed = seed
    }
  }

  /// How long a monitor takes to see a planted change.
  public struct Delay: Hashable, Sendable, Encodable {
    /// The change, in a few words.
    public let change: String
    /// The mean number of values until the signal; a change that was missed counts with all values in which it was.
    public let mean: Estimate
    /// The numbers of values within which a tenth, a half and nine tenths of the changes are seen.
    public let quantiles: [Double?]
    /// The share of changes that are not seen.
    public let missed: Double?

    /// The delays of one change.
    public init(change: String, delays: RunLengths) {
      self.change = change
      mean = delays.mean
      quantiles = [0.1, 0.5, 0.9].map { delays.quantile($0) }
      missed = delays.silentShare
    }
  }

  /// What is found of one monitor.
  public struct Monitor: Hashable, Sendable, Encodable {
    /// What it watches.
    public let series: MonitoredSeries
    /// How it watches.
    public let method: MonitorDesign.MethodName
    /// The threshold found by the reference drawn as asked.
    public let threshold: Double
    /// The mean run length of that threshold in fresh series.
    public let runLength: Estimate
    /// The threshold that rows drawn one by one would give; nil when none is found.
    public let thresholdByRows: Double?
    /// The mean run length of that threshold in series of whole days.
    public let runLengthByRows: Estimate
    /// The planted changes that the series can show.
    public let delays: [Delay]

    /// Creates the figures of a monitor.
    public init(
      _ design: MonitorDesign, runLength: Estimate, rowsThreshold: Double?, rowsRunLength: Estimate, delays: [Delay]
    ) {
      series = design.series
      method = design.method.name
      threshold = design.threshold
      self.runLength = runLength
      thresholdByRows = rowsThreshold
      runLengthByRows = rowsRunLength
      self.delays = delays
    }
  }

  /// What is found on one reference.
  public struct Group: Hashable, Sendable, Encodable {
    /// The market, or that it is all of them.
    public let name: String
    /// The number of outcomes in the reference.
    public let outcomes: Int
    /// The number of events among the outcomes.
    public let events: Int
    /// The number of known close-out losses in the reference.
    public let losses: Int
    /// The number of losses beyond their bound.
    public let misses: Int
    /// The number of days.
    public let days: Int
    /// Its monitors.
    public let monitors: [Monitor]

    /// Creates the figures of a reference.
    public init(
      name: String, outcomes: Int, events: Int, losses: Int, misses: Int, days: Int, monitors: [Monitor]
    ) {
      self.name = name
      self.outcomes = outcomes
      self.events = events
      self.losses = losses
      self.misses = misses
      self.days = days
      self.monitors = monitors
    }
  }

  /// A signal on data that was watched.
  public struct Signal: Hashable, Sendable, Encodable {
    /// When the outcome that brought it had matured.
    public let time: Timestamp
    /// What was said.
    public let signal: DriftPanel.Signal

    /// Creates a signal.
    public init(time: Timestamp, signal: DriftPanel.Signal) {
      self.time = time
      self.signal = signal
    }
  }

  /// A monitor of a market.
  public struct Watcher: Hashable, Sendable, Encodable {
    /// Whose market it watches.
    public let market: MarketName
    /// What it watches.
    public let series: MonitoredSeries
    /// How it watches.
    public let method: MonitorDesign.MethodName

    /// Creates a monitor's names.
    public init(market: MarketName, series: MonitoredSeries, method: MonitorDesign.MethodName) {
      self.market = market
      self.series = series
      self.method = method
    }
  }

  /// What the monitors said of data after the reference.
  public struct Watch: Hashable, Sendable, Encodable {
    /// The first watched instant.
    public let from: Timestamp
    /// When the last outcome had matured; nil without outcomes.
    public let to: Timestamp?
    /// The number of outcomes.
    public let outcomes: Int
    /// The number of close-out losses.
    public let losses: Int
    /// The monitors that watched.
    public let monitors: [Watcher]
    /// Every signal, in time order.
    public let signals: [Signal]

    /// Creates what was said.
    public init(from: Timestamp, to: Timestamp?, outcomes: Int, losses: Int, monitors: [Watcher], signals: [Signal]) {
      self.from = from
      self.to = to
      self.outcomes = outcomes
      self.losses = losses
      self.monitors = monitors
      self.signals = signals
    }
  }

  /// Whether the reference was recorded or simulated; planted changes are simulated always.
  public let provenance: Provenance
  /// What was asked.
  public let setting: Setting
  /// The references: of outcomes all markets together, of what the model says each for itself.
  public let groups: [Group]
  /// What the monitors said of data after the reference; nil when there was none.
  public let watch: Watch?

  /// Creates a report.
  public init(provenance: Provenance, setting: Setting, groups: [Group], watch: Watch?) {
    self.provenance = provenance
    self.setting = setting
    self.groups = groups
    self.watch = watch
  }
}
