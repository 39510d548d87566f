/// e^x of four numbers at once, for x ≤ 0; below −708 it stays at e^−708.
///
/// The relative error is below 4e-16. x = n ln 2 + r with |r| ≤ ln 2 / 2; e^r by its series to the 12th power.
@inline(__always)
package func exponential(ofNonPositive x: SIMD4<Double>) -> SIMD4<Double> {
  typealias Four = SIMD4<Double>
  // Adding 1.5 · 2^52 rounds to a whole number and leaves it in the low bits.
  let rounder = Four(repeating: 0x1.8p52)
  let bounded = x.replacing(with: -708, where: x .< -708)
  let shifted = bounded * 0x1.71547652b82fep0 + rounder
  let whole = shifted - rounder
  // ln 2 in two parts, the first with so few bits that its product with a whole number is exact.
  let rest = (bounded - whole * 0x1.62e42fee00000p-1) - whole * 0x1.a39ef35793c76p-33
  var series = Four(repeating: 1 / 479_001_600)
  series = series * rest + 1 / 39_916_800
  series = series * rest + 1 / 3_628_800
  series = series * rest + 1 / 362_880
  series = series * rest + 1 / 40_320
  series = series * rest + 1 / 5_040
  series = series * rest + 1 / 720
  series = series * rest + 1 / 120
  series = series * rest + 1 / 24
  series = series * rest + 1 / 6
  series = series * rest + 0.5
  series = series * rest + 1
  series = series * rest + 1
  // Adding n to the exponent multiplies by 2^n.
  let bits = unsafeBitCast(series, to: SIMD4<UInt64>.self) &+ (unsafeBitCast(shifted, to: SIMD4<UInt64>.self) &<< 52)
  return unsafeBitCast(bits, to: Four.self)
}
