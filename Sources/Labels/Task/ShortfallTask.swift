public import Markets

/// What is predicted: whether, within a horizon, a market's depth falls short or a liquidation outgrows its margin.
///
/// For an origin `t` the horizon is `(t+δ, t+δ+h]`: a snapshot at exactly `t+δ` is outside, one at exactly `t+δ+h`
/// inside.
public struct ShortfallTask: Hashable, Sendable {
  /// The distance `θ` from the mid within which depth is measured.
  public let band: BasisPoints
  /// The horizon `h`, the margin period of risk.
  public let horizon: TimeSpan
  /// The decision latency `δ` between an origin and the start of its horizon.
  public let latency: TimeSpan
  /// How much of the horizon a depth shortfall must occupy.
  public let occupancy: Occupancy
  /// How the depth `Q` below which a book is in shortfall is set.
  public let threshold: DepthThreshold
  /// The fewest snapshots inside the horizon with which an outcome is known; at least 1.
  public let minimumSnapshots: Int
  /// A longer time between two snapshots that reaches into the horizon makes the outcome unknown; nil tolerates any.
  public let maximumGap: TimeSpan?
  /// The liquidation whose close-out loss is measured; nil where only the book is known.
  public let closeOut: CloseOut?

  /// Creates a task.
  ///
  /// - Throws: `TaskFault` naming the first value out of its range.
  public init(
    band: BasisPoints, horizon: TimeSpan, latency: TimeSpan = .seconds(1), occupancy: Occupancy = .shareOfTime(0.1),
    threshold: DepthThreshold, minimumSnapshots: Int = 1, maximumGap: TimeSpan? = nil, closeOut: CloseOut? = nil
  ) throws(TaskFault) {
    guard band.value > 0, band.value <= 10_000 else { throw .band(band) }
    guard horizon > .zero else { throw .horizon(horizon) }
    guard latency >= .zero else { throw .latency(latency) }
    guard (latency + horizon).nanoseconds < .max else { throw .reachesTooFar(latency: latency, horizon: horizon) }
    if case .shareOfTime(let share) = occupancy {
      guard share > 0, share <= 1 else { throw .occupancy(share) }
    }
    try threshold.check()
    guard minimumSnapshots >= 1 else { throw .minimumSnapshots(minimumSnapshots) }
    if let maximumGap {
      guard maximumGap > .zero else { throw .maximumGap(maximumGap) }
    }
    self.band = band
    self.horizon = horizon
    self.latency = latency
    self.occupancy = occupancy
    self.threshold = threshold
    self.minimumSnapshots = minimumSnapshots
    self.maximumGap = maximumGap
    self.closeOut = closeOut
  }

  /// The time `δ + h` from an origin to the end of its horizon: the least embargo.
  public var informationSpan: TimeSpan { latency + horizon }
}

extension ShortfallTask: Codable {
  private enum CodingKeys: String, CodingKey {
    case band, horizon, latency, occupancy, threshold, minimumSnapshots, maximumGap, closeOut
  }

  /// Reads and checks a task.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    try self.init(
      band: container.decode(BasisPoints.self, forKey: .band),
      horizon: container.decode(TimeSpan.self, forKey: .horizon),
      latency: container.decode(TimeSpan.self, forKey: .latency),
      occupancy: container.decode(Occupancy.self, forKey: .occupancy),
      threshold: container.decode(DepthThreshold.self, forKey: .threshold),
      minimumSnapshots: container.decode(Int.self, forKey: .minimumSnapshots),
      maximumGap: container.decodeIfPresent(TimeSpan.self, forKey: .maximumGap),
      closeOut: container.decodeIfPresent(CloseOut.self, forKey: .closeOut))
  }
}
