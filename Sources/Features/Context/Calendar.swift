import Checkpoints
import Markets

/// The position in the day and in the week.
struct Calendar: FeatureExtractor, Memoryless {
  static let family = FeatureFamily.context

  static func definitions(_ configuration: FeatureConfiguration) -> [FeatureDefinition] {
    [
      define("day_sine", unit: "−1 to 1", "Sine of the time of day in UTC as a full turn, 0 at 00:00."),
      define("day_cosine", unit: "−1 to 1", "Cosine of the time of day in UTC as a full turn, 1 at 00:00."),
      define("week_sine", unit: "−1 to 1", "Sine of the time of week in UTC as a full turn, 0 at Monday 00:00."),
      define("week_cosine", unit: "−1 to 1", "Cosine of the time of week in UTC as a full turn, 1 at Monday 00:00."),
    ]
  }

  init(configuration: FeatureConfiguration) {}

  private static let day: Int64 = 86_400_000_000_000

  func extract(_ snapshot: BookSnapshot, _ state: borrowing MarketState, into row: inout RowWriter) {
    let day = sineAndCosine(ofTurns: Self.turns(snapshot.time, of: Self.day, startingAt: 0))
    // 1970-01-01 was a Thursday, so weeks start four days into the epoch.
    let week = sineAndCosine(ofTurns: Self.turns(snapshot.time, of: 7 * Self.day, startingAt: 4 * Self.day))
    row.write(day.sine)
    row.write(day.cosine)
    row.write(week.sine)
    row.write(week.cosine)
  }

  /// The position within a period, from 0 to 1.
  private static func turns(_ time: Timestamp, of period: Int64, startingAt start: Int64) -> Double {
    let remainder = (time.nanoseconds % period - start) % period
    return Double(remainder < 0 ? remainder + period : remainder) / Double(period)
  }
}
