/// How trees are grown.
public struct BoostingConfiguration: Codable, Hashable, Sendable {
  /// The largest number of trees.
  public var rounds = 200
  /// The factor by which each tree's leaves are shrunk, above 0 and at most 1.
  public var learningRate = 0.1
  /// The largest number of leaves of a tree, at least 2.
  public var leaves = 31
  /// The largest number of splits between the root and a leaf; nil is without a bound.
  public var depth: Int?
  /// The largest number of bins of a column besides the one for undefined values, 2 to 255.
  public var bins = 255
  /// The least number of training rows in a leaf.
  public var minimumRows = 20
  /// The least sum of second derivatives in a leaf.
  public var minimumHessian = 1.0
  /// The least gain of a split.
  public var minimumGain = 0.0
  /// The L1 penalty on leaf values.
  public var l1 = 0.0
  /// The L2 penalty on leaf values.
  public var l2 = 1.0
  /// The share of the rows that each tree sees, above 0 and at most 1.
  public var rowShare = 1.0
  /// The share of the columns that each tree sees, above 0 and at most 1.
  public var columnShare = 1.0
  /// The seed of the row and column draws.
  public var seed: UInt64 = 1
  /// The number of rounds without a lower loss on the stopping rows after which growing ends; nil never ends early.
  public var patience: Int?

  /// The default settings.
  public init() {}
}
