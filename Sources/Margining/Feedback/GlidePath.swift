public import Markets

/// The margins that existing positions have and will have, as published.
public struct GlidePath: Hashable, Sendable {
  /// A rise announced for later.
  public struct Step: Hashable, Sendable {
    /// The first instant at which the margins hold.
    public let instant: Timestamp
    /// The maintenance margins, one per tier.
    public let margins: [MarginFraction]
  }

  /// The instant from which the path's intervals are counted: that of the decision to raise.
  public let start: Timestamp
  /// The maintenance margins that hold at once, one per tier.
  public let applied: [MarginFraction]
  /// The rises to come, in rising order of instants, each after `start`.
  public let steps: [Step]
  /// The notional that the margins applied at once since `start` have forced out, in quote currency.
  public let forcedUSD: Double

  init(start: Timestamp, applied: [MarginFraction], steps: [Step], forcedUSD: Double) {
    self.start = start
    self.applied = applied
    self.steps = steps
    self.forcedUSD = forcedUSD
  }

  /// The margins that hold at an instant; those applied at once for any instant before the first step.
  public func margins(at time: Timestamp) -> [MarginFraction] {
    steps.last { $0.instant <= time }?.margins ?? applied
  }

  /// The margins at the path's end.
  public var target: [MarginFraction] { steps.last?.margins ?? applied }

  /// Whether nothing is announced for after an instant.
  public func isComplete(at time: Timestamp) -> Bool { steps.last.map { $0.instant <= time } ?? true }

  /// The path from an instant on, held below margins that were lowered: falls pass at once.
  func capped(at ceiling: [MarginFraction], from time: Timestamp) -> GlidePath {
    var level = zip(margins(at: time), ceiling).map { min($0, $1) }
    let applied = level
    var remaining: [Step] = []
    for step in steps where step.instant > time {
      let margins = zip(step.margins, ceiling).map { min($0, $1) }
      if margins == level { continue }
      level = margins
      remaining.append(Step(instant: step.instant, margins: margins))
    }
    return GlidePath(start: start, applied: applied, steps: remaining, forcedUSD: forcedUSD)
  }
}

extension GlidePath: Codable {
  private struct Stored: Codable {
    struct Step: Codable {
      let instant: Int64
      let margins: [Int]
    }
    let start: Int64
    let applied: [Int]
    let steps: [Step]
    let forcedUSD: Double
  }

  /// Reads a path.
  ///
  /// - Throws: `DecodingError` when tiers differ in number or fall, when instants do not rise, and for other values that
  ///   no path has.
  public init(from decoder: any Decoder) throws {
    let stored = try Stored(from: decoder)
    guard let path = Self.path(stored) else {
      throw DecodingError.dataCorrupted(
        DecodingError.Context(codingPath: decoder.codingPath, debugDescription: "not a path of margins"))
    }
    self = path
  }

  /// Writes the path: instants as nanoseconds, margins as parts per million.
  public func encode(to encoder: any Encoder) throws {
    try Stored(
      start: start.nanoseconds, applied: applied.map(\.partsPerMillion),
      steps: steps.map { Stored.Step(instant: $0.instant.nanoseconds, margins: $0.margins.map(\.partsPerMillion)) },
      forcedUSD: forcedUSD
    ).encode(to: encoder)
  }

  private static func path(_ stored: Stored) -> GlidePath? {
    guard stored.forcedUSD >= 0, let applied = ladder(stored.applied, count: stored.applied.count) else { return nil }
    var latest = stored.start
    var steps: [Step] = []
    for step in stored.steps {
      guard step.instant > latest, let margins = ladder(step.margins, count: applied.count) else { return nil }
      latest = step.instant
      steps.append(Step(instant: Timestamp(nanoseconds: step.instant), margins: margins))
    }
    return GlidePath(
      start: Timestamp(nanoseconds: stored.start), applied: applied, steps: steps, forcedUSD: stored.forcedUSD)
  }

  /// Margins that do not fall, as many as asked for and at least one.
  private static func ladder(_ parts: [Int], count: Int) -> [MarginFraction]? {
    let margins = parts.compactMap { MarginFraction(partsPerMillion: $0) }
    guard count > 0, parts.count == count, margins.count == count, zip(margins, margins.dropFirst()).allSatisfy(<=)
    else { return nil }
    return margins
  }
}
