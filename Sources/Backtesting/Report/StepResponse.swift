/// How a policy's margin answers a doubling of volatility in a made-up market, on average over markets, sides and paths.
public struct StepResponse: Codable, Hashable, Sendable {
  /// The policy's name.
  public let policy: String
  /// The mean margin of the day before the doubling, as a fraction of notional.
  public let before: Double
  /// The margin that it settles at, as a multiple of `before`: the mean of the last quarter of the time after.
  public let plateau: Double
  /// The largest mean margin of a day after the doubling, as a multiple of `before`.
  public let peak: Double
  /// By how much of the rise to the plateau the peak goes beyond it; nil where the margin hardly rises.
  public let overshoot: Double?
  /// The hours after which half of the rise to the plateau is reached; nil where the margin hardly rises.
  public let halfLifeHours: Double?

  /// Creates a response.
  public init(
    policy: String, before: Double, plateau: Double, peak: Double, overshoot: Double?, halfLifeHours: Double?
  ) {
    self.policy = policy
    self.before = before
    self.plateau = plateau
    self.peak = peak
    self.overshoot = overshoot
    self.halfLifeHours = halfLifeHours
  }
}
