import Foundation
import Markets
import Reporting
import Sampling
import Testing
import Validation
import Workflows

@Suite("Silence of drift monitors")
struct SilenceLimitTests {
  private static let runLength = 5_000.0

  private func state(_ signals: [Int], values: Int, of series: MonitoredSeries = .missExcess) throws -> MonitorLimit {
    let market = try #require(MarketName("SIM-A"))
    return SilenceLimit(
      signals.map {
        MonitoredSignals.Watcher(
          market: market, series: series, method: .cumulativeSum, values: values, signals: $0)
      }, averageRunLength: Self.runLength
    ).limit
  }

  private func drawn(_ mean: Double, _ generator: inout SeededGenerator) -> Int {
    var (count, product) = (0, generator.uniform())
    while product > exp(-mean) {
      count += 1
      product *= generator.uniform()
    }
    return count
  }

  @Test(
    "by chance it is broken in no more than one of a hundred periods, however many monitors there are and however alike",
    arguments: [1, 9, 27, 90])
  func falseAlarms(count: Int) throws {
    var generator = SeededGenerator(seed: 11)
    let periods = 4_000
    for values in [400, 5_000] {
      let mean = Double(values) / Self.runLength
      var broken = (apart: 0, alike: 0)
      for _ in 0..<periods {
        let apart = (0..<count).map { _ in drawn(mean, &generator) }
        if try state(apart, values: values).state == .broken { broken.apart += 1 }
        let alike = [Int](repeating: drawn(mean, &generator), count: count)
        if try state(alike, values: values).state == .broken { broken.alike += 1 }
      }
      // Three standard errors above one in a hundred.
      let most = 0.01 * Double(periods) + 3 * (0.01 * Double(periods)).squareRoot()
      #expect(Double(broken.apart) <= most && Double(broken.alike) <= most, "\(count) × \(values): \(broken)")
    }
  }

  @Test("as many monitors as speak falsely by chance keep it, one that speaks again and again breaks it")
  func scale() throws {
    let quiet = [Int](repeating: 0, count: 26)
    #expect(try state([1] + quiet, values: 845).state == .kept)
    #expect(try state([1, 1, 1, 1, 1] + quiet, values: 845).state == .kept)
    let broken = try state([4] + quiet, values: 845)
    #expect(broken.state == .broken)
    #expect(
      broken.reason.contains("4 signals of 27 monitors") && broken.reason.contains("CUSUM of missExcess in SIM-A: 4"))
  }

  @Test("what the model says alone, and monitors that were told nothing, decide nothing")
  func undecided() throws {
    #expect(try state([9], values: 100, of: .logOdds).state == .undecided)
    #expect(try state([0], values: 0).state == .undecided)
    #expect(try state([0], values: 10).state == .kept)
  }
}
