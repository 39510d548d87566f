/// How derivatives are written as integers, so that their sums do not depend on the order in which they are added.
///
/// A row's gradient is a whole number of units of 2^−k, its Hessian a whole number of units of 2^−m. A sum of rows is
/// two 64-bit integers: that of the gradients, and that of the Hessians above the number of rows in the low bits of the
/// same word. The units are chosen from the largest derivative that a row can have, so that no sum overflows:
/// |g| ≤ 2^30 and fewer than 2^31 rows keep the first below 2^61, and h ≤ 2^b with b + 2·countBits ≤ 62 the second.
package struct FixedPoint: Hashable, Sendable {
  /// The largest number of rows, so that a Hessian keeps at least ten bits.
  package static let rowLimit = (1 << 26) - 1

  /// Units of the gradient in one, a power of two.
  package let gradientUnits: Double
  /// Units of the Hessian in one, a power of two.
  package let hessianUnits: Double
  /// One unit of the gradient.
  private let gradientUnit: Double
  /// One unit of the Hessian.
  private let hessianUnit: Double
  /// The bits of the row count.
  package let countBits: Int

  /// The units for rows whose gradients and Hessians have at most the given sizes.
  package init(rows: Int, gradient: Double, hessian: Double) {
    countBits = Int.bitWidth - rows.leadingZeroBitCount
    gradientUnits = Self.units(bits: 30, largest: gradient)
    hessianUnits = Self.units(bits: min(30, 62 - 2 * countBits), largest: hessian)
    gradientUnit = 1 / gradientUnits
    hessianUnit = 1 / hessianUnits
  }

  /// The power of two that takes a largest size to at most 2^`bits`; sizes below 2^−400 are treated as that.
  private static func units(bits: Int, largest: Double) -> Double {
    let exponent = largest > 0 ? max(Int(largest.exponent) + 1, -400) : 0
    return Double(sign: .plus, exponent: bits - exponent, significand: 1)
  }

  /// A row's gradient and Hessian as integers, rounded to the nearest, halves to the even one.
  @inline(__always)
  package func row(gradient: Double, hessian: Double) -> SIMD2<Int32> {
    let bits = Self.wholeBits(SIMD4(gradient * gradientUnits, hessian * hessianUnits, 0, 0))
    return SIMD2(Int32(truncatingIfNeeded: bits.x), Int32(truncatingIfNeeded: bits.y))
  }

  /// Numbers that hold the nearest integers in their low 32 bits, for numbers up to 2^31 in size.
  @inline(__always)
  package static func wholeBits(_ numbers: SIMD4<Double>) -> SIMD4<UInt64> {
    // With 1.5 · 2^52 added the last bit of the significand counts ones.
    unsafeBitCast(numbers + 0x1.8p52, to: SIMD4<UInt64>.self)
  }

  /// A row's share of a sum.
  @inline(__always)
  package func sum(of row: SIMD2<Int32>) -> SIMD2<Int64> {
    SIMD2(Int64(row.x), Int64(row.y) &<< Int64(countBits) | 1)
  }

  /// The gradient of a sum.
  @inline(__always)
  package func gradient(of sum: SIMD2<Int64>) -> Double { Double(sum.x) * gradientUnit }

  /// The Hessian of a sum.
  @inline(__always)
  package func hessian(of sum: SIMD2<Int64>) -> Double { Double(sum.y &>> Int64(countBits)) * hessianUnit }

  /// The number of rows of a sum.
  @inline(__always)
  package func rows(of sum: SIMD2<Int64>) -> Int { Int(sum.y & (1 &<< Int64(countBits) &- 1)) }
}
