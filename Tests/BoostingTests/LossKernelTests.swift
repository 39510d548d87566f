import Boosting
import Learning
import Parallelism
import Sampling
import Testing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

@Suite("Loss kernels")
struct LossKernelTests {
  @Test("the exponential of four agrees with the library's to 4e-16")
  func exponentials() {
    var generator = SeededGenerator(seed: 1)
    var numbers = [0, -Double.leastNonzeroMagnitude, -1e-12, -0.34657, -0.34658, -700, -708]
    numbers += (0..<3000).map { _ in -generator.exponential(mean: 40) }.filter { $0 > -708 }
    for x in numbers {
      let found = exponential(ofNonPositive: SIMD4(x, 0, -1, x))
      #expect(abs(found.x / exp(x) - 1) < 4e-16 && found.w == found.x && found.y == 1)
    }
    #expect(exponential(ofNonPositive: SIMD4(repeating: -1e300)).x < 1e-307)
  }

  @Test("the derivatives and the loss of many rows are those of LogLoss, weighted or not", arguments: [false, true])
  func logLoss(isWeighted: Bool) {
    var generator = SeededGenerator(seed: 2)
    let count = 1031
    let scores = (0..<count).map { $0 % 40 == 0 ? Double($0 - 500) : generator.normal() * 4 }
    let outcomes = (0..<count).map { _ in generator.happens(withProbability: 0.4) }
    let weights = (0..<count).map { $0 == 3 ? 0 : isWeighted ? generator.uniform() * 5 : 1 }
    let units = FixedPoint(rows: count, gradient: 5, hessian: 1.25)
    let found = SharedMemory<SIMD2<Int32>>(count: count, repeating: .zero)
    let kernel = LogLossKernel(units: units)
    let loss = scores.withUnsafeBufferPointer {
      isWeighted
        ? kernel.derive($0, outcomes: outcomes.span, weights: weights.span, into: found.base)
        : kernel.derive($0, outcomes: outcomes.span, into: found.base)
    }
    var expected = 0.0
    for row in 0..<count {
      let terms = LogLoss.terms(logOdds: scores[row], outcome: outcomes[row])
      let weight = isWeighted ? weights[row] : 1
      expected += weight * terms.value
      #expect(abs(Double(found.base[row].x) - weight * terms.gradient * units.gradientUnits) <= 0.5001)
      #expect(abs(Double(found.base[row].y) - weight * terms.hessian * units.hessianUnits) <= 0.5001)
    }
    #expect(abs(loss / expected - 1) < 1e-13)
  }

  @Test("a row's derivatives do not depend on its place among others")
  func places() {
    let scores = (0..<70).map { Double($0 % 7) / 3 - 1 }
    let outcomes = (0..<70).map { $0 % 7 == 2 }
    let units = FixedPoint(rows: 70, gradient: 1, hessian: 0.25)
    let found = SharedMemory<SIMD2<Int32>>(count: 70, repeating: .zero)
    _ = scores.withUnsafeBufferPointer {
      LogLossKernel(units: units).derive($0, outcomes: outcomes.span, into: found.base)
    }
    #expect((0..<70).allSatisfy { found.base[$0] == found.base[$0 % 7] })
  }

  @Test("a lower quantile is the least minimiser of the pinball loss")
  func quantiles() {
    let values = [4.0, 1, 3, 2, 9]
    #expect([0.1, 0.2, 0.21, 0.5, 0.9].map { Quantile.lower(values, weights: nil, level: $0) } == [1, 1, 2, 3, 9])
    #expect(Quantile.lower(values, weights: [1, 1, 1, 0, 5], level: 0.5) == 9)
    #expect(Quantile.lower(values, weights: [1, 1, 1, 1, 1], level: 0.5) == 3)
    #expect(Quantile.lower([], weights: nil, level: 0.5) == nil)
    #expect(Quantile.lower([1], weights: [0], level: 0.5) == nil)
  }
}
