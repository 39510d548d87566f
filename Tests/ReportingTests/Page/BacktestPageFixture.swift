import Backtesting
import Foundation
import Markets

/// Reports of back-tests as JSON, decoded as the command does.
enum BacktestPageFixture {
  static let market = "E<TH>&\"U\u{0301}/../SDT"

  /// Two policies of ours and a competitor on one market, with a loss above every margin in row 40.
  static func small(provenance: String = "REAL") throws -> BacktestReport {
    let policies = [policy("conditional"), policy("policy"), policy("volatility-scaled")]
    let report: [String: Any] = [
      "provenance": provenance, "setting": setting(notes: ["one competitor <was> not run"]), "policies": policies,
      "comparisons": [comparison], "frontiers": [frontier("conditional"), frontier("volatility-scaled")],
      "coverage": [coverage("fixed"), coverage("adaptive")], "episodes": [episode], "series": [series],
      "fund": [fund("policy"), fund("volatility-scaled")], "raises": raises,
      "stepResponses": [
        ["policy": "ewma", "before": 0.021, "plateau": 1.93, "peak": 2.1, "overshoot": 0.18, "halfLifeHours": 5.5],
        ["policy": "static", "before": 0.03, "plateau": 1, "peak": 1],
      ],
      "quality": try quality(provenance == "REAL" ? .real : .simulated),
    ]
    return try decode(report)
  }

  /// A report of a back-test that judged nothing.
  static func empty() throws -> BacktestReport {
    try decode([
      "provenance": "SIMULATED", "setting": setting(notes: []), "policies": [], "comparisons": [], "frontiers": [],
      "coverage": [], "episodes": [], "series": [], "fund": [], "raises": [],
    ])
  }

  /// A report whose raises have neither costs nor accounts beside them, and whose probabilities are unknown.
  static func plainRaises() throws -> BacktestReport {
    let bare = raises.map { raise in raise.filter { !["injection", "feedback"].contains($0.key) } }
    return try decode([
      "provenance": "REAL", "setting": setting(notes: []), "policies": [policy("policy")], "comparisons": [],
      "frontiers": [], "coverage": [], "episodes": [], "series": [], "fund": [], "raises": bare,
    ])
  }

  private static func decode(_ report: [String: Any]) throws -> BacktestReport {
    try JSONDecoder().decode(BacktestReport.self, from: JSONSerialization.data(withJSONObject: report))
  }

  private static func setting(notes: [String]) -> [String: Any] {
    [
      "model": "a & b", "training": "retrained every 1d", "policy": "policy.yaml", "from": "2025-10-10T00:00:00Z",
      "to": "2025-10-14T00:00:00Z", "horizon": "2h", "target": 0.99, "notionals": [100_000, 1_000_000],
      "headlineNotional": 100_000, "snapshots": 100, "known": 99, "days": 4, "notes": notes,
    ]
  }

  private static func estimate(_ value: Double, _ low: Double, _ high: Double) -> [String: Any] {
    ["value": value, "low": low, "high": high]
  }

  private static func policy(_ name: String) -> [String: Any] {
    let groups: [[String: Any]] = [
      ("all", "all"), ("market", market), ("notional", "1000000"), ("market-notional", "\(market) 100000"),
      ("regime", "stress"),
    ].map { kind, group in
      [
        "group": ["kind": kind, "name": group], "rows": 99, "exceedances": 1, "coverage": estimate(0.985, 0.97, 0.995),
        "meanMargin": estimate(0.02, 0.018, 0.022), "meanShortfall": estimate(0.0001, 0, 0.0002),
        "shortfallUSD": 1_234.5,
      ]
    }
    let results: [[String: Any]] = [
      ["test": "kupiec", "statistic": 0.4, "pValue": 0.53, "isRejected": false],
      ["test": "conditional-coverage", "statistic": 9.2, "pValue": 0.01, "isRejected": true],
      ["test": "dynamic-quantile"],
    ]
    return [
      "policy": name, "summary": "what \(name) is", "groups": groups,
      "tests": [["market": market, "trials": 48, "exceedances": 1, "results": results, "trafficLight": "green"]],
      "procyclicality": [
        [
          "market": market, "peakToTrough": 3.2, "rise1h": 0.01, "rise1d": 0.02, "rise5d": 0.03, "rise30d": 0.04,
          "changesPerDay": 4, "marginCallUSD": 56_789,
        ]
      ],
    ]
  }

  private static var comparison: [String: Any] {
    [
      "group": market, "ours": "conditional", "competitor": "volatility-scaled", "ourMarginAtTarget": 0.021,
      "theirMarginAtTarget": 0.028, "marginSaved": estimate(0.25, 0.1, 0.35), "ourShortfallUSD": 1_000,
      "theirShortfallUSD": 2_000, "shortfallSaved": estimate(0.5, -0.1, 0.7),
      "pinball": ["days": 4, "ours": 0.00021, "theirs": 0.0003, "statistic": 1.5, "pValue": 0.13],
    ]
  }

  private static func frontier(_ policy: String) -> [String: Any] {
    let points: [[String: Any]] = [0.5, 1, 2].map {
      ["scale": $0, "meanMargin": 0.02 * $0, "coverage": 0.98, "shortfallUSD": $0 == 2 ? 0 : 5_000 / $0]
    }
    return ["policy": policy, "points": points]
  }

  private static func coverage(_ name: String) -> [String: Any] {
    let points: [[String: Any]] = (10...14).map { ["day": "2025-10-\($0)", "rolling": 0.98, "cumulative": 0.985] }
    return ["name": name, "group": "all", "points": points]
  }

  private static var episode: [String: Any] {
    [
      "market": market, "side": "sell", "start": "2025-10-11T14:00:00Z", "end": "2025-10-11T18:00:00Z",
      "worstLoss": 0.08, "shortfallUSD": [100, 90, 300], "marginAtStart": [0.02, 0.02, 0.015],
    ]
  }

  private static var series: [String: Any] {
    let rows = Array(0..<97)
    var losses: [Any] = rows.map { (row: Int) -> Any in Double(row % 7) * 0.001 - 0.001 }
    losses[40] = 0.08
    losses[96] = NSNull()
    let times = rows.map { (row: Int) -> String in
      let hour = row % 24
      return "2025-10-\(10 + row / 24)T" + (hour < 10 ? "0" : "") + "\(hour):00:00Z"
    }
    let margins = [0.02, 0.022, 0.03].map { (margin: Double) -> [Double] in
      rows.map { (row: Int) -> Double in margin + Double(row % 5) * 0.001 }
    }
    let depths = rows.map { (row: Int) -> Double in 1e6 / Double(1 + row % 10) }
    return [
      "market": market, "side": "sell", "times": times, "mids": rows.map { 4_000 + Double($0) }, "depths": depths,
      "probabilities": rows.map { Double($0 % 10) / 20 }, "losses": losses, "margins": margins,
    ]
  }
}
