import Foundation
import Sampling
import Testing
import Validation

@Suite("The adaptive window")
struct AdaptiveWindowTests {
  /// Where a window signals, and how many values it then holds.
  private func signals(_ monitor: inout AdaptiveWindow, _ values: [Double]) -> [[Int]] {
    values.enumerated().compactMap { place, value in
      monitor.observe(value) == nil ? nil : [place, monitor.content.count]
    }
  }

  /// river 0.26.1: `AdaptiveWindowing(delta=0.002, clock=32, max_buckets=5, min_window_length=5, grace_period=10)`; of its
  /// end: width 1,024, total 107.
  @Test("It signals and shrinks as river's does") func river() {
    var monitor = AdaptiveWindow(threshold: log(1 / 0.002))
    let expected = [[2_207, 1_184], [2_335, 928], [2_655, 1_120], [3_007, 1_216], [3_167, 192]]
    #expect(signals(&monitor, steppingIndicators) == expected)
    #expect(monitor.content == (1_024, 107.0 / 1_024))
  }

  /// The same with `clock=1`.
  @Test("It does so when cuts are tried after every value") func riverWithoutInterval() {
    var monitor = AdaptiveWindow(interval: 1, threshold: log(1 / 0.002))
    let expected = [
      [2_184, 1_929], [2_185, 1_674], [2_188, 1_421], [2_196, 1_173], [2_197, 1_046], [2_198, 791], [2_503, 968],
      [2_983, 1_192], [3_145, 170],
    ]
    #expect(signals(&monitor, steppingIndicators) == expected)
  }

  /// The same with `delta=0.01, clock=32`, on uniform values moved by 0.5 from 1,500 and by −0.4 from 2,600 on; of its end:
  /// width 1,400, total 129.5900500121102.
  @Test("It does so on values that are no indicators") func riverOnUniform() {
    let values = congruentialValues(4_000).enumerated().map { place, value in
      value + (place >= 1_500 ? 0.5 : 0) - (place >= 2_600 ? 0.9 : 0)
    }
    var monitor = AdaptiveWindow(threshold: log(1 / 0.01))
    let expected = [[1_535, 112], [1_567, 112], [1_599, 128], [2_623, 56], [2_655, 72], [2_687, 88]]
    #expect(signals(&monitor, values) == expected)
    #expect(monitor.content.count == 1_400 && abs(monitor.content.mean * 1_400 - 129.590_050_012_110_2) < 1e-9)
  }

  @Test("The direction is that of the newer values") func direction() {
    for (step, direction) in [(1.0, DriftSignal.Direction.rise), (-1, .fall)] {
      var monitor = AdaptiveWindow(threshold: 6)
      let found = (0..<400).compactMap { monitor.observe($0 < 200 ? 0 : step) }
      #expect(found.first?.direction == direction)
    }
  }

  /// A window that keeps every value, in pieces of lengths 1, 2, 4, …, and reckons every cut from the values.
  private struct SlowWindow {
    var pieces: [[Double]] = []

    mutating func append(_ value: Double) {
      pieces.append([value])
      var length = 1
      while true {
        let same = pieces.indices.filter { pieces[$0].count == length }
        guard same.count > 5 else { return }
        pieces[same[0]] += pieces[same[1]]
        pieces.remove(at: same[1])
        length *= 2
      }
    }

    func evidence(range: Double) -> Double {
      let values = pieces.flatMap(\.self)
      guard values.count > 10 else { return 0 }
      let mean = { (part: ArraySlice<Double>) in part.reduce(0, +) / Double(part.count) }
      let all = mean(values[...])
      let variance = values.reduce(0) { $0 + ($1 - all) * ($1 - all) } / Double(values.count)
      var (best, cut) = (0.0, 0)
      for piece in pieces {
        cut += piece.count
        guard cut >= 5, values.count - cut >= 5 else { continue }
        let gap = abs(mean(values[cut...]) - mean(values[..<cut]))
        let share = 1 / Double(cut - 4) + 1 / Double(values.count - cut - 4)
        func bound(_ x: Double) -> Double { (2 * share * variance * x).squareRoot() + 2.0 / 3 * range * share * x }
        // The largest x that the gap exceeds, by halving.
        var (low, high) = (0.0, 1e4)
        for _ in 0..<200 {
          let middle = (low + high) / 2
          if bound(middle) < gap { low = middle } else { high = middle }
        }
        best = max(best, low - log(2 * log(Double(values.count))))
      }
      return best
    }
  }

  @Test("It equals a window that keeps every value and solves each bound by halving", arguments: [1.0, 6])
  func slowTwin(range: Double) {
    var generator = SeededGenerator(seed: 5)
    var fast = AdaptiveWindow(range: range, interval: 7, threshold: 5)
    var slow = SlowWindow()
    var signals = 0
    for place in 0..<1_500 {
      let value = generator.normal() + (place % 600 > 400 ? 1 : 0)
      slow.append(value)
      let signal = fast.observe(value)
      guard place % 7 == 6 else {
        #expect(signal == nil)
        continue
      }
      let before = slow.evidence(range: range)
      #expect((signal != nil) == (before > 5))
      if let signal { #expect(abs(signal.statistic - before) < 1e-6 * before) }
      while slow.evidence(range: range) > 5 { slow.pieces.removeFirst() }
      signals += signal == nil ? 0 : 1
      #expect(fast.content.count == slow.pieces.flatMap(\.self).count)
    }
    #expect(signals > 2)
  }

  @Test("Equal values, and what is no number, never signal") func silent() {
    var monitor = AdaptiveWindow(interval: 1, threshold: 0)
    #expect(monitor.places([Double](repeating: 3, count: 500)).isEmpty)
    #expect(monitor.places([.nan, .infinity, 1e200]).isEmpty && monitor.undefinedCount == 3)
    #expect(monitor.content == (500, 3))
  }

  @Test("A million values take few numbers") func memory() throws {
    var monitor = AdaptiveWindow(threshold: .infinity)
    for place in 0..<1_000_000 { _ = monitor.observe(Double(place % 3)) }
    #expect(monitor.content.count == 1_000_000)
    #expect(MonitorState(monitor).bytes.count < 20 * 6 * 24 + 1_000)
  }
}
