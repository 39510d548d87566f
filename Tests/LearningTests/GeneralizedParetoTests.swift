import Learning
import Sampling
import Testing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

@Suite("Generalised Pareto distribution")
struct GeneralizedParetoTests {
  private func distribution(_ shape: Double, _ scale: Double) throws -> GeneralizedPareto {
    try #require(GeneralizedPareto(shape: shape, scale: scale))
  }

  /// scipy 1.17.1, `genpareto.isf` and `genpareto.sf` with scale 2.5.
  @Test(arguments: [
    (0.4, [1.996924442330589, 33.18483403001207, 92.8058245288196], [0.6900094313951095, 0.12739807989622226]),
    (0.0, [1.7328679513998633, 11.512925464970227, 17.269388197455342], [0.6703200460356393, 0.04076220397836621]),
    (-0.3, [1.5645633636980374, 6.2400946404086834, 7.284228823504861], [0.6530436945664579, 2.1887692117461805e-05]),
  ])
  func quantilesAndTailsAreTheReferences(shape: Double, quantiles: [Double], survivals: [Double]) throws {
    let distribution = try distribution(shape, 2.5)
    for (probability, reference) in zip([0.5, 0.01, 0.001], quantiles) {
      #expect(abs(distribution.excess(exceededWithProbability: probability) / reference - 1) < 1e-13)
    }
    for (excess, reference) in zip([1.0, 8], survivals) {
      #expect(abs(distribution.survival(excess) / reference - 1) < 1e-12)
    }
  }

  @Test func byHandTheShapeOneHalf() throws {
    // β/ξ (p^−ξ − 1) = 4 (√100 − 1), and back (1 + 36/4)^−2.
    let distribution = try distribution(0.5, 2)
    #expect(abs(distribution.excess(exceededWithProbability: 0.01) - 36) < 1e-12)
    #expect(abs(distribution.survival(36) - 0.01) < 1e-15)
    #expect(distribution.survival(-1) == 1)
    #expect(try self.distribution(-0.5, 2).survival(4.5) == 0)
  }

  @Test func theExponentialIsTheLimitOfASmallShape() throws {
    let exponential = try distribution(0, 3)
    for shape in [1e-9, -1e-9] {
      let near = try distribution(shape, 3)
      #expect(
        abs(near.excess(exceededWithProbability: 1e-3) - exponential.excess(exceededWithProbability: 1e-3)) < 1e-6)
      #expect(abs(near.survival(5) - exponential.survival(5)) < 1e-8)
      #expect(abs(near.logLikelihood([1, 2, 9]) - exponential.logLikelihood([1, 2, 9])) < 1e-6)
    }
  }

  /// scipy 1.17.1, `genpareto.fit(x, floc=0)`, its likelihood equation solved to 1e-15; drawn with numpy 2.4.6.
  @Test(arguments: [
    (
      [
        0.18, 0.57, 4.54, 2.09, 0.2, 1.27, 1.49, 0.36, 3.5, 0.25, 1.1, 1.69, 1.26, 2.12, 3.54, 12.48, 0.72, 2.6, 3.05,
        0.74, 0.0, 16.35, 0.76, 0.81, 7.17, 2.11, 1.45, 4.05, 0.06, 3.17, 1.03, 0.19, 2.7, 9.61, 0.49, 2.44, 0.76,
        3.59, 3.35, 0.52,
      ], 0.2623844507260835, 1.9398795805137812, -77.00041399898669
    ),
    (
      [
        2.98, 1.93, 2.05, 2.9, 1.06, 2.47, 3.44, 0.21, 3.16, 0.95, 1.22, 0.31, 2.13, 0.67, 3.36, 0.62, 1.52, 0.97,
        1.73, 0.43, 0.39, 2.4, 2.43, 1.54, 3.98, 0.45, 3.17, 0.36, 4.87, 1.78, 1.7, 5.06, 2.66, 2.68, 0.11, 0.88, 0.18,
        0.42, 0.47, 3.24,
      ], -0.4914554939445367, 2.7395206402261407, -60.653098493101425
    ),
    (
      [
        0.27, 0.71, 1.38, 3.97, 7.32, 2.54, 0.48, 1.61, 2.52, 0.11, 2.34, 0.93, 1.82, 2.28, 2.27, 1.51, 1.65, 0.44,
        1.39, 0.27, 1.33, 1.57, 3.09, 1.01, 0.04, 1.53, 0.46, 2.8, 1.0, 0.97, 5.1, 1.01, 0.87, 0.86, 1.33, 0.2, 1.61,
        5.43, 1.69, 2.82,
      ], -0.14222489366597096, 2.0105125627368237, -62.2465920893261
    ),
  ])
  func fitsAreTheReferences(excesses: [Double], shape: Double, scale: Double, likelihood: Double) throws {
    let (fit, error) = try GeneralizedPareto.fitted(excesses: excesses)
    #expect(abs(fit.shape - shape) < 1e-9)
    #expect(abs(fit.scale / scale - 1) < 1e-9)
    #expect(abs(fit.logLikelihood(excesses) - likelihood) < 1e-10)
    #expect(abs(error - (1 + shape) / 40.0.squareRoot()) < 1e-9)
  }

  @Test func noNeighbourIsMoreLikely() throws {
    let excesses = draws(count: 400, shape: 0.3, seed: 4)
    let (fit, _) = try GeneralizedPareto.fitted(excesses: excesses)
    let most = fit.logLikelihood(excesses)
    for shape in [-0.02, -0.001, 0, 0.001, 0.02] {
      for scale in [0.98, 0.999, 1, 1.001, 1.02] where shape != 0 || scale != 1 {
        #expect(try distribution(fit.shape + shape, fit.scale * scale).logLikelihood(excesses) < most)
      }
    }
  }

  @Test func theUnitOfTheExcessesChangesTheScaleAlone() throws {
    let excesses = draws(count: 200, shape: 0.2, seed: 5)
    let (fit, _) = try GeneralizedPareto.fitted(excesses: excesses)
    let (scaled, _) = try GeneralizedPareto.fitted(excesses: excesses.map { $0 * 1e-4 })
    #expect(abs(scaled.shape - fit.shape) < 1e-9)
    #expect(abs(scaled.scale / fit.scale - 1e-4) < 1e-12)
  }

  private func draws(count: Int, shape: Double, seed: UInt64) -> [Double] {
    var generator = SeededGenerator(seed: seed)
    let distribution = GeneralizedPareto(shape: shape, scale: 1)
    return (0..<count).compactMap { _ in distribution?.excess(exceededWithProbability: 1 - generator.uniform()) }
  }

  @Test(arguments: [-0.2, 0, 0.25, 0.7])
  func seededSamplesGiveTheirShapeBack(shape: Double) throws {
    let (fit, error) = try GeneralizedPareto.fitted(excesses: draws(count: 20_000, shape: shape, seed: 6))
    #expect(abs(fit.shape - shape) < 4 * error)
    #expect(abs(fit.scale - 1) < 0.05)
  }

  @Test func theStandardErrorIsTheSpreadOfManyFits() throws {
    let fits = try (0..<200).map {
      try GeneralizedPareto.fitted(excesses: draws(count: 300, shape: 0.2, seed: 100 + $0))
    }
    let shapes = fits.map(\.distribution.shape)
    let mean = shapes.reduce(0, +) / 200
    let spread = (shapes.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 199).squareRoot()
    // A spread of 200 fits is itself known to about 5 %.
    #expect(abs(spread / (1.2 / 300.0.squareRoot()) - 1) < 0.2)
  }

  @Test func whatHasNoShapeIsRefused() {
    #expect(throws: TailFailure.insufficientEvidence(found: 29, needed: 30)) {
      try GeneralizedPareto.fitted(excesses: (1...29).map(Double.init))
    }
    #expect(throws: TailFailure.constantExcesses) {
      try GeneralizedPareto.fitted(excesses: [Double](repeating: 2, count: 50))
    }
    #expect(throws: TailFailure.valueNotFinite(row: 3)) {
      try GeneralizedPareto.fitted(excesses: (0..<50).map { $0 == 3 ? -1 : Double($0) })
    }
    // Bounded values that crowd at their end: the likelihood grows without bound towards shapes below −½.
    #expect(throws: TailFailure.notConverged) {
      try GeneralizedPareto.fitted(excesses: (1...100).map { 10 - 0.001 * Double($0) })
    }
  }
}
