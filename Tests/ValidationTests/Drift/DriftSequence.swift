import Validation

/// Values in [0, 1) of the congruential generator of Knuth's MMIX, which any language reproduces in a line.
func congruentialValues(_ count: Int) -> [Double] {
  var state: UInt64 = 42
  return (0..<count).map { _ in
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Double(state >> 11) * 0x1p-53
  }
}

/// 4,000 indicators whose rate is 0.2, from 2,000 on 0.35 and from 3,000 on 0.1.
let steppingIndicators = congruentialValues(4_000).enumerated().map { place, value -> Double in
  value < (place < 2_000 ? 0.2 : place < 3_000 ? 0.35 : 0.1) ? 1 : 0
}

extension DriftMonitor {
  /// The places of the values with which it signals.
  mutating func places(_ values: [Double]) -> [Int] {
    values.indices.filter { observe(values[$0]) != nil }
  }
}
