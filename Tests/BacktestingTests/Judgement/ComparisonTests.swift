import Backtesting
import Testing
import Validation

struct ComparisonTests {
  /// The mean margin at the smallest scale that covers, found by trying every ratio of the weighted rows.
  private func slowMargin(_ losses: [Double], _ margins: [Double], _ weights: [Double], target: Double) -> Double {
    let total = weights.reduce(0, +)
    let scales = ([0] + zip(losses, margins).map { max(0, $0 / $1) }).sorted()
    let scale = scales.first { scale in
      let covered = losses.indices.reduce(0.0) { sum, row in
        losses[row] <= 0 || losses[row] / margins[row] <= scale ? sum + weights[row] : sum
      }
      return covered >= (target - 1e-9) * total
    }
    let mean = zip(margins, weights).reduce(0) { $0 + $1.0 * $1.1 } / total
    return (scale ?? .nan) * mean
  }

  @Test func `margins at equal coverage and shortfall at equal margin are worked out by hand`() throws {
    let market = JudgedMarket(losses: [0.01, 0.02, 0.03, 0.04])
    let judgement = market.judgement(ours: [0.01, 0.02, 0.03, 0.02], theirs: [0.04, 0.04, 0.04, 0.04])
    let comparison = try #require(judgement.comparisons().first)
    #expect(abs((comparison.ourMarginAtTarget ?? 0) - 0.02) < 1e-12)
    #expect(abs((comparison.theirMarginAtTarget ?? 0) - 0.03) < 1e-12)
    #expect(abs((comparison.marginSaved.value ?? 0) - 1.0 / 3) < 1e-12)
    #expect(abs(comparison.ourShortfallUSD - 40) < 1e-9)
    #expect(abs((comparison.theirShortfallUSD ?? 0) - 60) < 1e-9)
    #expect(abs((comparison.shortfallSaved.value ?? 0) - 1.0 / 3) < 1e-9)
  }

  @Test(arguments: 1...5 as ClosedRange<UInt64>) func `scales and intervals agree with a slow twin`(seed: UInt64) throws
  {
    let (market, ours, theirs) = JudgedMarket.random(seed: seed)
    let judgement = market.judgement(ours: ours, theirs: theirs, target: 0.9, resamples: 20)
    let comparison = try #require(judgement.comparisons().first)
    func saved(_ weights: [Double]) -> Double {
      1 - slowMargin(market.losses, ours, weights, target: 0.9)
        / slowMargin(market.losses, theirs, weights, target: 0.9)
    }
    let bootstrap = DayBlockBootstrap(resamples: 20, seed: 7)
    let replicates = (0..<20).map { resample in
      let days = bootstrap.multiplicities(ofResample: resample, dayCount: 10)
      return saved(market.hours.map { days[Int($0 / 24)] })
    }
    let slow = bootstrap.estimate(value: saved(market.losses.map { _ in 1 }), replicates: replicates)
    for part in [\Estimate.value, \Estimate.low, \Estimate.high] {
      let fast = try #require(comparison.marginSaved[keyPath: part])
      let expected = try #require(slow[keyPath: part])
      #expect(abs(fast - expected) < 1e-9)
    }
  }

  @Test(arguments: 1...5 as ClosedRange<UInt64>) func `scaling ours leaves the margin saved unchanged`(seed: UInt64)
    throws
  {
    let (market, ours, theirs) = JudgedMarket.random(seed: seed)
    let plain = market.judgement(ours: ours, theirs: theirs).comparisons()
    let scaled = market.judgement(ours: ours.map { $0 * 4 }, theirs: theirs).comparisons()
    #expect(plain.map(\.marginSaved) == scaled.map(\.marginSaved))
  }

  @Test(arguments: 1...5 as ClosedRange<UInt64>) func `a larger scale never covers less or falls shorter`(seed: UInt64)
  {
    let (market, ours, theirs) = JudgedMarket.random(seed: seed)
    for frontier in market.judgement(ours: ours, theirs: theirs).frontiers() {
      #expect(frontier.points.count == 33)
      #expect(frontier.points.contains { $0.scale == 1 })
      for (lower, higher) in zip(frontier.points, frontier.points.dropFirst()) {
        #expect(lower.coverage <= higher.coverage)
        #expect(lower.shortfallUSD >= higher.shortfallUSD)
      }
    }
  }
}
