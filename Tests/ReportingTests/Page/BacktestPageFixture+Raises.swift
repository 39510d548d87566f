import Backtesting
import Foundation
import Markets

extension BacktestPageFixture {
  /// What accounts under a policy drew.
  static func fund(_ policy: String) -> [String: Any] {
    [
      "policy": policy, "accounts": 400, "liquidations": 12, "liquidationsByRaise": 3, "draws": 2,
      "drawUSD": ["value": 5_000, "low": 0, "high": 12_345.6], "meanInitialMargin": 0.05,
    ]
  }

  /// Three raises of a market: guarded and dearer than liquidity, one that no liquidity replaces, one that forces nothing.
  static var raises: [[String: Any]] {
    let injection: [String: Any] = [
      "coverUSD": 150_000, "equalRiskUSD": 200_000, "withinBasisPoints": 100, "injectionCostPerDay": 40,
      "raiseCostPerDay": 55.5, "cheaper": "injection",
    ]
    let alone: [String: Any] = ["coverUSD": 0, "withinBasisPoints": 100, "raiseCostPerDay": 12]
    return [
      raise(
        "2025-10-11T14:00:00Z", to: 0.03, injection: injection,
        feedback: feedback(atOnce: 0.024, unguarded: (400_000, 700_000), guarded: (100_000, 110_000))),
      raise(
        "2025-10-11T15:00:00Z", to: 0.025, injection: alone,
        feedback: feedback(atOnce: 0.025, unguarded: (50_000, 50_000), guarded: (50_000, 50_000))),
      raise(
        "2025-10-12T15:00:00Z", to: 0.021, injection: alone,
        feedback: feedback(atOnce: 0.021, unguarded: (0, 0), guarded: (0, 0))),
    ]
  }

  private static func raise(
    _ time: String, to after: Double, injection: [String: Any], feedback: [String: Any]
  ) -> [String: Any] {
    [
      "time": time, "market": market, "side": "sell", "before": 0.02, "after": after, "binding": "rate limit <up>",
      "injection": injection, "feedback": feedback,
    ]
  }

  private static func feedback(
    atOnce: Double, unguarded: (first: Double, total: Double), guarded: (first: Double, total: Double)
  ) -> [String: Any] {
    func cascade(_ figures: (first: Double, total: Double)) -> [String: Any] {
      var cascade: [String: Any] = [
        "firstRoundUSD": figures.first, "totalUSD": figures.total, "priceImpact": figures.total / 1e8,
      ]
      if figures.first > 0 { cascade["amplification"] = figures.total / figures.first }
      return cascade
    }
    return [
      "limitUSD": 120_000, "appliedAtOnce": atOnce, "unguarded": cascade(unguarded), "guarded": cascade(guarded),
    ]
  }

  /// The quality of a few seeded days, two inputs that drifted differently, and a card that tries to be markup.
  static func quality(_ provenance: Provenance) throws -> [String: Any] {
    let evaluation = try JSONEncoder().encode(try ReportFixture(seed: 5, days: 6).report(provenance))
    return [
      "evaluation": try JSONSerialization.jsonObject(with: evaluation),
      "precisionRecall": [["recall": 0.25, "precision": 1], ["recall": 1, "precision": 0.5]],
      "drift": [
        drift("steady", "2025-10", 0.012), drift("steady", "2025-11", 0.11), drift("moved<b>", "2025-10", 0.26),
        drift("moved<b>", "2025-11", nil),
      ],
      "card": """
      # Model card: <script>

      **SIMULATED data.** What it says.
      It goes on.

      ## Inputs

      | feature | unit |
      | ------- | ---: |
      | a \\| b  | `ln`  |

      - never *here*
      """,
    ]
  }

  private static func drift(_ input: String, _ month: String, _ index: Double?) -> [String: Any] {
    var figures: [String: Any] = ["input": input, "month": month]
    figures["stabilityIndex"] = index
    return figures
  }
}
