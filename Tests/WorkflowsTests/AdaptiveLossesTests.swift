import Foundation
import Learning
import Markets
import Sampling
import Testing
import Workflows

@Suite("Quantiles that outcomes move")
struct AdaptiveLossesTests {
  private struct Row {
    let time: Timestamp
    let quantile: Double
    let loss: Double
  }

  private static let span = TimeSpan.minutes(30)

  private static func rows(seed: UInt64, count: Int) -> [Row] {
    var generator = SeededGenerator(seed: seed)
    var time = Timestamp(nanoseconds: 0)
    return (0..<count).map { _ in
      time = time + .seconds(Int64(generator.index(below: 600)))
      let loss = generator.happens(withProbability: 0.1) ? .nan : 0.02 * generator.exponential(mean: 1)
      return Row(time: time, quantile: 0.02 + 0.04 * generator.uniform(), loss: loss)
    }
  }

  @Test("They are what an outcome-by-outcome reading of the definition gives", arguments: [71, 72] as [UInt64])
  func slowTwin(seed: UInt64) throws {
    let tracking = try #require(QuantileTracking(target: 0.1, step: 0.05))
    var adaptive = AdaptiveLosses(tracking: tracking, informationSpan: Self.span)
    var said: [(time: Timestamp, bound: Double, loss: Double)] = []
    for row in Self.rows(seed: seed, count: 600) {
      var offset = 0.0
      for past in said where past.loss.isFinite && past.time + Self.span <= row.time {
        offset += 0.05 * ((past.loss > past.bound ? 1 : 0) - 0.1)
      }
      let bound = adaptive.adapted(row.quantile, at: row.time, followedBy: row.loss)
      #expect(abs(bound / (row.quantile * exp(offset)) - 1) < 1e-9)
      said.append((row.time, bound, row.loss))
    }
  }

  @Test("What has been judged is forgotten")
  func memory() throws {
    let tracking = try #require(QuantileTracking(target: 0.1, step: 0.05))
    var adaptive = AdaptiveLosses(tracking: tracking, informationSpan: Self.span)
    var most = 0
    for row in Self.rows(seed: 73, count: 5_000) {
      _ = adaptive.adapted(row.quantile, at: row.time, followedBy: row.loss)
      most = max(most, adaptive.rememberedCount)
    }
    // Half an hour holds six rows on average, and never more than a few times as many.
    #expect(most < 60)
  }
}
