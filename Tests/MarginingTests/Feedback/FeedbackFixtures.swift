import Margining
import Markets
import Sampling
import Testing

/// An account named by its number.
func account(
  _ number: Int = 1, _ side: LiquidationSide = .sell, notional: Double, equity: Double
) throws -> Account {
  try #require(Account(id: "a\(number)", market: name("X"), side: side, notional: notional, equity: equity))
}

/// Accounts of one side, from pairs of notional and equity.
func accounts(_ pairs: [(Double, Double)], on side: LiquidationSide = .sell) throws -> [Account] {
  try pairs.enumerated().map { try account($0, side, notional: $1.0, equity: $1.1) }
}

/// A change between margins at the bounds of `schedule`.
func change(from before: [Double], to after: [Double]) throws -> MarginChange {
  try #require(
    MarginChange(schedule: schedule(after.sorted()), before: before.map(margin), after: after.map(margin)))
}

/// A guard that allows a tenth of the depth and takes four steps over a day.
func feedbackGuard(
  share: Double = 0.1, glide: TimeSpan = .hours(24), steps: Int = 4
) throws -> FeedbackGuard {
  FeedbackGuard(try FeedbackGuardSettings(share: share, glide: glide, steps: steps))
}

extension SeededGenerator {
  /// One to five margins that never fall from tier to tier.
  mutating func ladder(count: Int) -> [MarginFraction] {
    (0..<count).map { _ in 1 + index(below: 200_000) }.sorted().compactMap { MarginFraction(partsPerMillion: $0) }
  }

  /// Accounts whose equity is spread around the requirements that `ladder` gives.
  mutating func accounts(_ side: LiquidationSide, count: Int) throws -> [Account] {
    try (0..<count).map { number in
      let notional = 1_000 * (1 + Double(index(below: 3_000)))
      return try account(number, side, notional: notional, equity: notional * (uniform() * 0.25 - 0.02))
    }
  }
}
