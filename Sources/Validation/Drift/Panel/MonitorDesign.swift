#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// A monitor of one series as it begins: what it expects of the series, how it watches, and when it speaks.
public struct MonitorDesign: Hashable, Sendable, Codable {
  /// How a series is watched.
  ///
  /// Slack, tolerance and range are in deviations of the reference.
  public enum Method: Hashable, Sendable, Codable {
    /// A two-sided cumulative sum.
    case cumulativeSum(slack: Double)
    /// A two-sided Page-Hinkley test.
    case pageHinkley(tolerance: Double)
    /// ADWIN.
    case adaptiveWindow(range: Double)
    /// The fading population stability index.
    case stabilityIndex(reference: StabilityIndex, halfLife: Double)

    /// The method's name as tables and signals have it.
    public var name: MethodName {
      switch self {
      case .cumulativeSum: .cumulativeSum
      case .pageHinkley: .pageHinkley
      case .adaptiveWindow: .adaptiveWindow
      case .stabilityIndex: .stabilityIndex
      }
    }
  }

  /// The names of the methods.
  public enum MethodName: String, Hashable, Sendable, Codable, CaseIterable {
    case cumulativeSum = "CUSUM"
    case pageHinkley = "Page-Hinkley"
    case adaptiveWindow = "ADWIN"
    case stabilityIndex = "PSI"
  }

  /// What is watched.
  public let series: MonitoredSeries
  /// How.
  public let method: Method
  /// The reference's mean, which is taken from every value.
  public let center: Double
  /// The reference's standard deviation, by which values are divided, above 0.
  public let deviation: Double
  /// What the evidence must go above.
  public var threshold: Double

  /// Creates a design; nil when a number is not finite, or the deviation not above zero.
  public init?(
    series: MonitoredSeries, method: Method, center: Double, deviation: Double, threshold: Double = .infinity
  ) {
    guard center.isFinite, deviation.isFinite, deviation > 0, !threshold.isNaN else { return nil }
    self.series = series
    self.method = method
    self.center = center
    self.deviation = deviation
    self.threshold = threshold
  }

  /// A design that standardises with a reference; nil when its values are all equal or none is defined.
  ///
  /// - Parameters:
  ///   - shift: The smallest lasting shift of the mean that should be found soon, in the unit of the values: slack and tolerance
  ///     are half of it.
  ///   - halfLife: How long the stability index remembers, in values.
  public init?(
    _ name: MethodName, of series: MonitoredSeries, reference values: [Double], shift: Double, halfLife: Double
  ) {
    let defined = values.filter(\.isWatchable)
    let mean = defined.reduce(0, +) / Double(defined.count)
    let deviation = (defined.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(defined.count)).squareRoot()
    guard deviation.isFinite, deviation > 0, let least = defined.min(), let most = defined.max() else { return nil }
    let allowance = max(0, shift / deviation / 2)
    let method: Method =
      switch name {
      case .cumulativeSum: .cumulativeSum(slack: allowance)
      case .pageHinkley: .pageHinkley(tolerance: allowance)
      case .adaptiveWindow: .adaptiveWindow(range: (most - least) / deviation)
      case .stabilityIndex:
        .stabilityIndex(
          reference: StabilityIndex(reference: values.map { ($0 - mean) / deviation }), halfLife: halfLife)
      }
    self.init(series: series, method: method, center: mean, deviation: deviation)
  }

  /// The monitor as it begins.
  public var monitor: SeriesMonitor { SeriesMonitor(self) }
}
