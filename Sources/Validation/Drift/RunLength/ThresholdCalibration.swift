/// Finds the threshold at which a monitor's average run length under no change is as wanted.
///
/// The average run length is the mean number of values from the start to the first signal. Series are drawn from a reference, and each is
/// simulated once for all thresholds: up to its first signal a monitor's evidence does not depend on the threshold, so the steps
/// at which the evidence was higher than ever give the run length for every threshold. What is found is the
/// smallest threshold whose simulated mean is at least the wanted one, exactly, with nothing left to iterate;
/// what remains is the error of the simulation.
public struct ThresholdCalibration: Hashable, Sendable {
  /// The wanted mean number of values until a signal, 10 to 10 million.
  public let averageRunLength: Double
  /// The wanted standard error of the simulated mean, as a share of it, 0.005 to 0.2.
  ///
  /// Run lengths are about
  /// exponential, so 1/precision² series are drawn.
  public let precision: Double
  /// How rows are drawn.
  public let dependence: Dependence
  /// The seed of all draws.
  public let seed: UInt64

  /// What was found.
  public struct Result: Hashable, Sendable {
    /// The threshold.
    public let threshold: Double
    /// The run lengths in the series from which it was found.
    public let runLengths: RunLengths
    /// Whether the wanted run length is among those that thresholds can give: a monitor that speaks only every so many
    /// values, or only with an event, cannot speak more often whatever its threshold.
    public let isReached: Bool
  }

  /// Creates a calibration; nil when a setting is out of its range.
  public init?(averageRunLength: Double, precision: Double, dependence: Dependence, seed: UInt64) {
    guard (10...1e7).contains(averageRunLength), (0.005...0.2).contains(precision) else { return nil }
    self.averageRunLength = averageRunLength
    self.precision = precision
    self.dependence = dependence
    self.seed = seed
  }

  /// The number of series.
  public var seriesCount: Int { Int((1 / (precision * precision)).rounded(.up)) }

  /// Finds the threshold of a monitor as it begins; nil when it signals too rarely on the reference, whatever its threshold, as
  /// it does where all values are equal.
  ///
  /// - Parameter values: The value of each row of the reference.
  /// - Complexity: O(series · average run length), spread over the machine's cores.
  public func threshold(
    of monitor: some DriftMonitor, on values: [Double], of rows: ReferenceRows
  ) -> Result? {
    guard rows.count > 0, values.count == rows.count, var ceiling = ceiling(of: monitor, on: values, of: rows) else {
      return nil
    }
    let longest = Int(averageRunLength * Self.longestFactor)
    let simulation = RunLengthSimulation(
      count: seriesCount, longest: longest, dependence: dependence, seed: seed &+ Self.mainSeed)
    for _ in 0..<Self.attempts {
      let climbs = simulation.climbs(of: monitor, upTo: ceiling, on: values, of: rows)
      func lengths(above threshold: Double) -> RunLengths {
        RunLengths(climbs.map { $0.runLength(above: threshold) }, longest: longest)
      }
      let heights = ([0] + climbs.flatMap(\.heights).filter { $0 < ceiling }).sorted()
      let place = heights.firstPlace { (lengths(above: $0).mean.value ?? 0) >= averageRunLength }
      if place < heights.count {
        let found = lengths(above: heights[place])
        guard (found.silentShare ?? 1) <= Self.largestSilentShare else { return nil }
        let excess = (found.mean.low ?? averageRunLength) / averageRunLength
        return Result(threshold: heights[place], runLengths: found, isReached: excess <= Self.largestExcess)
      }
      ceiling *= 1.25
    }
    return nil
  }

  private static let attempts = 12
  /// A mean in which more series than this never end says nothing of run lengths.
  private static let largestSilentShare = 0.1
  /// How far the least mean, with its error taken off, may lie above the wanted one.
  private static let largestExcess = 1.1
  private static let pilotCount = 64
  private static let pilotFactor = 4.0
  private static let longestFactor = 30.0
  private static let mainSeed: UInt64 = 0x5EED_0001
  private static let pilotSeed: UInt64 = 0x5EED_0002

  /// A threshold with about twice the wanted run length, up to which series are followed; nil when nothing ever climbs.
  private func ceiling(of monitor: some DriftMonitor, on values: [Double], of rows: ReferenceRows) -> Double? {
    let longest = Int(averageRunLength * Self.pilotFactor)
    let pilot = RunLengthSimulation(
      count: Self.pilotCount, longest: longest, dependence: dependence, seed: seed &+ Self.pilotSeed)
    let climbs = pilot.climbs(of: monitor, upTo: .infinity, on: values, of: rows)
    let heights = climbs.flatMap(\.heights).filter(\.isFinite).sorted()
    let place = heights.firstPlace { threshold in
      let lengths = climbs.map { $0.runLength(above: threshold) }
      let signals = lengths.count { $0 != nil }
      // Time over signals estimates the mean of lengths that are about exponential, however few series end.
      return lengths.reduce(0.0) { $0 + Double($1 ?? longest) } >= 2 * averageRunLength * Double(signals)
    }
    return place < heights.count ? heights[place] : heights.last
  }
}

extension [Double] {
  /// The first position from which on a condition holds that, once it holds, holds for all that follow.
  fileprivate func firstPlace(where condition: (Double) -> Bool) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if condition(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
