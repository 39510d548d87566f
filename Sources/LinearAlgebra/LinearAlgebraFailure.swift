/// Why a matrix could not be factored.
public enum LinearAlgebraFailure: Error, Hashable, Sendable {
  /// The leading minor of this order is not positive definite.
  case notPositiveDefinite(order: Int)
  /// The argument at this position of the routine is illegal.
  case illegalArgument(Int)
  /// The number of elements is not that of a matrix of the wanted shape.
  case wrongElementCount(expected: Int, found: Int)
  /// An element of the matrix is NaN or infinite.
  case notFinite
  /// The eigenvalue iteration did not converge.
  case notConverged
}

extension LinearAlgebraFailure: CustomStringConvertible {
  /// The failure in words.
  public var description: String {
    switch self {
    case .notPositiveDefinite(let order): "the leading minor of order \(order) is not positive definite"
    case .illegalArgument(let position): "argument \(position) is illegal"
    case .wrongElementCount(let expected, let found): "the matrix needs \(expected) elements and has \(found)"
    case .notFinite: "the matrix has an element that is not finite"
    case .notConverged: "the eigenvalue iteration did not converge"
    }
  }
}
