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
    var largest = 0.0
    for element in matrix {
      guard element.isFinite else { throw .notFinite }
      largest = max(largest, abs(element))
    }
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
    try Self.solve(&reduced, into: &values, &beside)
    for index in values.indices { values[index] *= scale }
  }

  /// The bounds of the three are known here, so that the loops below need not ask for them at every element.
  private static func solve(
    _ reduced: inout [Double], into values: inout [Double], _ beside: inout [Double]
  ) throws(LinearAlgebraFailure) {
    precondition(reduced.count == values.count * values.count && beside.count == values.count)
    let converged = reduced.withUnsafeMutableBufferPointer { rows in
      values.withUnsafeMutableBufferPointer { values in
        beside.withUnsafeMutableBufferPointer { beside in
          reduce(rows, to: values, beside)
          guard diagonalise(values, beside) else { return false }
          sort(values)
          return true
        }
      }
    }
    if !converged { throw .notConverged }
  }
}

/// Turns the matrix into a tridiagonal one with the same eigenvalues, from the last row upwards.
private func reduce(
  _ rows: UnsafeMutableBufferPointer<Double>, to diagonal: UnsafeMutableBufferPointer<Double>,
  _ beside: UnsafeMutableBufferPointer<Double>
) {
  let order = diagonal.count
  for row in stride(from: order - 1, to: 0, by: -1) {
    beside[row] = rows[row * order + row - 1]
    if row > 1 { reflect(row, order, rows, beside) }
  }
  for row in 0..<order { diagonal[row] = rows[row * order + row] }
}

/// Clears a row left of the element beside the diagonal by a reflection, which is applied to the rows above.
private func reflect(
  _ row: Int, _ order: Int, _ rows: UnsafeMutableBufferPointer<Double>, _ beside: UnsafeMutableBufferPointer<Double>
) {
  let start = row * order
  var scale = 0.0
  for column in 0..<row { scale += abs(rows[start + column]) }
  if scale == 0 { return }
  var square = 0.0
  for column in 0..<row {
    let element = rows[start + column] / scale
    rows[start + column] = element
    square += element * element
  }
  let last = rows[start + row - 1]
  let length = last >= 0 ? -square.squareRoot() : square.squareRoot()
  beside[row] = scale * length
  square -= last * length
  rows[start + row - 1] = last - length
  var projection = 0.0
  for j in 0..<row {
    var sum = 0.0
    for i in 0...j { sum += rows[j * order + i] * rows[start + i] }
    var i = j + 1
    while i < row {
      sum += rows[i * order + j] * rows[start + i]
      i += 1
    }
    let quotient = sum / square
    beside[j] = quotient
    projection += quotient * rows[start + j]
  }
  let half = projection / (square + square)
  for j in 0..<row {
    let factor = rows[start + j]
    let step = beside[j] - half * factor
    beside[j] = step
    for i in 0...j { rows[j * order + i] -= factor * beside[i] + step * rows[start + i] }
  }
}

/// Finds the eigenvalues of the tridiagonal matrix; false when that takes too many rounds.
private func diagonalise(
  _ values: UnsafeMutableBufferPointer<Double>, _ beside: UnsafeMutableBufferPointer<Double>
) -> Bool {
  let count = values.count
  for row in 1..<max(1, count) { beside[row - 1] = beside[row] }
  beside[count - 1] = 0
  for first in 0..<count {
    var rounds = 0
    var last = end(of: first, values, beside)
    while last != first {
      rounds += 1
      if rounds > 60 { return false }
      chase(from: first, to: last, values, beside)
      last = end(of: first, values, beside)
    }
  }
  return true
}

/// The last row of the block that begins at a row: the element beside it is as good as zero.
private func end(
  of first: Int, _ values: UnsafeMutableBufferPointer<Double>, _ beside: UnsafeMutableBufferPointer<Double>
) -> Int {
  var row = first
  while row < values.count - 1 {
    let neighbours = abs(values[row]) + abs(values[row + 1])
    if abs(beside[row]) <= .ulpOfOne / 2 * neighbours { break }
    row += 1
  }
  return row
}

/// One step of the QL method with Wilkinson's shift: a rotation for each row from the block's end to its beginning.
private func chase(
  from first: Int, to last: Int, _ values: UnsafeMutableBufferPointer<Double>,
  _ beside: UnsafeMutableBufferPointer<Double>
) {
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

private func sort(_ values: UnsafeMutableBufferPointer<Double>) {
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
