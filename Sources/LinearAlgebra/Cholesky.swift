internal import CLAPACK

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// The Cholesky factorisation A = L Lᵀ of a symmetric positive definite matrix.
///
/// It is not copyable because its only content is the factor: pass it on or borrow it.
public struct Cholesky: ~Copyable {
  /// The number of rows of the factored matrix.
  public let order: Int
  private let dimension: Int32
  private let oneNorm: Double
  /// The factor L in the lower triangle, column by column; the upper triangle is left over from the matrix.
  private let factor: [Double]

  /// Factors the matrix.
  ///
  /// - Throws: `notPositiveDefinite` with the order of the first leading minor that is not positive definite, which
  ///   is also the answer for a matrix with an undefined element; `illegalArgument` for an order beyond 32 bits.
  /// - Complexity: O(order³).
  public init(_ matrix: SymmetricMatrix) throws(LinearAlgebraFailure) {
    guard let dimension = Int32(exactly: matrix.order) else { throw .illegalArgument(2) }
    order = matrix.order
    self.dimension = dimension
    oneNorm = matrix.oneNorm
    var elements = matrix.elements
    var status: Int32 = 0
    var size = dimension
    var leading = max(1, dimension)
    if matrix.order > 0 { dpotrf_("L", &size, &elements, &leading, &status, 1) }
    if status > 0 { throw .notPositiveDefinite(order: Int(status)) }
    if status < 0 { throw .illegalArgument(Int(-status)) }
    for index in 0..<matrix.order where !(elements[index * matrix.order + index] > 0) {
      throw .notPositiveDefinite(order: index + 1)
    }
    factor = elements
  }

  /// The solution x of A x = b.
  ///
  /// - Precondition: `rightHandSide` has `order` values.
  /// - Complexity: O(order²).
  public borrowing func solve(_ rightHandSide: [Double]) -> [Double] {
    precondition(rightHandSide.count == order, "the right-hand side's length must be the matrix's order")
    if order == 0 { return [] }
    var solution = rightHandSide
    var size = dimension
    var columns: Int32 = 1
    var leading = dimension
    var status: Int32 = 0
    dpotrs_("L", &size, &columns, factor, &leading, &solution, &leading, &status, 1)
    return solution
  }

  /// The inverse of A.
  ///
  /// - Complexity: O(order³).
  public borrowing func inverse() -> SymmetricMatrix {
    if order == 0 { return SymmetricMatrix(order: 0) }
    var elements = factor
    var size = dimension
    var leading = dimension
    var status: Int32 = 0
    dpotri_("L", &size, &elements, &leading, &status, 1)
    return SymmetricMatrix(order: order, lowerTriangleOf: elements)
  }

  /// The natural logarithm of the determinant of A.
  public var logDeterminant: Double {
    var sum = 0.0
    for index in 0..<order { sum += log(factor[index * order + index]) }
    return 2 * sum
  }

  /// An estimate of 1 / (‖A‖₁ ‖A⁻¹‖₁), between 0 and 1; near zero when A is almost singular.
  ///
  /// - Complexity: O(order²).
  public var reciprocalCondition: Double {
    if order == 0 { return 1 }
    var size = dimension
    var leading = dimension
    var norm = oneNorm
    var estimate = 0.0
    var work = [Double](repeating: 0, count: 3 * order)
    var integers = [Int32](repeating: 0, count: order)
    var status: Int32 = 0
    dpocon_("L", &size, factor, &leading, &norm, &estimate, &work, &integers, &status, 1)
    return estimate
  }
}
