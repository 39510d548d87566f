/// Empirical quantiles of a training window at the model's levels, over all of it and over its stressed days.
///
/// A market's stressed days are the tenth of its days with the highest realised variance per second, rounded up.
public struct GroupHistory: Codable, Hashable, Sendable {
  /// Over all rows.
  public let all: GroupQuantiles
  /// Over the rows of stressed days.
  public let stressed: GroupQuantiles

  /// Creates a history.
  public init(all: GroupQuantiles, stressed: GroupQuantiles) {
    self.all = all
    self.stressed = stressed
  }

  /// The quantiles of some losses; a group without a stressed row has those of all its rows for stressed ones.
  ///
  /// - Parameters:
  ///   - losses: At least one, finite.
  ///   - groups: The group of each loss.
  ///   - stressed: Whether each loss is of a stressed day.
  public init(of losses: [Double], groups: [Int], stressed: [Bool], groupCount: Int, levels: [Double]) {
    let all = GroupQuantiles(of: losses, groups: groups, groupCount: groupCount, levels: levels)
    let rows = losses.indices.filter { stressed[$0] }
    self.all = all
    guard !rows.isEmpty else {
      self.stressed = all
      return
    }
    let some = GroupQuantiles(
      of: rows.map { losses[$0] }, groups: rows.map { groups[$0] }, groupCount: groupCount, levels: levels)
    self.stressed = GroupQuantiles(
      groups: zip(some.groups, all.groups).map { $0.isEmpty ? $1 : $0 }, pooled: some.pooled)
  }
}
