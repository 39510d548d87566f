public import Markets

/// How much of a raise existing positions get at once, and how the rest follows.
public struct FeedbackGuardSettings: Hashable, Sendable {
  /// The volume that a raise may force out at once, as a share η of the persistent depth; above 0, at most 1.
  public let share: Double
  /// How long the rest of a raise takes to reach existing positions; above zero.
  public let glide: TimeSpan
  /// In how many equal parts the rest follows, from 1 to 1,000.
  public let steps: Int

  /// A tenth of the persistent depth, the rest in four parts over a day.
  public static let standard = FeedbackGuardSettings()

  private init() {
    share = 0.1
    glide = .hours(24)
    steps = 4
  }

  /// Creates the settings.
  ///
  /// - Throws: the first setting outside its range.
  public init(share: Double = 0.1, glide: TimeSpan = .hours(24), steps: Int = 4) throws(MarginingFault) {
    try require(share, above: 0, .guardShare)
    try require(share, within: 0...1, .guardShare)
    try require(glide.seconds, above: 0, .guardGlide)
    try require(Double(steps), within: 1...1_000, .guardSteps)
    self.share = share
    self.glide = glide
    self.steps = steps
  }
}
