/// The settings of trees that a search may choose, and what it may choose for each.
public struct SearchSpace: Hashable, Sendable {
  /// How a range is spread over equally likely parts.
  public enum Scale: String, CaseIterable, Hashable, Sendable {
    /// Equal differences are equally likely.
    case linear
    /// Equal ratios are equally likely.
    case log
  }

  /// What a search may choose for a setting.
  public enum Domain: Hashable, Sendable {
    /// One of some values, each as likely as the others; there is at least one, and each stands once.
    case choices([SettingValue])
    /// A whole number from a range, both ends included.
    case whole(ClosedRange<Int>, Scale)
    /// A number from a range, both ends included.
    case real(ClosedRange<Double>, Scale)
  }

  /// One setting that is searched.
  public struct Dimension: Hashable, Sendable {
    /// The setting.
    public let setting: BoostingSetting
    /// What may be chosen for it.
    public let domain: Domain

    /// Creates a dimension.
    public init(_ setting: BoostingSetting, _ domain: Domain) {
      self.setting = setting
      self.domain = domain
    }
  }

  /// The settings that are searched, in the order of `BoostingSetting`; all others stay as they are configured.
  public let dimensions: [Dimension]
  /// The seed of the draws.
  public let seed: UInt64

  /// Creates a space.
  public init(dimensions: [Dimension], seed: UInt64) {
    self.dimensions = dimensions
    self.seed = seed
  }

  /// What is searched where a configuration does not say: from slow and shallow to moderate trees, as rare events ask for.
  public static let standard = SearchSpace(
    dimensions: [
      Dimension(.rounds, .whole(20...400, .log)), Dimension(.learningRate, .real(0.01...0.2, .log)),
      Dimension(.leaves, .whole(2...31, .log)), Dimension(.minimumRows, .whole(20...500, .log)),
      Dimension(.minimumHessian, .real(0.1...10, .log)), Dimension(.l2, .real(0.1...100, .log)),
      Dimension(.rowShare, .real(0.5...1, .linear)), Dimension(.columnShare, .real(0.3...1, .linear)),
    ], seed: 1)
}
