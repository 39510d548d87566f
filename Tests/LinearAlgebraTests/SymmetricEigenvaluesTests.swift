import LinearAlgebra
import Sampling
import Testing

@Suite("Symmetric eigenvalues without vectors")
struct SymmetricEigenvaluesTests {
  @Test("they are those of the full decomposition", arguments: [1, 2, 3, 4, 7, 20, 60])
  func decomposition(order: Int) throws {
    var solver = SymmetricEigenvalues()
    for round in 0..<8 {
      let matrix = symmetric(order: order, seed: UInt64(100 * order + round), scale: [1, 1e-12, 1e9][round % 3])
      try solver.solve(matrix, order: order)
      let expected = try SymmetricEigen(of: matrix, order: order).values
      let size = expected.map(abs).max() ?? 0
      #expect(solver.values.count == order)
      for (found, value) in zip(solver.values, expected) {
        #expect(abs(found - value) <= 1e-14 * size * Double(max(4, order)))
      }
    }
  }

  @Test("equal values, zeros and diagonal matrices are ordinary cases")
  func special() throws {
    var solver = SymmetricEigenvalues()
    try solver.solve([], order: 0)
    #expect(solver.values.isEmpty)
    try solver.solve([Double](repeating: 0, count: 9), order: 3)
    #expect(solver.values == [0, 0, 0])
    try solver.solve([3, 0, 0, 0, -1, 0, 0, 0, 2], order: 3)
    #expect(solver.values == [-1, 2, 3])
    try solver.solve([Double](repeating: 1, count: 16), order: 4)
    #expect(abs((solver.values.last ?? 0) - 4) < 1e-14)
    #expect(solver.values.dropLast().allSatisfy { abs($0) < 1e-15 })
  }

  @Test("extreme magnitudes neither overflow nor vanish", arguments: [1e300, 1e-300, .leastNonzeroMagnitude])
  func magnitude(_ scale: Double) throws {
    var solver = SymmetricEigenvalues()
    try solver.solve([2 * scale, scale, scale, 2 * scale], order: 2)
    #expect(abs(solver.values[0] - scale) <= 1e-14 * scale)
    #expect(abs(solver.values[1] - 3 * scale) <= 1e-14 * scale)
  }

  @Test("a solver that saw another order gives the same bits as a new one")
  func reuse() throws {
    var used = SymmetricEigenvalues()
    for order in [5, 2, 6, 6, 3] {
      let matrix = symmetric(order: order, seed: UInt64(order), scale: 1)
      try used.solve(matrix, order: order)
      var new = SymmetricEigenvalues()
      try new.solve(matrix, order: order)
      #expect(used.values == new.values)
    }
  }

  @Test("a wrong size and elements that are not finite are refused")
  func refusals() {
    var solver = SymmetricEigenvalues()
    #expect(throws: LinearAlgebraFailure.wrongElementCount(expected: 4, found: 3)) {
      try solver.solve([1, 2, 3], order: 2)
    }
    #expect(throws: LinearAlgebraFailure.notFinite) { try solver.solve([1, .nan, 0, 1], order: 2) }
    #expect(throws: LinearAlgebraFailure.notFinite) { try solver.solve([1, .infinity, 0, 1], order: 2) }
    #expect(throws: LinearAlgebraFailure.illegalArgument(2)) { try solver.solve([], order: -1) }
  }

  private func symmetric(order: Int, seed: UInt64, scale: Double) -> [Double] {
    var generator = SeededGenerator(seed: seed)
    var matrix = [Double](repeating: 0, count: order * order)
    for i in 0..<order {
      for j in 0...i {
        matrix[i * order + j] = generator.normal() * scale
        matrix[j * order + i] = matrix[i * order + j]
      }
    }
    return matrix
  }
}
