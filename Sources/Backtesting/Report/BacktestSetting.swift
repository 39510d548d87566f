public import Markets

/// What a back-test ran on.
public struct BacktestSetting: Codable, Sendable {
  /// The model's or configuration's name.
  public let model: String
  /// How the model was made, such as `retrained every 1d on everything before`.
  public let training: String
  /// The policy file's name.
  public let policy: String
  /// The first judged instant.
  public let from: Timestamp
  /// The last judged instant.
  public let to: Timestamp
  /// The horizon of a close-out.
  public let horizon: TimeSpan
  /// The coverage aimed at, 1 − ε.
  public let target: Double
  /// The sizes of position, in quote currency.
  public let notionals: [Double]
  /// The size that charts and tables by time show, in quote currency.
  public let headlineNotional: Double
  /// The number of judged snapshots.
  public let snapshots: Int
  /// The number of judged snapshots with a known loss.
  public let known: Int
  /// The number of UTC days with a known loss.
  public let days: Int
  /// What should be said beside the figures, such as which competitor could not be run and why.
  public let notes: [String]

  /// Creates a setting.
  public init(
    model: String, training: String, policy: String, from: Timestamp, to: Timestamp, horizon: TimeSpan, target: Double,
    notionals: [Double], headlineNotional: Double, snapshots: Int, known: Int, days: Int, notes: [String]
  ) {
    self.model = model
    self.training = training
    self.policy = policy
    self.from = from
    self.to = to
    self.horizon = horizon
    self.target = target
    self.notionals = notionals
    self.headlineNotional = headlineNotional
    self.snapshots = snapshots
    self.known = known
    self.days = days
    self.notes = notes
  }
}
