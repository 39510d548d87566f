import Markets
import Sampling
import Testing
import Validation

/// Midnight of 1 October 2025, in seconds since the epoch.
let startSecond: Int64 = 1_759_276_800

func instant(minute: Int) throws -> Timestamp {
  try #require(Timestamp(seconds: startSecond + 60 * Int64(minute)))
}

/// Rows of one market and side from text, one character per row, `step` minutes apart: `.` quiet, `+` positive,
/// `#` in shortfall and positive, `s` in shortfall and negative, `?` censored, `!` censored and in shortfall.
func rows(
  _ text: String, market: String = "ETHUSDT", side: LiquidationSide = .sell, step: Int = 10, from first: Int = 0
) throws -> [EvaluationRow] {
  let name = try #require(MarketName(market))
  return try text.enumerated().map { index, character in
    let outcome: Bool? =
      switch character {
      case "?", "!": nil
      default: character == "+" || character == "#"
      }
    return EvaluationRow(
      market: name, side: side, time: try instant(minute: first + index * step), outcome: outcome,
      inShortfall: "#s!".contains(character))
  }
}

/// Scores from text: a digit is that many tenths.
func scores(_ text: String) -> [Double] {
  text.map { Double($0.wholeNumberValue ?? 0) / 10 }
}

/// A simulated period of two markets: rows in time order with probabilities of a fair and of a noisy scorer.
struct SimulatedPeriod {
  var rows: [EvaluationRow] = []
  var fair: [Double] = []
  var noisy: [Double] = []

  init(seed: UInt64, days: Int, rowsPerDay: Int) throws {
    var generator = SeededGenerator(seed: seed)
    let markets = try ["XRPUSDT", "ETHUSDT"].map { try #require(MarketName($0)) }
    for index in 0..<days * rowsPerDay {
      let stress = index / 20 % 7 == 0 ? 2.5 : 0.0
      for market in markets {
        for side in LiquidationSide.allCases {
          let logOdds = -3.5 + stress + 0.7 * generator.normal()
          let outcome = generator.happens(withProbability: sigmoid(logOdds))
          rows.append(
            EvaluationRow(
              market: market, side: side, time: try instant(minute: index * 1_440 / rowsPerDay),
              outcome: generator.happens(withProbability: 0.03) ? nil : outcome,
              inShortfall: generator.happens(withProbability: stress > 0 ? 0.3 : 0.01)))
          fair.append(sigmoid(logOdds))
          noisy.append(sigmoid(logOdds + generator.normal()))
        }
      }
    }
  }
}
