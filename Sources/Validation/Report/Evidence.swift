/// How much there is to judge by.
///
/// Rows are not the sample size: episodes and days are.
public struct Evidence: Hashable, Sendable {
  /// The number of positive rows.
  public let positives: Int
  /// The number of episodes: runs of positive rows of one market, both sides together.
  public let episodes: Int
  /// The number of UTC days with rows.
  public let days: Int

  /// Creates evidence from its counts.
  public init(positives: Int, episodes: Int, days: Int) {
    self.positives = positives
    self.episodes = episodes
    self.days = days
  }

  /// A count that falls short.
  public enum Shortage: Hashable, Sendable, CustomStringConvertible {
    /// Fewer positive rows than needed.
    case positives(found: Int, required: Int)
    /// Fewer episodes than needed.
    case episodes(found: Int, required: Int)
    /// Fewer days than needed.
    case days(found: Int, required: Int)

    /// The reason in words, such as `12 of 30 episodes`.
    public var description: String {
      switch self {
      case .positives(let found, let required): "\(found) of \(required) positives"
      case .episodes(let found, let required): "\(found) of \(required) episodes"
      case .days(let found, let required): "\(found) of \(required) days"
      }
    }
  }

  /// What a conclusion needs at least.
  public static let required = Evidence(positives: 100, episodes: 30, days: 15)

  /// The counts that fall short; empty when the evidence suffices.
  public var shortages: [Shortage] {
    let required = Self.required
    var shortages: [Shortage] = []
    if positives < required.positives {
      shortages.append(.positives(found: positives, required: required.positives))
    }
    if episodes < required.episodes { shortages.append(.episodes(found: episodes, required: required.episodes)) }
    if days < required.days { shortages.append(.days(found: days, required: required.days)) }
    return shortages
  }

  /// Whether nothing falls short.
  public var isSufficient: Bool { shortages.isEmpty }
}

/// `SUFFICIENT`, or `INSUFFICIENT EVIDENCE` with its reasons.
extension Evidence: CustomStringConvertible {
  /// The verdict in words.
  public var verdict: String { isSufficient ? "SUFFICIENT" : "INSUFFICIENT EVIDENCE" }

  /// The verdict and what falls short.
  public var description: String {
    isSufficient ? verdict : "\(verdict) (\(shortages.map(\.description).joined(separator: ", ")))"
  }
}

extension Evidence: Codable {
  private enum CodingKeys: String, CodingKey {
    case verdict
    case reasons
    case positives
    case episodes
    case days
  }

  /// Reads the counts.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    self.init(
      positives: try container.decode(Int.self, forKey: .positives),
      episodes: try container.decode(Int.self, forKey: .episodes), days: try container.decode(Int.self, forKey: .days))
  }

  /// Writes the verdict, the reasons in words and the counts.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(verdict, forKey: .verdict)
    try container.encode(shortages.map(\.description), forKey: .reasons)
    try container.encode(positives, forKey: .positives)
    try container.encode(episodes, forKey: .episodes)
    try container.encode(days, forKey: .days)
  }
}
