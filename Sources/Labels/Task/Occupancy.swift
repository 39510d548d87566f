/// How much of the horizon a shortfall must occupy to count as an event.
public enum Occupancy: Hashable, Sendable {
  /// One snapshot inside the horizon suffices.
  ///
  /// Only snapshots received inside `(t+δ, t+δ+h]` count; the book in force at `t+δ` does not.
  case anySnapshot
  /// The share of the horizon's time spent in shortfall is at least this fraction, above 0 and at most 1.
  ///
  /// Each snapshot's state holds until the next one; the state in force at `t+δ` counts from `t+δ`.
  case shareOfTime(Double)
}

/// Text such as `any-snapshot`, or a number for a share of time.
extension Occupancy: Codable {
  private static let anySnapshotText = "any-snapshot"

  /// Reads the text `any-snapshot` or a share of time as a number.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if let share = try? container.decode(Double.self) {
      self = .shareOfTime(share)
      return
    }
    guard try container.decode(String.self) == Self.anySnapshotText else {
      throw DecodingError.dataCorruptedError(
        in: container, debugDescription: "occupancy is '\(Self.anySnapshotText)' or a share of time")
    }
    self = .anySnapshot
  }

  /// Writes the text `any-snapshot` or the share of time as a number.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .anySnapshot: try container.encode(Self.anySnapshotText)
    case .shareOfTime(let share): try container.encode(share)
    }
  }
}
