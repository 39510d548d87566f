import Telemetry
import Testing

@Suite("Latencies")
struct LatencyHistogramTests {
  /// Latencies of many sizes, always the same ones.
  private static let latencies: [UInt64] = {
    var state: UInt64 = 20_261_123
    return (0..<20_000).map { _ in
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      let bound: UInt64 = 1 << ((state >> 20) % 34)
      return (state >> 33) % bound + 1
    }
  }()

  @Test("have quantiles within a thousandth of those of the sorted list")
  func quantiles() {
    var histogram = LatencyHistogram()
    for latency in Self.latencies { histogram.record(latency) }
    let sorted = Self.latencies.sorted()
    let summary = histogram.summary
    #expect(summary.count == sorted.count)
    #expect(summary.totalSeconds == Double(sorted.reduce(0, +)) / 1e9)
    #expect(summary.quantiles.map(\.level) == [0.5, 0.9, 0.99, 0.999, 1])
    for (level, value) in summary.quantiles {
      let rank = max(1, Int((level * Double(sorted.count)).rounded(.up)))
      let exact = Double(sorted[rank - 1])
      #expect(abs(Double(value) - exact) <= exact / 1_000 + 1, "\(level)")
    }
  }

  @Test("beyond the limit count as the limit")
  func saturation() {
    var histogram = LatencyHistogram()
    histogram.record(.max)
    histogram.record(.max, count: 3)
    histogram.record(1)
    let summary = histogram.summary
    #expect(summary.count == 5)
    #expect(summary.quantiles.last?.nanoseconds == LatencyHistogram.limit)
    #expect(summary.totalSeconds == (4 * Double(LatencyHistogram.limit) + 1) / 1e9)
  }

  @Test("add up, and can be forgotten")
  func addition() {
    var whole = LatencyHistogram()
    var halves = [LatencyHistogram(), LatencyHistogram()]
    for (index, latency) in Self.latencies.enumerated() {
      whole.record(latency)
      halves[index % 2].record(latency)
    }
    halves[0].add(halves[1])
    #expect(halves[0].summary.quantiles.map(\.nanoseconds) == whole.summary.quantiles.map(\.nanoseconds))
    #expect(halves[0].summary.totalSeconds == whole.summary.totalSeconds)
    whole.reset()
    #expect(whole.summary.count == 0)
    #expect(whole.summary.totalSeconds == 0)
    #expect(whole.summary.quantiles.allSatisfy { $0.nanoseconds == 0 })
  }
}
