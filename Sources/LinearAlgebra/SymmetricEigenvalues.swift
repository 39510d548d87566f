/// The eigenvalues of symmetric matrices, without their vectors, for small matrices that are asked again and again.
///
/// Householder reflections make the matrix tridiagonal, and the implicit QL method finds its eigenvalues (R. Martin, C.
/// Reinsch, J. Wilkinson, Numerische Mathematik 11 (1968), doi:10.1007/BF02161841 and 10.1007/BF02165404). The values are
/// right to a few units in the last place of the largest one. Nothing is allocated once an order has been seen, and no
/// library is asked, so the bits are the same on every machine.
public struct SymmetricEigenvalues: Sendable {
  /// The eigenvalues that were found last, ascending.
  public private(set) var values: [Double] = []

  /// The matrix on its way to the tridiagonal one; only the lower triangle counts, row by row.
  private var reduced: [Double] = []
  /// The elements beside the diagonal, each in the place of the lower one of its rows.
  private var beside: [Double] = []

  /// Creates a solver.
  public init() {}

  /// Finds the eigenvalues of a symmetric matrix of which only one triangle is read.
  ///
  /// - Parameters:
  ///   - matrix: `order × order` elements.
  ///   - order: The number of rows; zero gives no values.
  /// - Throws: `wrongElementCount`, `notFinite`, or `notConverged`; `values` then mean nothing.
  /// - Complexity: O(order³).
  public mutating func solve(_ matrix: [Double], order: Int) throws(LinearAlgebraFailure) {
    guard order >= 0 else { throw .illegalArgument(2) }
    guard matrix.count == order * order else {
      throw .wrongElementCount(expected: order * order, found: matrix.count)
    }
    let largest = matrix.reduce(0) { max($0, abs($1)) }
    guard matrix.allSatisfy(\.isFinite) else { throw .notFinite }
    if values.count != order {
      values = [Double](repeating: 0, count: order)
      beside = values
      reduced = matrix
    }
    if largest == 0 {
      for index in values.indices { values[index] = 0 }
      return
    }
    // A power of two changes no digit, and keeps squares away from the ends of the range.
    let scale = Double(sign: .plus, exponent: min(max(Int(largest.exponent), -1_000), 1_000), significand: 1)
    for index in matrix.indices { reduced[index] = matrix[index] / scale }
    reduce(order)
    try diagonalise()
    for index in values.indices { values[index] *= scale }
    sortValues()
  }

  /// Turns the matrix into a tridiagonal one with the same eigenvalues, from the last row upwards.
  private mutating func reduce(_ order: Int) {
    for row in stride(from: order - 1, to: 0, by: -1) {
      let start = row * order
      beside[row] = reduced[start + row - 1]
      if row > 1 { reflect(row, start, order) }
    }
    for row in 0..<order { values[row] = reduced[row * order + row] }
  }

  /// Clears a row left of the element beside the diagonal by a reflection, which is applied to the rows above.
  private mutating func reflect(_ row: Int, _ start: Int, _ order: Int) {
    var scale = 0.0
    for column in 0..<row { scale += abs(reduced[start + column]) }
    if scale == 0 { return }
    var square = 0.0
    for column in 0..<row {
      reduced[start + column] /= scale
      square += reduced[start + column] * reduced[start + column]
    }
    let last = reduced[start + row - 1]
    let length = last >= 0 ? -square.squareRoot() : square.squareRoot()
    beside[row] = scale * length
    square -= last * length
    reduced[start + row - 1] = last - length
    var projection = 0.0
    for j in 0..<row {
      var sum = 0.0
      for i in 0...j { sum += reduced[j * order + i] * reduced[start + i] }
      for i in j + 1..<max(row, j + 1) { sum += reduced[i * order + j] * reduced[start + i] }
      beside[j] = sum / square
      projection += beside[j] * reduced[start + j]
    }
    let half = projection / (square + square)
    for j in 0..<row {
      let factor = reduced[start + j]
      let step = beside[j] - half * factor
      beside[j] = step
      for i in 0...j { reduced[j * order + i] -= factor * beside[i] + step * reduced[start + i] }
    }
  }

  /// Finds the eigenvalues of the tridiagonal matrix.
  private mutating func diagonalise() throws(LinearAlgebraFailure) {
    let count = values.count
    for row in 1..<max(1, count) { beside[row - 1] = beside[row] }
    beside[count - 1] = 0
    for first in 0..<count {
      var rounds = 0
      var last = end(of: first)
      while last != first {
        rounds += 1
        if rounds > 60 { throw .notConverged }
        chase(from: first, to: last)
        last = end(of: first)
      }
    }
  }

  /// The last row of the block that begins at a row: the element beside it is as good as zero.
  private func end(of first: Int) -> Int {
    var row = first
    while row < values.count - 1 {
      let neighbours = abs(values[row]) + abs(values[row + 1])
      if abs(beside[row]) <= .ulpOfOne / 2 * neighbours { break }
      row += 1
    }
    return row
  }

  /// One step of the QL method with Wilkinson's shift: a rotation for each row from the block's end to its beginning.
  private mutating func chase(from first: Int, to last: Int) {
    let ratio = (values[first + 1] - values[first]) / (2 * beside[first])
    let root = (ratio * ratio + 1).squareRoot()
    var above = values[last] - values[first] + beside[first] / (ratio + (ratio >= 0 ? root : -root))
    var (sine, cosine, shift) = (1.0, 1.0, 0.0)
    for row in stride(from: last - 1, through: first, by: -1) {
      let carried = sine * beside[row]
      let kept = cosine * beside[row]
      let length = (carried * carried + above * above).squareRoot()
      beside[row + 1] = length
      if length == 0 {
        values[row + 1] -= shift
        beside[last] = 0
        return
      }
      sine = carried / length
      cosine = above / length
      let unshifted = values[row + 1] - shift
      let turn = (values[row] - unshifted) * sine + 2 * cosine * kept
      shift = sine * turn
      values[row + 1] = unshifted + shift
      above = cosine * turn - kept
    }
    values[first] -= shift
    beside[first] = above
    beside[last] = 0
  }

  private mutating func sortValues() {
    for index in values.indices.dropFirst() {
      let value = values[index]
      var place = index
      while place > 0, values[place - 1] > value {
        values[place] = values[place - 1]
        place -= 1
      }
      values[place] = value
    }
  }
}
