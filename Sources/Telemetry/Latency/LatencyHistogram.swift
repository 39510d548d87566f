internal import Histogram

/// Latencies in nanoseconds to three significant digits, in 216 kB whatever their number.
public struct LatencyHistogram: Sendable {
  /// The longest latency that is told from longer ones: 100 seconds.
  public static let limit: UInt64 = 100_000_000_000

  private var histogram = Histogram<UInt64>(highestTrackableValue: limit, numberOfSignificantValueDigits: .three)
  private var total: UInt64 = 0

  /// Creates a histogram without latencies.
  public init() {}

  /// Records a latency that `count` lines had; one beyond the limit counts as the limit.
  ///
  /// - Complexity: O(1)
  public mutating func record(_ nanoseconds: UInt64, count: Int = 1) {
    guard count > 0 else { return }
    let value = min(nanoseconds, Self.limit)
    histogram.record(value, count: UInt64(count))
    total &+= value &* UInt64(count)
  }

  /// Adds another histogram's latencies.
  public mutating func add(_ other: LatencyHistogram) {
    histogram.add(other.histogram)
    total &+= other.total
  }

  /// Forgets all latencies.
  public mutating func reset() {
    histogram.reset()
    total = 0
  }

  /// What the latencies are like.
  public var summary: LatencySummary {
    LatencySummary(
      count: Int(clamping: histogram.totalCount), totalSeconds: Double(total) / 1e9,
      quantiles: LatencySummary.levels.map { level in
        (level, min(histogram.valueAtPercentile(100 * level), Self.limit))
      })
  }
}

/// What recorded latencies are like.
public struct LatencySummary: Sendable {
  /// The levels of the quantiles; the last is the greatest latency.
  public static let levels = [0.5, 0.9, 0.99, 0.999, 1]

  /// How many were recorded.
  public let count: Int
  /// Their sum in seconds.
  public let totalSeconds: Double
  /// The quantiles in nanoseconds by level, levels rising; all zero without latencies.
  public let quantiles: [(level: Double, nanoseconds: UInt64)]
}
