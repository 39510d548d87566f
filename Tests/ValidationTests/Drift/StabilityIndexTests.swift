import Foundation
import Sampling
import Testing
import Validation

@Suite("The population stability index")
struct StabilityIndexTests {
  private static let reference = (1...100).map(Double.init)

  /// Two bins cut at the median 2.5; shares with half a figure more: 2.5/5 each against 1.5/5 and 3.5/5.
  @Test("A hand-worked sample of two bins") func twoBins() throws {
    let index = StabilityIndex(reference: [1, 2, 3, 4], binCount: 2)
    let expected = (0.3 - 0.5) * log(0.3 / 0.5) + (0.7 - 0.5) * log(0.7 / 0.5)
    #expect(abs(try #require(index.index(of: [1, 3, 4, 5])) - expected) < 1e-15)
    #expect(abs(expected - 0.169_459_572) < 1e-9)
  }

  /// Everything moves into the last of ten bins: 10.5/105 everywhere against 0.5/105, and 100.5/105 in the last.
  @Test("A sample beyond the reference's end is far and finite") func beyond() throws {
    let index = StabilityIndex(reference: Self.reference)
    let expected = 9 * (0.5 - 10.5) / 105 * log(0.5 / 10.5) + (100.5 - 10.5) / 105 * log(100.5 / 10.5)
    #expect(abs(try #require(index.index(of: Self.reference.map { $0 + 1_000 })) - expected) < 1e-12)
    #expect(StabilityIndex.Level(expected) == .action)
  }

  @Test("A sample equal to the reference, in any order and multiplied, is at nearly no distance") func equal() throws {
    let index = StabilityIndex(reference: Self.reference)
    #expect(index.index(of: Self.reference.reversed()) == 0)
    #expect(try #require(index.index(of: Self.reference + Self.reference)) == 0)
  }

  /// Two bins of 2 and one of undefined figures, which the reference lacks: 2.5/5.5, 2.5/5.5, 0.5/5.5 against 1.5, 1.5, 2.5.
  @Test("Undefined figures are a bin of their own") func undefined() throws {
    let index = StabilityIndex(reference: [1, 2, 3, 4], binCount: 2)
    let expected = 2 * (1.5 - 2.5) / 5.5 * log(1.5 / 2.5) + (2.5 - 0.5) / 5.5 * log(2.5 / 0.5)
    for gap in [Double.nan, .infinity, -.infinity] {
      #expect(abs(try #require(index.index(of: [1, gap, gap, 4])) - expected) < 1e-15)
    }
  }

  @Test("A figure that hardly varies is told from what lies above it and below it") func constant() throws {
    let index = StabilityIndex(reference: [Double](repeating: 7, count: 100))
    #expect(index.index(of: [7, 7, 7]) == 0)
    for other in [6.0, 8] {
      #expect(try #require(index.index(of: [Double](repeating: other, count: 100))) > StabilityIndex.Level.actionFrom)
    }
  }

  @Test("Nothing is known of an empty sample or against an empty reference") func empty() {
    #expect(StabilityIndex(reference: Self.reference).index(of: []) == nil)
    #expect(StabilityIndex(reference: []).index(of: Self.reference) == nil)
    #expect(StabilityIndex(reference: [], binCount: 0).index(of: []) == nil)
    #expect(StabilityIndex(reference: Self.reference, binCount: -3).index(of: Self.reference) == 0)
  }

  /// Of independent figures the expected index is about bins less one times (1/n + 1/m).
  @Test("Without drift the index is as small as chance makes it, and grows with a shift") func size() throws {
    var generator = SeededGenerator(seed: 4)
    func draw(_ shift: Double) -> [Double] {
      (0..<2_000).map { _ in (0..<12).reduce(shift - 6) { sum, _ in sum + Double.random(in: 0..<1, using: &generator) }
      }
    }
    let index = StabilityIndex(reference: draw(0))
    let quiet = try (0..<50).map { _ in try #require(index.index(of: draw(0))) }
    let mean = quiet.reduce(0, +) / 50
    #expect(mean > 0.5 * 9 * 2 / 2_000 && mean < 2 * 9 * 2 / 2_000)
    let moved = try [0.2, 0.4, 0.8].map { try #require(index.index(of: draw($0))) }
    #expect(moved == moved.sorted() && moved[0] > mean)
    // Two normals a distance d apart are d² apart in Jeffreys' divergence, which bins can only lessen.
    #expect(moved[2] < 0.8 * 0.8 * 1.15)
  }

  @Test("Levels begin at their bounds") func levels() {
    #expect(StabilityIndex.Level(0.099_9) == .stable)
    #expect(StabilityIndex.Level(0.10) == .warning)
    #expect(StabilityIndex.Level(0.249_9) == .warning)
    #expect(StabilityIndex.Level(0.25) == .action)
    #expect(StabilityIndex.Level(.infinity) == .action)
  }
}
