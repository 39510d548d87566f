import Features
import Foundation
import Markets
import Testing

@Suite("Liquidity of late")
struct LiquidityTrackerTests {
  private func tracker(halfLife: TimeSpan = .hours(24)) -> LiquidityTracker {
    LiquidityTracker(band: BasisPoints(100), horizon: .hours(2), halfLife: halfLife)
  }

  @Test("By hand: spread, volatility and what stayed of the depth, once an hour has been seen")
  func handWorked() throws {
    var tracker = tracker(halfLife: .hours(1))
    #expect(tracker.observe(try snapshot(0, book([(99.5, 4), (99, 9)], [(100.5, 2)]))) == nil)
    #expect(tracker.observe(try snapshot(1_800, book([(99.5, 1), (99, 5)], [(100.5, 8)]))) == nil)
    // The first snapshot has just left the hour; 98 is outside the band, the ask at 101 on its edge.
    let third = tracker.observe(try snapshot(3_600, book([(99.5, 3), (98, 7)], [(100.5, 6), (101, 1)])))
    let seen = try #require(third)
    #expect(abs(seen.persistentDepth.sell - 298.5) < 1e-9 && abs(seen.persistentDepth.buy - 704) < 1e-9)
    #expect(abs(seen.meanSpread - 0.01) < 1e-15 && seen.spreadDeviation < 1e-15)
    #expect(seen.volatility == 0)
    // A rise of 1 % in half an hour, before which two half hours without a move weigh √½ and ½.
    let fourth = tracker.observe(try snapshot(5_400, book([(100.5, 3)], [(101.5, 6)])))
    let next = try #require(fourth)
    let weight = exp2(-0.5)
    let seconds = 1_800 * (weight * weight + weight + 1)
    #expect(abs(next.volatility - log(1.01) * (7_200 / seconds).squareRoot()) < 1e-12)
    let (usual, last) = (0.01, 1.0 / 101)
    let mean = (3 * usual + last) / 4
    #expect(abs(next.meanSpread - mean) < 1e-15)
    let variance = (3 * (usual - mean) * (usual - mean) + (last - mean) * (last - mean)) / 3
    #expect(abs(next.spreadDeviation - variance.squareRoot()) < 1e-15)
  }

  @Test("It equals its recomputation from the stored past", arguments: [61, 62, 63] as [UInt64])
  func slowTwin(seed: UInt64) throws {
    let stream = try randomStream(seed: seed, markets: ["A"], count: 300)
    let history = SlowHistory(stream)
    var tracker = tracker()
    var (position, known) = (-1, 0)
    for snapshot in stream {
      let seen = tracker.observe(snapshot)
      guard snapshot.book.mid != nil else {
        #expect(seen == nil)
        continue
      }
      position += 1
      let expected = Self.conditions(history, at: position)
      #expect((seen == nil) == (expected == nil), "position \(position)")
      guard let seen, let expected else { continue }
      known += 1
      let pairs = [
        (seen.meanSpread, expected.mean), (seen.spreadDeviation, expected.deviation),
        (seen.volatility, expected.volatility), (seen.persistentDepth.sell, expected.depth.sell),
        (seen.persistentDepth.buy, expected.depth.buy),
      ]
      for (found, wanted) in pairs { #expect(abs(found - wanted) <= 1e-9 * max(1e-4, abs(wanted))) }
    }
    #expect(known > 150)
  }

  private struct Expected {
    let mean: Double
    let deviation: Double
    let volatility: Double
    let depth: BySide<Double>
  }

  private static func conditions(_ history: SlowHistory, at end: Int) -> Expected? {
    let all = history.snapshots
    let hour = history.positions(endingAt: end, .hours(1))
    guard all[end].time - all[0].time >= .hours(1), hour.count > 1 else { return nil }
    let spreads = history.positions(endingAt: end, .hours(24)).map { max(0, all[$0].book.spread ?? .nan) }
    let mean = spreads.reduce(0, +) / Double(spreads.count)
    let squares = spreads.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    var (variance, seconds) = (0.0, 0.0)
    for (before, after) in zip(all.prefix(end + 1), all.prefix(end + 1).dropFirst()) {
      let weight = exp2(-(all[end].time - after.time).seconds / 86_400)
      let step = log((after.book.mid ?? .nan) / (before.book.mid ?? .nan))
      variance += weight * step * step
      seconds += weight * (after.time - before.time).seconds
    }
    return Expected(
      mean: mean, deviation: (squares / Double(spreads.count - 1)).squareRoot(),
      volatility: (variance / seconds * 7_200).squareRoot(),
      depth: BySide { side in hour.compactMap { all[$0].book.depth(within: 0.01, on: side) }.min() ?? .nan })
  }

  @Test("What was seen once after a silence has not stayed")
  func silence() throws {
    var tracker = tracker()
    #expect(tracker.observe(try snapshot(0, book(mid: 100))) == nil)
    #expect(tracker.observe(try snapshot(7_200, book(mid: 100))) == nil)
    #expect(tracker.observe(try snapshot(7_260, book(mid: 100))) != nil)
    #expect(tracker.observe(try snapshot(14_000, book(mid: 100))) == nil)
  }

  @Test("A book without a mid changes nothing, and a crossed one has no spread")
  func oddBooks() throws {
    var (with, without) = (tracker(), tracker())
    let crossed = try snapshot(4_000, book([(101, 1)], [(99, 1)]))
    for seconds in [0.0, 3_900] {
      let quoted = try snapshot(seconds, book(mid: 100))
      #expect(with.observe(quoted) == without.observe(quoted))
      #expect(with.observe(try snapshot(seconds, book([(99, 1)], []))) == nil)
    }
    let last = with.observe(crossed)
    #expect(last == without.observe(crossed))
    let seen = try #require(last)
    #expect(abs(seen.meanSpread - 0.04 / 3) < 1e-15)
  }
}
