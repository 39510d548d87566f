import Foundation
import Sampling
import Testing

@Suite("Poisson distribution")
struct PoissonDistributionTests {
  @Test("tail probabilities are those of the tables, the smallest too")
  func tails() {
    let cases: [(Int, Double, Double)] = [
      (0, 2.5, 1), (1, 1, 0.632_120_558_828_557_7), (3, 0.5, 0.014_387_677_966_970_68),
      (10, 2, 4.649_807_501_726_382e-5), (150, 100, 1.884_210_5e-6),
    ]
    for (count, mean, expected) in cases {
      let found = PoissonDistribution.probability(ofAtLeast: count, mean: mean)
      #expect(abs(found - expected) <= 1e-5 * expected, "\(count), \(mean): \(found)")
    }
    #expect(PoissonDistribution.probability(ofAtLeast: 1, mean: 0) == 0)
    #expect(PoissonDistribution.probability(ofAtLeast: 1, mean: -1).isNaN)
  }

  @Test("it is the complement of what lies below")
  func complement() {
    for mean in [0.01, 0.7, 3.2, 40] {
      // The mass of each number by the recurrence from e^-mean on.
      var mass = exp(-mean)
      var below = 0.0
      for count in 0..<60 {
        let found = PoissonDistribution.probability(ofAtLeast: count, mean: mean)
        #expect(abs(found - (1 - below)) < 1e-12, "\(count) of \(mean)")
        below += mass
        mass *= mean / Double(count + 1)
      }
    }
  }
}
