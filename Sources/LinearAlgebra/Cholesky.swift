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
    let factor = try Self.factored(matrix, dimension: dimension)
    order = matrix.order
    self.dimension = dimension
    oneNorm = matrix.oneNorm
    self.factor = factor
  }

  private static func factored(
    _ matrix: SymmetricMatrix, dimension: Int32
  ) throws(LinearAlgebraFailure) -> [Double] {
    if dimension == 0 { return [] }
    var elements = matrix.elements
    var status: Int32 = 0
    dpotrf_("L", [dimension], &elements, [dimension], &status, 1)
    if status > 0 { throw .notPositiveDefinite(order: Int(status)) }
    if status < 0 { throw .illegalArgument(Int(-status)) }
    for index in 0..<matrix.order where !(elements[index * matrix.order + index] > 0) {
      throw .notPositiveDefinite(order: index + 1)
    }
    return elements
  }

  /// The solution x of A x = b.
  ///
  /// - Precondition: `rightHandSide` has `order` values.
  /// - Complexity: O(order²).
  public borrowing func solve(_ rightHandSide: [Double]) -> [Double] {
    precondition(rightHandSide.count == order, "the right-hand side's length must be the matrix's order")
    if order == 0 { return [] }
    var solution = rightHandSide
    var status: Int32 = 0
    dpotrs_("L", [dimension], [1], factor, [dimension], &solution, [dimension], &status, 1)
    return solution
  }

  /// The inverse of A.
  ///
  /// - Complexity: O(order³).
  public borrowing func inverse() -> SymmetricMatrix {
    if order == 0 { return SymmetricMatrix(order: 0) }
    var elements = factor
    var status: Int32 = 0
    dpotri_("L", [dimension], &elements, [dimension], &status, 1)
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
    var estimate = 0.0
    var work = [Double](repeating: 0, count: 3 * order)
    var integers = [Int32](repeating: 0, count: order)
    var status: Int32 = 0
    dpocon_("L", [dimension], factor, [dimension], [oneNorm], &estimate, &work, &integers, &status, 1)
    return estimate
  }
}
