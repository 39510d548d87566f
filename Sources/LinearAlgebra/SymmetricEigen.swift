internal import CLAPACK

/// The eigenvalues and eigenvectors of a symmetric matrix.
///
/// Invariant: `vectors` has `order × order` elements; column `j` belongs to `values[j]` and has length one. The sign of
/// a vector is arbitrary. The last bits depend on the provider of the LAPACK library.
public struct SymmetricEigen: Sendable {
  /// The eigenvalues, ascending.
  public let values: [Double]
  /// The orthonormal eigenvectors, column-major, in the order of the values.
  public let vectors: [Double]

  /// Decomposes a symmetric matrix of which only the lower triangle is read.
  ///
  /// - Parameters:
  ///   - matrix: `order × order` elements, column-major.
  ///   - order: The number of rows; zero gives an empty decomposition.
  /// - Throws: `wrongElementCount`, `notFinite`, or `notConverged`.
  /// - Complexity: O(order³), LAPACK `dsyevd` (divide and conquer).
  public init(of matrix: [Double], order: Int) throws(LinearAlgebraFailure) {
    let (elementCount, overflow) = order.multipliedReportingOverflow(by: order)
    guard order >= 0, !overflow, let n = Int32(exactly: order) else { throw .illegalArgument(2) }
    guard matrix.count == elementCount else {
      throw .wrongElementCount(expected: elementCount, found: matrix.count)
    }
    guard matrix.allSatisfy(\.isFinite) else { throw .notFinite }
    if order == 0 {
      (values, vectors) = ([], [])
      return
    }
    (values, vectors) = try Self.decompose(matrix, n: n)
  }

  private static func decompose(
    _ matrix: [Double], n: Int32
  ) throws(LinearAlgebraFailure) -> (values: [Double], vectors: [Double]) {
    let order = Int(n)
    // The smallest workspaces that dsyevd accepts for eigenvectors.
    let (workCount, integerWorkCount) = order == 1 ? (1, 1) : (1 + 6 * order + 2 * order * order, 3 + 5 * order)
    guard let workSize = Int32(exactly: workCount), let integerWorkSize = Int32(exactly: integerWorkCount) else {
      throw .illegalArgument(2)
    }
    var vectors = matrix
    var values = [Double](repeating: 0, count: order)
    var work = [Double](repeating: 0, count: workCount)
    var integerWork = [Int32](repeating: 0, count: integerWorkCount)
    var status: Int32 = 0
    dsyevd_("V", "L", [n], &vectors, [n], &values, &work, [workSize], &integerWork, [integerWorkSize], &status, 1, 1)
    if status < 0 { throw .illegalArgument(Int(-status)) }
    if status > 0 { throw .notConverged }
    return (values, vectors)
  }
}
