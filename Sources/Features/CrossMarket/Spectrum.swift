import LinearAlgebra

/// The eigenvalues of a symmetric matrix of `order × order` elements, ascending; nil where they cannot be computed.
func eigenvalues(of matrix: [Double], order: Int) -> [Double]? {
  try? SymmetricEigen(of: matrix, order: order).values
}
