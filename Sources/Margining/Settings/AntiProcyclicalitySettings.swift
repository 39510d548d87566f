/// The three tools of Article 28 (1) of the European rules for clearing houses, each a switch.
///
/// Source: Commission Delegated Regulation (EU) No 153/2013, Article 28 (1) (a) to (c).
public struct AntiProcyclicalitySettings: Hashable, Sendable {
  /// Tool (a), a buffer that is used up under stress; nil when it is off.
  public let buffer: MarginBuffer?
  /// Tool (b), the weight of stressed times in the requirement, from 0.25 to 1; nil when it is off.
  public let stressedWeight: Double?
  /// Tool (c), whether the requirement stays above that of the longest history.
  public let longestHistoryFloor: Switch

  /// Whether a tool without further settings is in use.
  public enum Switch: String, CaseIterable, Hashable, Sendable {
    case on, off
  }

  /// No tool.
  public static let off = AntiProcyclicalitySettings()

  private init() {
    buffer = nil
    stressedWeight = nil
    longestHistoryFloor = .off
  }

  /// Creates the settings.
  ///
  /// - Throws: when a weight is given that is not from 0.25 to 1.
  public init(
    buffer: MarginBuffer? = nil, stressedWeight: Double? = nil, longestHistoryFloor: Switch = .off
  ) throws(MarginingFault) {
    if let stressedWeight { try require(stressedWeight, within: 0.25...1, .stressedWeight) }
    self.buffer = buffer
    self.stressedWeight = stressedWeight
    self.longestHistoryFloor = longestHistoryFloor
  }
}

/// A buffer on the requirement that stress uses up: whole up to the margin of the longest history, nothing left from a
/// multiple of it on, linear between.
public struct MarginBuffer: Hashable, Sendable {
  /// The whole buffer as a share of the requirement, from 0.25 to 10.
  public let share: Double
  /// The multiple of the longest history's margin from which nothing is left; at least 1 + `share`, at most 1,000.
  ///
  /// With a smaller one the buffer would shrink faster than the requirement grows.
  public let exhaustedAt: Double

  /// Creates a buffer.
  ///
  /// - Throws: the first setting outside its range.
  public init(share: Double = 0.25, exhaustedAt: Double = 2) throws(MarginingFault) {
    try require(share, within: 0.25...10, .bufferShare)
    try require(exhaustedAt, within: (1 + share)...1_000, .bufferExhaustedAt)
    self.share = share
    self.exhaustedAt = exhaustedAt
  }
}
