import Boosting
import Features
import Markets
import Reporting
import Testing

/// A hand-made explanation of one market, whose figures are easy to follow.
struct ExplanationFixture {
  var provenance = Provenance.simulated
  var model = "tiny"
  var scale = ExplanationReport.Scale.calibrated
  var features = ["depth_50bp", "realised_volatility_1h", "concentration_100bp", "hour_sine"]
  var contributions = [1.5, 0.75, -0.5, 0.25]
  var values: [Double?] = [11.807, -1.25, nil, 0]
  var hasTrees = false

  private static let start = Timestamp(nanoseconds: 1_760_130_027_000_000_000)
  private static let directions: [MonotoneDirection] = [.decreasing, .increasing, .increasing, .none]

  func report() throws -> ExplanationReport {
    let market = try #require(MarketName("SIM-ETH"))
    return ExplanationReport(
      provenance: provenance, model: model, scale: scale,
      rows: ExplanationReport.Rows(
        from: Self.start + .days(-9), to: Self.start, markets: [market], sides: LiquidationSide.allCases, count: 2_400,
        known: 2_000, positives: 50),
      base: -4, largestGap: 4.4e-16, importance: importance,
      snapshots: [snapshot(market, .sell, asked: Self.start), snapshot(market, .buy, asked: Self.start + .minutes(1))])
  }

  private var importance: [InputImportance] {
    let (raising, lowering) = (
      contributions.map { max(0, $0) / 2 + 0.0625 }, contributions.map { max(0, -$0) / 2 + 0.0625 }
    )
    let total = raising.reduce(0, +) + lowering.reduce(0, +)
    return features.indices.map { index in
      InputImportance(
        feature: features[index], unit: index == 0 ? "ln USD" : "ln", direction: Self.directions[index],
        raising: raising[index], lowering: lowering[index],
        share: (raising[index] + lowering[index]) / total,
        trees: hasTrees ? SplitUse(splits: 40 >> index, gain: 12.25 * Double(4 - index)) : nil)
    }
  }

  private func snapshot(_ market: MarketName, _ side: LiquidationSide, asked: Timestamp) -> SnapshotExplanation {
    var sum = -4.0
    let steps = features.indices.map { index in
      sum += contributions[index]
      return SnapshotExplanation.Step(
        feature: features[index], unit: index == 0 ? "ln USD" : "ln", value: values[index],
        contribution: contributions[index], runningSum: sum)
    }
    return SnapshotExplanation(
      asked: asked, time: Self.start, market: market, side: side, probability: 0.119, logOdds: sum, base: -4,
      steps: steps, inShortfall: side == .buy, outcome: side == .sell ? true : nil)
  }
}
