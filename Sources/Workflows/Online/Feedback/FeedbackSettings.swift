public import Learning
public import Markets

/// How a stream learns from the outcomes of what it said.
public struct FeedbackSettings: Hashable, Sendable {
  /// The share of a horizon that lies between two predictions of a market whose outcomes are awaited, unless configured
  /// otherwise: at most a dozen wait in each market, and one fall of the market gives at most a dozen misses in a row.
  public static let standardOriginsPerHorizon: Int64 = 12

  /// By how much of the loss a miss raises an adapted quantile; above 0, at most 1.
  public let adaptationStep: Double
  /// The least time between two predictions of a market whose outcomes are awaited; nil for a dozenth of the horizon.
  public let spacing: TimeSpan?
  /// How probabilities are recalibrated; nil when they are not.
  public let recalibration: InterceptTracking?

  /// Creates settings; nil unless the step is above 0 and at most 1 and the spacing not negative.
  public init?(
    adaptationStep: Double = BacktestRun.standardAdaptationStep, spacing: TimeSpan? = nil,
    recalibration: InterceptTracking? = nil
  ) {
    guard adaptationStep > 0, adaptationStep <= 1, spacing ?? .zero >= .zero else { return nil }
    self.adaptationStep = adaptationStep
    self.spacing = spacing
    self.recalibration = recalibration
  }

  /// Everything as it is unless configured otherwise.
  public static let standard = FeedbackSettings()

  /// The same, and probabilities are recalibrated by a shift of their log-odds.
  public func recalibrating() -> FeedbackSettings {
    FeedbackSettings(adaptationStep: adaptationStep, spacing: spacing, recalibration: .standard) ?? self
  }

  private init() {
    adaptationStep = BacktestRun.standardAdaptationStep
    spacing = nil
    recalibration = nil
  }

  /// The spacing for a horizon.
  func spacing(of horizon: TimeSpan) -> TimeSpan {
    spacing ?? TimeSpan(nanoseconds: horizon.nanoseconds / Self.standardOriginsPerHorizon)
  }
}
