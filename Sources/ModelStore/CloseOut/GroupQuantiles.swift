/// The empirical quantiles of a loss within each market's side: what one would ask without any model.
public struct GroupQuantiles: Codable, Hashable, Sendable {
  /// For each group the quantile at each level, as fractions of notional; empty for a group without a row.
  public let groups: [[Double]]
  /// The same over all rows.
  public let pooled: [Double]

  /// Creates quantiles.
  public init(groups: [[Double]], pooled: [Double]) {
    self.groups = groups
    self.pooled = pooled
  }

  /// The smallest losses that a share of `level` of the losses does not exceed, for each level.
  ///
  /// - Parameters:
  ///   - losses: The losses in the order of `rowGroups`, at least one, finite.
  ///   - rowGroups: The group of each loss.
  public init(of losses: [Double], groups rowGroups: [Int], groupCount: Int, levels: [Double]) {
    var members = [[Double]](repeating: [], count: groupCount)
    for (loss, group) in zip(losses, rowGroups) where members.indices.contains(group) { members[group].append(loss) }
    self.init(
      groups: members.map { Self.quantiles(of: $0, levels: levels) },
      pooled: Self.quantiles(of: losses, levels: levels))
  }

  private static func quantiles(of losses: [Double], levels: [Double]) -> [Double] {
    if losses.isEmpty { return [] }
    let sorted = losses.sorted()
    return levels.map { level in
      let rank = (Double(sorted.count) * level).rounded(.up)
      return sorted[min(sorted.count, max(1, Int(rank))) - 1]
    }
  }

  /// The quantiles of a group.
  public subscript(group: Int) -> [Double] {
    groups.indices.contains(group) && !groups[group].isEmpty ? groups[group] : pooled
  }
}
