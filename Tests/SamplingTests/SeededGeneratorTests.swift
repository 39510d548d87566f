import Sampling
import Testing

@Suite("Seeded generator")
struct SeededGeneratorTests {
  @Test func theSameSeedGivesTheSameNumbers() {
    var first = SeededGenerator(seed: 42)
    var second = SeededGenerator(seed: 42)
    var other = SeededGenerator(seed: 42, stream: 1)
    let numbers = (0..<100).map { _ in first.next() }
    #expect(numbers == (0..<100).map { _ in second.next() })
    #expect(numbers != (0..<100).map { _ in other.next() })
  }

  /// The first state word of SplitMix64 with seed 0 is 0xe220a8397b1dcdaf (Vigna's reference code).
  @Test func knownFirstNumber() {
    var generator = SeededGenerator(seed: 0)
    // state = SplitMix64(0): e220a8397b1dcdaf 6e789e6aa1b965f4 06c45d188009454f f88bb8a8724c81ec
    let a: UInt64 = 0xe220_a839_7b1d_cdaf
    let d: UInt64 = 0xf88b_b8a8_724c_81ec
    let sum = a &+ d
    #expect(generator.next() == ((sum << 23) | (sum >> 41)) &+ a)
  }

  @Test func momentsOfTheDistributions() {
    var generator = SeededGenerator(seed: 7)
    let count = 200_000
    let normals = (0..<count).map { _ in generator.normal() }
    let mean = normals.reduce(0, +) / Double(count)
    let variance = normals.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(count)
    #expect(abs(mean) < 4 / Double(count).squareRoot())
    #expect(abs(variance - 1) < 4 * (2 / Double(count)).squareRoot())
    let exponentials = (0..<count).map { _ in generator.exponential(mean: 3) }
    #expect(abs(exponentials.reduce(0, +) / Double(count) - 3) < 12 / Double(count).squareRoot())
    let hits = (0..<count).count { _ in generator.happens(withProbability: 0.2) }
    #expect(abs(Double(hits) / Double(count) - 0.2) < 4 * (0.16 / Double(count)).squareRoot())
  }

  @Test func indicesCoverTheirRangeEvenly() {
    var generator = SeededGenerator(seed: 3)
    var counts = [Int](repeating: 0, count: 10)
    for _ in 0..<100_000 { counts[generator.index(below: 10)] += 1 }
    #expect(counts.allSatisfy { abs(Double($0) - 10_000) < 4 * 9_000.0.squareRoot() })
  }
}
