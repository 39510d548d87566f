import Features
import Markets
import Sampling
import Testing

@Suite("Sliding windows")
struct WindowsTests {
  @Test("a rank in the sorted sequence is that of a sorted array, through growth and removal")
  func sortedSequence() throws {
    var generator = SeededGenerator(seed: 1)
    var sequence = SortedSequence()
    var twin: [Double] = []
    for step in 0..<6_000 {
      if step < 3_500 || generator.happens(withProbability: 0.3) {
        let value = Double(generator.index(below: 700))
        sequence.insert(value)
        twin.append(value)
      } else if !twin.isEmpty {
        sequence.remove(twin.remove(at: generator.index(below: twin.count)))
      }
      if step % 97 == 0 {
        let sorted = twin.sorted()
        #expect((0..<sorted.count).allSatisfy { sequence.value(atRank: $0) == sorted[$0] })
        #expect(sequence.count == sorted.count)
      }
    }
    #expect(sequence.value(atRank: sequence.count) == nil)
    sequence.remove(-5)
    #expect(sequence.count == twin.count)
  }

  @Test("quantiles are interpolated linearly")
  func quantiles() {
    var sequence = SortedSequence()
    #expect(sequence.quantile(0.5).isNaN)
    for value in [4.0, 1, 3, 2] { sequence.insert(value) }
    #expect(sequence.quantile(0.5) == 2.5)
    #expect(abs(sequence.quantile(0.1) - 1.3) < 1e-15)
    #expect(sequence.quantile(1) == 4)
  }

  /// Keeps what it was joined from.
  struct Trace: WindowSummary {
    var positions: [Int]
    init(_ position: Int) { positions = [position] }
    func joined(with later: Trace) -> Trace {
      var trace = self
      trace.positions += later.positions
      return trace
    }
  }

  @Test("every window holds exactly its snapshots, in order", arguments: [1, 2] as [UInt64])
  func contents(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let lengths: [TimeSpan] = [.seconds(1), .seconds(10), .seconds(100)]
    var windows = TimeWindows(lengths: lengths)
    var aggregate = SlidingAggregate<Trace>(windowCount: 3)
    var times: [Timestamp] = []
    var now = Timestamp(nanoseconds: 0)
    for _ in 0..<1_500 {
      let step = generator.happens(withProbability: 0.2) ? 0 : Int64(generator.exponential(mean: 2))
      now = now + (generator.happens(withProbability: 0.01) ? .seconds(200) : .seconds(step))
      if generator.happens(withProbability: 0.9) {
        windows.append(now)
        aggregate.append(times.count, in: windows)
        times.append(now)
      } else {
        windows.advance(to: now)
      }
      for (window, length) in lengths.enumerated() {
        let expected = times.indices.filter { times[$0] > now - length }
        #expect(aggregate.summary(of: window, in: windows)?.positions ?? [] == expected)
      }
    }
  }

  @Test("equal numbers have no spread, and moments match their definition")
  func moments() {
    let equal = (0..<99).map { _ in Moments(1e9 / 3) }.reduce(Moments(1e9 / 3)) { $0.joined(with: $1) }
    #expect(equal.squaredDeviations == 0)
    let some = [2.0, 4, 9].map { Moments($0) }
    let joined = some[0].joined(with: some[1].joined(with: some[2]))
    #expect(joined.mean == 5)
    #expect(abs(joined.standardDeviation - 13.0.squareRoot()) < 1e-14)
    #expect((joined.minimum, joined.maximum) == (2, 9))
  }
}
