public import Markets

/// What adding depth to a book costs, and what it competes with.
public struct InjectionSettings: Hashable, Sendable {
  /// How much depth should stand behind each unit of liquidatable notional, c; above 0, at most 100.
  public let cover: Double
  /// The distance from the mid within which depth is added; above zero.
  public let within: BasisPoints
  /// What a unit of depth costs a day, as a fraction of it; at least 0.
  public let costPerDay: Double
  /// What a unit of margin costs a client a day, as a fraction of it; at least 0.
  public let marginCostPerDay: Double

  /// Creates the settings.
  ///
  /// - Throws: the first setting outside its range.
  public init(
    cover: Double = 1, within: BasisPoints, costPerDay: Double, marginCostPerDay: Double
  ) throws(MarginingFault) {
    try require(cover, above: 0, .injectionCover)
    try require(cover, within: 0...100, .injectionCover)
    try require(within.value, above: 0, .injectionWithin)
    try require(costPerDay, atLeast: 0, .injectionCost)
    try require(marginCostPerDay, atLeast: 0, .injectionMarginCost)
    self.cover = cover
    self.within = within
    self.costPerDay = costPerDay
    self.marginCostPerDay = marginCostPerDay
  }
}
