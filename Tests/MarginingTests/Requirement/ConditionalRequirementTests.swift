import Margining
import Markets
import Testing

/// Each component against numbers worked by hand from the figures of the fixture.
@Suite("Conditional requirement")
struct ConditionalRequirementTests {
  private func components(
    at notional: Double, _ figures: EvidenceFigures = EvidenceFigures(), _ settings: ConditionalSettings = .standard
  ) throws -> RequirementComponents {
    let bounds = try MarginBounds(floor: margin(0.004), cap: margin(0.5))
    return try ConditionalRequirement(try figures.evidence(), settings: settings, bounds: bounds)
      .components(at: notional)
  }

  @Test("base, liquidity and concentration decide where the model's quantile is small")
  func componentsDecide() throws {
    let small = try components(at: 10_000)
    // 0.75 · 1 % + 0.25 · 3 %; ½ (0.04 % + 2 · 0.01 %) + 0.1 %; 0.5 % · √(10,000 / 1,000,000).
    #expect(abs(small.base - 0.015) < 1e-15)
    #expect(abs(small.liquidity - 0.0013) < 1e-15)
    #expect(abs(small.concentration - 0.0005) < 1e-15)
    #expect(abs(small.model - 0.01) < 1e-15)
    #expect(abs(small.required - 0.0168) < 1e-15)
    #expect(small.bound == .components)
  }

  @Test("the model's quantile decides where it is larger than the components together")
  func modelDecides() throws {
    let large = try components(at: 100_000)
    #expect(abs(large.base + large.liquidity + large.concentration - (0.0173 + 0.005 * 0.1.squareRoot())) < 1e-15)
    #expect(large.required == 0.02 && large.bound == .model)
  }

  @Test("between two rungs figures are linear in the logarithm of the size, and held below the smallest")
  func interpolation() throws {
    // The geometric mean of 10,000 and 100,000.
    let middle = try components(at: 31_622.776_601_683_792)
    #expect(abs(middle.model - 0.015) < 1e-12)
    #expect(abs(middle.liquidity - 0.0018) < 1e-12)
    let tiny = try components(at: 10)
    #expect(tiny.model == 0.01)
    #expect(abs(tiny.liquidity - 0.0013) < 1e-15)
  }

  @Test("beyond the ladder the model's quantile grows by the square-root law on what is beyond")
  func beyondTheLadder() throws {
    let huge = try components(at: 4_000_000)
    #expect(abs(huge.model - (0.04 + 0.005 * 3.0.squareRoot())) < 1e-15)
    #expect(abs(huge.liquidity - 0.0063) < 1e-15)
    #expect(abs(huge.concentration - 0.01) < 1e-15)
  }

  @Test("capacity is a share of the persistent depth and the refill, counted from the size that is free")
  func capacity() throws {
    let concentration = try ConcentrationSettings(coefficient: 2, depthShare: 0.5, refill: 400_000, from: 20_000)
    let settings = try ConditionalSettings(
      historyShare: 0.5, stressedShare: 1, spreadDeviations: 0, concentration: concentration)
    let large = try components(at: 110_000, EvidenceFigures(), settings)
    // 2 · 0.5 % · √(90,000 / 900,000); half of 3 %.
    #expect(abs(large.concentration - 0.01 * 0.1.squareRoot()) < 1e-15)
    #expect(large.base == 0.015)
    #expect(try components(at: 20_000, EvidenceFigures(), settings).concentration == 0)
  }

  @Test("a book without depth to count on asks for the whole notional beyond the free size")
  func noCapacity() throws {
    var figures = EvidenceFigures()
    figures.persistentDepth = 0
    let settings = try ConditionalSettings(concentration: ConcentrationSettings(from: 50_000))
    #expect(try components(at: 50_000, figures, settings).concentration == 0)
    #expect(try components(at: 50_001, figures, settings).required == 1)
  }

  @Test("the floor stands in for a past of gains, and a quantile that is a gain counts as nothing")
  func floor() throws {
    var figures = EvidenceFigures()
    (figures.historicalReturn, figures.stressedReturn) = (-0.01, -0.02)
    figures.losses = [-0.01, -0.005, 0]
    let small = try components(at: 10_000, figures)
    #expect(small.base == 0.004 && small.model == 0)
    #expect(abs(small.required - 0.0058) < 1e-15)
  }

  @Test("a book that shows no sweep of a rung is named")
  func noSweep() throws {
    var figures = EvidenceFigures()
    figures.sweepCosts[1] = nil
    let gap = #expect(throws: EvidenceGap.self) { try components(at: 10_000, figures) }
    #expect(gap?.description == "the book shows no sweep of 100,000")
  }

  @Test("the words name each component and what decides")
  func words() throws {
    #expect(
      try components(at: 10_000).description
        == "1.68 % of 10,000: base 1.50 % + liquidity 0.13 % + concentration 0.05 %, above the model's loss quantile of 1.00 %"
    )
    #expect(
      try components(at: 1_000_000).description
        == "4.00 % of 1,000,000: the model's loss quantile, above base 1.50 % + liquidity 0.63 % + concentration 0.50 %"
    )
  }
}
