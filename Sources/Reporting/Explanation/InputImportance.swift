public import Boosting
public import Features

/// How much one input of a model moves its log-odds over many rows.
public struct InputImportance: Hashable, Sendable {
  /// The feature's name.
  public let feature: String
  /// The unit of its values.
  public let unit: String
  /// How the risk moves with it in theory, from the catalogue.
  public let direction: MonotoneDirection
  /// The mean over the rows of max(0, contribution): how far it raises the log-odds.
  public let raising: Double
  /// The mean over the rows of max(0, −contribution): how far it lowers them.
  public let lowering: Double
  /// Its part of the sum of all inputs' mean |contribution|; 0 when no input moves anything.
  public let share: Double
  /// How the model's trees use it; nil for a model without trees.
  public let trees: SplitUse?

  /// Creates an input's importance; `raising` and `lowering` must not be negative.
  public init(
    feature: String, unit: String, direction: MonotoneDirection, raising: Double, lowering: Double, share: Double,
    trees: SplitUse? = nil
  ) {
    self.feature = feature
    self.unit = unit
    self.direction = direction
    self.raising = raising
    self.lowering = lowering
    self.share = share
    self.trees = trees
  }

  /// The mean |contribution|, by which inputs are ranked.
  public var meanAbsolute: Double { raising + lowering }

  /// The mean contribution.
  public var mean: Double { raising - lowering }
}

extension [InputImportance] {
  /// The first `count` inputs, and all others together as one.
  func keeping(_ count: Int) -> [InputImportance] {
    let rest = dropFirst(count)
    if rest.count < 2 { return self }
    let trees = rest.compactMap(\.trees)
    let others = InputImportance(
      feature: "\(rest.count) other inputs", unit: "", direction: .none,
      raising: rest.reduce(0) { $0 + $1.raising }, lowering: rest.reduce(0) { $0 + $1.lowering },
      share: rest.reduce(0) { $0 + $1.share },
      trees: trees.isEmpty
        ? nil
        : SplitUse(
          splits: trees.reduce(0) { $0 + $1.splits }, gain: trees.reduce(0) { $0 + $1.gain }))
    return prefix(count) + [others]
  }
}
