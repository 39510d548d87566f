public import Markets

/// What the features are computed with: distances, amounts, lengths of time.
///
/// Invariant: bands, notionals, windows and multiples are ascending and distinct, all values are finite and above zero.
public struct FeatureConfiguration: Hashable, Sendable {
  /// The half-lives of exponentially weighted averages.
  public struct HalfLives: Codable, Hashable, Sendable {
    /// The half-life of the average that follows.
    public var fast: TimeSpan
    /// The half-life of the average that remembers; the correlation matrix uses it too.
    public var slow: TimeSpan

    /// Creates a pair.
    public init(fast: TimeSpan, slow: TimeSpan) {
      self.fast = fast
      self.slow = slow
    }
  }

  /// How long a feed may be silent.
  public struct Tolerances: Codable, Hashable, Sendable {
    /// The silence before a snapshot that counts as a gap.
    public var gap: TimeSpan
    /// The age at which another market's last state no longer counts.
    public var freshness: TimeSpan

    /// Creates a pair.
    public init(gap: TimeSpan, freshness: TimeSpan) {
      self.gap = gap
      self.freshness = freshness
    }
  }

  /// The distances from the mid within which depth is summed, ascending.
  public let bands: [BasisPoints]
  /// The band whose depth is followed through time.
  public let mainBand: BasisPoints
  /// The notionals of the sweeps, in quote currency, ascending.
  public let sweepNotionals: [Double]
  /// The distance from the mid beyond which a sweep finds nothing.
  public let reach: BasisPoints
  /// The lengths of the windows `(t − W, t]`, ascending.
  public let windows: [TimeSpan]
  /// The multiples of the rolling median below which depth counts as thin, ascending.
  public let thinMultiples: [Double]
  /// The half-lives of exponentially weighted averages.
  public let halfLives: HalfLives
  /// How long a feed may be silent.
  public let tolerances: Tolerances
  /// The market that leads the others, where one does.
  public let referenceMarket: MarketName?
  /// The families of features, in the order of the row.
  public let families: [FeatureFamily]

  /// Creates a configuration; lists may come in any order.
  ///
  /// - Throws: The first setting at fault.
  public init(
    bands: [BasisPoints] = [5, 10, 25, 50, 75, 100, 200].map { BasisPoints($0) },
    mainBand: BasisPoints = BasisPoints(100),
    sweepNotionals: [Double] = [10_000, 100_000, 1_000_000],
    reach: BasisPoints = BasisPoints(500),
    windows: [TimeSpan] = [.hours(1), .hours(2), .hours(6), .hours(24), .hours(72)],
    thinMultiples: [Double] = [0.4, 0.64],
    halfLives: HalfLives = HalfLives(fast: .hours(1), slow: .days(1)),
    tolerances: Tolerances = Tolerances(gap: .minutes(45), freshness: .hours(1)),
    referenceMarket: MarketName? = nil,
    families: [FeatureFamily] = FeatureFamily.ofBooks
  ) throws(FeatureConfigurationFault) {
    self.bands = try Self.ladder(bands, else: .bands) { $0.value > 0 && $0.value.isFinite }
    guard bands.contains(mainBand) else { throw .mainBand }
    self.mainBand = mainBand
    self.sweepNotionals = try Self.ladder(sweepNotionals, else: .sweepNotionals) { $0 > 0 && $0.isFinite }
    guard reach >= mainBand, reach.value <= 10_000 else { throw .reach }
    self.reach = reach
    self.windows = try Self.ladder(windows, else: .windows) { $0 > .zero }
    guard thinMultiples.count <= 4 else { throw .thinMultiples }
    self.thinMultiples = try Self.ladder(thinMultiples, else: .thinMultiples) { $0 > 0 && $0 < 1 }
    guard halfLives.fast > .zero, halfLives.slow > halfLives.fast else { throw .halfLives }
    self.halfLives = halfLives
    guard tolerances.gap > .zero, tolerances.freshness > .zero else { throw .tolerances }
    self.tolerances = tolerances
    self.referenceMarket = referenceMarket
    guard !families.isEmpty, Set(families).count == families.count else { throw .families }
    self.families = FeatureFamily.allCases.filter(families.contains)
  }

  /// The values in ascending order, refused when empty, repeated or not acceptable.
  private static func ladder<Value: Comparable>(
    _ values: [Value], else fault: FeatureConfigurationFault, where isAcceptable: (Value) -> Bool
  ) throws(FeatureConfigurationFault) -> [Value] {
    let ascending = values.filter(isAcceptable).sorted()
    guard !ascending.isEmpty, ascending.count == values.count, zip(ascending, ascending.dropFirst()).allSatisfy(<)
    else {
      throw fault
    }
    return ascending
  }

  private init(
    uncheckedWindows windows: [TimeSpan], halfLives: HalfLives, tolerances: Tolerances
  ) {
    bands = [5, 10, 25, 50, 75, 100, 200].map { BasisPoints($0) }
    mainBand = BasisPoints(100)
    sweepNotionals = [10_000, 100_000, 1_000_000]
    reach = BasisPoints(500)
    self.windows = windows
    thinMultiples = [0.4, 0.64]
    self.halfLives = halfLives
    self.tolerances = tolerances
    referenceMarket = nil
    families = FeatureFamily.ofBooks
  }

  /// The configuration for recordings with minutes between snapshots.
  public static let standard = FeatureConfiguration(
    uncheckedWindows: [.hours(1), .hours(2), .hours(6), .hours(24), .hours(72)],
    halfLives: HalfLives(fast: .hours(1), slow: .days(1)),
    tolerances: Tolerances(gap: .minutes(45), freshness: .hours(1)))

  /// The configuration for streams with a second or less between snapshots.
  public static let streaming = FeatureConfiguration(
    uncheckedWindows: [.minutes(1), .minutes(5), .minutes(30)],
    halfLives: HalfLives(fast: .minutes(1), slow: .minutes(30)),
    tolerances: Tolerances(gap: .seconds(30), freshness: .minutes(1)))
}

/// The lengths that follow from the settings.
extension FeatureConfiguration {
  /// The longest window.
  public var longestWindow: TimeSpan { windows.last ?? .zero }

  /// How far back a snapshot can move a row by more than the decayed tail of an exponential average.
  ///
  /// A depth counts as thin against a rolling median, and the share of thin time is taken over a window again: two of
  /// the longest windows. Ten slow half-lives leave less than a thousandth of an average.
  public var memory: TimeSpan {
    let decay = halfLives.slow.nanoseconds.multipliedReportingOverflow(by: 10)
    return max(longestWindow + longestWindow, TimeSpan(nanoseconds: decay.overflow ? .max : decay.partialValue))
  }

  /// Whether any family reads reports beside books.
  public var readsReports: Bool { families.contains(where: \.readsReports) }

  /// The position of the main band among the bands.
  var mainBandIndex: Int { bands.firstIndex(of: mainBand) ?? bands.count - 1 }
}
