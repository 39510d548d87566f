import Testing
import Validation

/// Whether two numbers agree to a share of the reference.
private func agrees(_ value: Double, _ reference: Double, within share: Double = 1e-11) -> Bool {
  abs(value - reference) <= share * abs(reference)
}

@Suite("Normal, χ² and binomial probabilities, against SciPy 1.17.1")
struct DistributionTests {
  @Test(
    "The normal survival function keeps its accuracy far in the tail",
    arguments: [
      (0, 0.5), (1, 0.15865525393145707), (1.96, 0.024997895148220435), (5, 2.866515718791933e-07),
      (10, 7.61985302416047e-24), (-3, 0.9986501019683699),
    ])
  func normalSurvival(value: Double, reference: Double) {
    #expect(agrees(NormalDistribution.survival(value), reference))
  }

  @Test(
    "The normal quantile is accurate in both tails",
    arguments: [
      (1e-300, -37.0470962993612), (1e-10, -6.361340902404056), (0.01, -2.3263478740408408),
      (0.025, -1.9599639845400545), (0.3, -0.5244005127080409), (0.5, 0), (0.9, 1.2815515655446004),
      (0.999, 3.090232306167813), (1 - 1e-12, 7.0344869100478356),
    ])
  func normalQuantile(probability: Double, reference: Double) {
    #expect(agrees(NormalDistribution.quantile(probability), reference))
  }

  @Test("The normal quantile undoes the survival function")
  func normalRoundTrip() {
    for step in 1..<1000 {
      let probability = Double(step) / 1000
      #expect(isClose(1 - NormalDistribution.survival(NormalDistribution.quantile(probability)), probability))
    }
  }

  @Test("The normal functions are defined at their limits and undefined beyond")
  func normalLimits() {
    #expect(NormalDistribution.quantile(0) == -.infinity)
    #expect(NormalDistribution.quantile(1) == .infinity)
    #expect(NormalDistribution.quantile(-0.1).isNaN)
    #expect(NormalDistribution.quantile(1.1).isNaN)
    #expect(NormalDistribution.quantile(.nan).isNaN)
    #expect(NormalDistribution.quantile(.leastNonzeroMagnitude) < -38)
    #expect(NormalDistribution.survival(.infinity) == 0)
    #expect(NormalDistribution.survival(-.infinity) == 1)
    #expect(NormalDistribution.survival(.nan).isNaN)
  }

  @Test(
    "The χ² survival function is accurate from one to ten thousand degrees of freedom",
    arguments: [
      (1, 3.841458820694124, 0.04999999999999989), (1, 5.03, 0.024911898430907145), (1, 1e-08, 0.9999202115440526),
      (1, 0.5, 0.47950012218695337), (2, 5.99, 0.05003662708658629), (2, 0.1, 0.951229424500714),
      (6, 12.59, 0.05002901173891519), (6, 2, 0.9196986029286058), (1, 700, 2.990226975124623e-154),
      (6, 100, 2.509303552201055e-19), (50, 40, 0.8432273781737623), (50, 60, 0.1572420272383916),
      (500, 520, 0.2593894826076473), (10_000, 10_100, 0.23901532524017513),
    ])
  func chiSquare(degreesOfFreedom: Int, value: Double, reference: Double) {
    #expect(agrees(ChiSquareDistribution.survival(value, degreesOfFreedom: degreesOfFreedom), reference, within: 1e-10))
  }

  @Test("The χ² survival function is defined at its limits and undefined beyond")
  func chiSquareLimits() {
    #expect(ChiSquareDistribution.survival(0, degreesOfFreedom: 3) == 1)
    #expect(ChiSquareDistribution.survival(-1, degreesOfFreedom: 3) == 1)
    #expect(ChiSquareDistribution.survival(.infinity, degreesOfFreedom: 3) == 0)
    #expect(ChiSquareDistribution.survival(.greatestFiniteMagnitude, degreesOfFreedom: 3) == 0)
    #expect(ChiSquareDistribution.survival(.nan, degreesOfFreedom: 3).isNaN)
    #expect(ChiSquareDistribution.survival(1, degreesOfFreedom: 0).isNaN)
    #expect(ChiSquareDistribution.survival(1, degreesOfFreedom: -1).isNaN)
  }

  @Test(
    "The binomial probabilities are accurate up to a million trials",
    arguments: [
      (250, 4, 0.01, 0.8921876269036251, 0.24188330223511675),
      (250, 9, 0.01, 0.9997498099312595, 0.0010565324973568265),
      (250, 0, 0.01, 0.08105851616218143, 1), (250, 10, 0.01, 0.999946101370953, 0.00025019006874050777),
      (1000, 600, 0.5, 0.9999999999099158, 1.3642320780329735e-10),
      (100_000, 1050, 0.01, 0.9448722135510408, 0.058700915299058846),
      (1_000_000, 100, 0.0001, 0.5265621985632194, 0.513300791444927),
      (20, 20, 0.3, 1, 3.4867844009999975e-11), (20, 19, 0.3, 0.9999999999651321, 1.662033897809999e-09),
      (10, 3, 0.5, 0.171875, 0.9453125),
    ])
  func binomial(trials: Int, successes: Int, probability: Double, atMost: Double, atLeast: Double) throws {
    let distribution = try #require(BinomialDistribution(trials: trials, probability: probability))
    #expect(agrees(distribution.cumulative(successes), atMost, within: 1e-8))
    #expect(agrees(distribution.tail(atLeast: successes), atLeast, within: 1e-8))
  }

  @Test("The binomial probabilities equal their sums")
  func binomialSums() throws {
    let distribution = try #require(BinomialDistribution(trials: 40, probability: 0.3))
    var mass = 1.0
    for _ in 0..<40 { mass *= 0.7 }
    var sum = 0.0
    for successes in 0...40 {
      #expect(isClose(distribution.tail(atLeast: successes), 1 - sum))
      sum += mass
      #expect(isClose(distribution.cumulative(successes), sum))
      mass *= Double(40 - successes) / Double(successes + 1) * 0.3 / 0.7
    }
  }

  @Test("A binomial distribution exists only for possible parameters, and is defined everywhere")
  func binomialLimits() throws {
    #expect(BinomialDistribution(trials: -1, probability: 0.5) == nil)
    #expect(BinomialDistribution(trials: 1, probability: 1.5) == nil)
    #expect(BinomialDistribution(trials: 1, probability: .nan) == nil)
    let impossible = try #require(BinomialDistribution(trials: 5, probability: 0))
    #expect(impossible.cumulative(0) == 1)
    #expect(impossible.tail(atLeast: 1) == 0)
    let certain = try #require(BinomialDistribution(trials: 5, probability: 1))
    #expect(certain.cumulative(4) == 0)
    #expect(certain.tail(atLeast: 5) == 1)
    #expect(certain.cumulative(.max) == 1)
    #expect(certain.cumulative(.min) == 0)
    let none = try #require(BinomialDistribution(trials: 0, probability: 0.5))
    #expect(none.cumulative(0) == 1)
    #expect(none.tail(atLeast: 1) == 0)
  }
}
