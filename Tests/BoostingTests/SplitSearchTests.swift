import Boosting
import Sampling
import Testing

@Suite("Split search")
struct SplitSearchTests {
  private let units = FixedPoint(rows: 1000, gradient: 1, hessian: 0.25)

  private func rules(_ change: (inout BoostingConfiguration) -> Void = { _ in }) -> SplitRules {
    var configuration = BoostingConfiguration()
    (configuration.minimumRows, configuration.minimumHessian) = (3, 0.5)
    change(&configuration)
    return SplitRules(configuration, units: units)
  }

  /// Sums of seeded rows in the first bins, and in the bin of undefined values.
  private func histogram(bins: Int, undefined: Int, seed: UInt64) -> [SIMD2<Int64>] {
    var generator = SeededGenerator(seed: seed)
    var sums = [SIMD2<Int64>](repeating: .zero, count: Histogram.stride)
    for index in 0..<(200 + undefined) {
      let bin = index < 200 ? generator.index(below: bins) : Int(ColumnBins.missing)
      let gradient = generator.uniform() * 2 - 1 + (bin % 7 == 2 ? 0.3 : 0)
      sums[bin] &+= units.sum(of: units.row(gradient: min(gradient, 1), hessian: generator.uniform() / 4))
    }
    return sums
  }

  /// The slow twin: every bin and both sides, gains from sums in floating point by the definition.
  private func plain(
    _ sums: [SIMD2<Int64>], bins: Int, _ rules: SplitRules, _ constraint: MonotoneConstraint, _ bounds: ValueBounds
  ) -> (gain: Double, bin: Int, isMissingLeft: Bool)? {
    func objective(_ sum: SIMD2<Int64>, _ value: Double) -> Double {
      units.gradient(of: sum) * value + (units.hessian(of: sum) + rules.l2) * value * value / 2 + rules.l1 * abs(value)
    }
    func value(_ sum: SIMD2<Int64>) -> Double {
      let gradient = units.gradient(of: sum)
      let shrunk = abs(gradient) <= rules.l1 ? 0 : gradient - (gradient > 0 ? rules.l1 : -rules.l1)
      return min(max(-shrunk / (units.hessian(of: sum) + rules.l2), bounds.lower), bounds.upper)
    }
    let total = sums.reduce(.zero, &+), missing = sums[255]
    var best: (gain: Double, bin: Int, isMissingLeft: Bool)?
    for bin in 0..<bins {
      for isMissingLeft in [true, false] {
        let left = sums[0...bin].reduce(isMissingLeft ? missing : .zero, &+)
        let right = total &- left
        guard [left, right].allSatisfy({ units.rows(of: $0) >= rules.minimumRows }),
          [left, right].allSatisfy({ units.hessian(of: $0) >= rules.minimumHessian })
        else { continue }
        let values = (value(left), value(right))
        if constraint == .increasing && values.0 > values.1 { continue }
        if constraint == .decreasing && values.0 < values.1 { continue }
        let gain = objective(total, value(total)) - objective(left, values.0) - objective(right, values.1)
        if gain > (best?.gain ?? rules.minimumGain) + 1e-12 { best = (gain, bin, isMissingLeft) }
      }
    }
    return best
  }

  private func check(
    _ rules: SplitRules, _ constraint: MonotoneConstraint = .none, _ bounds: ValueBounds = ValueBounds()
  ) {
    for seed in 0..<12 as Range<UInt64> {
      let bins = [2, 9, 40, 255][Int(seed % 4)]
      let sums = histogram(bins: bins, undefined: seed < 6 ? 0 : 30, seed: seed)
      let search = SplitSearch(rules: rules, total: sums.reduce(.zero, &+), bounds: bounds)
      let found = sums.withUnsafeBufferPointer {
        $0.baseAddress.map { search.best(histogram: $0, bins: bins, constraint: constraint) }
      }
      let expected = plain(sums, bins: bins, rules, constraint, bounds)
      #expect((found?.bin ?? -1) == (expected?.bin ?? -1))
      guard let found, let expected else { continue }
      #expect(abs(found.gain - expected.gain) < 1e-9)
      if seed >= 6 { #expect(found.isMissingLeft == expected.isMissingLeft) }
    }
  }

  @Test("the best split is that of the definition, tried at every bin")
  func plain() {
    check(rules())
    check(rules { ($0.l1, $0.l2) = (0.8, 3) })
    check(rules { ($0.minimumRows, $0.minimumHessian) = (60, 9) })
    check(rules { $0.minimumGain = 1.5 })
  }

  @Test("the same within bounds and under constraints", arguments: [MonotoneConstraint.increasing, .decreasing])
  func constrained(_ constraint: MonotoneConstraint) {
    check(rules(), constraint)
    var bounds = ValueBounds()
    (bounds.lower, bounds.upper) = (-0.05, 0.1)
    check(rules { $0.l1 = 0.2 }, constraint, bounds)
    check(rules(), .none, bounds)
  }

  @Test("equal gains go to the lower bin")
  func ties() throws {
    var sums = [SIMD2<Int64>](repeating: .zero, count: Histogram.stride)
    // A step up and a step down of the same size: the splits after bins 1 and 3 gain the same.
    for (bin, gradient) in [0.0, 0, 0.5, 0.5, 0, 0].enumerated() {
      for _ in 0..<20 { sums[bin] &+= units.sum(of: units.row(gradient: gradient, hessian: 0.25)) }
    }
    let search = SplitSearch(rules: rules(), total: sums.reduce(.zero, &+), bounds: ValueBounds())
    let found = sums.withUnsafeBufferPointer {
      $0.baseAddress.map { search.best(histogram: $0, bins: 6, constraint: .none) }
    }
    #expect(found?.bin == 1)
    #expect(found?.isMissingLeft == false)
    let a = SplitCandidate(gain: 1, column: 4, bin: 2, missing: .left, left: .zero)
    let b = SplitCandidate(gain: 1, column: 3, bin: 9, missing: .left, left: .zero)
    #expect(b.precedes(a) && !a.precedes(b))
  }

  @Test("a node whose rows all have the same gradient and Hessian is not split")
  func even() {
    var sums = [SIMD2<Int64>](repeating: .zero, count: Histogram.stride)
    for bin in 0..<50 { sums[bin] = units.sum(of: units.row(gradient: 0.3, hessian: 0.21)) &* 7 }
    let search = SplitSearch(rules: rules { $0.l2 = 0 }, total: sums.reduce(.zero, &+), bounds: ValueBounds())
    let found = sums.withUnsafeBufferPointer {
      $0.baseAddress.map { search.best(histogram: $0, bins: 50, constraint: .none) }
    }
    #expect(found?.bin == -1)
  }
}
