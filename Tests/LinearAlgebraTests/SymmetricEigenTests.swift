import LinearAlgebra
import Sampling
import Testing

@Suite("Symmetric eigendecomposition")
struct SymmetricEigenTests {
  @Test("a matrix of order two has its hand-worked eigenvalues, ascending")
  func handWorked() throws {
    let eigen = try SymmetricEigen(of: [2, 1, 1, 2], order: 2)
    #expect(abs(eigen.values[0] - 1) < 1e-14)
    #expect(abs(eigen.values[1] - 3) < 1e-14)
    #expect(abs(abs(eigen.vectors[2]) - 0.5.squareRoot()) < 1e-14)
  }

  @Test("the orders zero and one are ordinary cases")
  func smallOrders() throws {
    #expect(try SymmetricEigen(of: [], order: 0).values.isEmpty)
    let single = try SymmetricEigen(of: [-4], order: 1)
    #expect(single.values == [-4])
    #expect(single.vectors.map(abs) == [1])
  }

  @Test("A v = λ v and the vectors are orthonormal", arguments: [2, 3, 7, 20, 60])
  func residual(order n: Int) throws {
    var generator = SeededGenerator(seed: UInt64(n))
    var matrix = [Double](repeating: 0, count: n * n)
    for i in 0..<n {
      for j in 0...i {
        matrix[i * n + j] = generator.normal()
        matrix[j * n + i] = matrix[i * n + j]
      }
    }
    let eigen = try SymmetricEigen(of: matrix, order: n)
    #expect(eigen.values == eigen.values.sorted())
    for k in 0..<n {
      for i in 0..<n {
        var product = 0.0
        for j in 0..<n { product += matrix[j * n + i] * eigen.vectors[k * n + j] }
        #expect(abs(product - eigen.values[k] * eigen.vectors[k * n + i]) < 1e-12 * Double(n))
      }
      for l in 0...k {
        var dot = 0.0
        for i in 0..<n { dot += eigen.vectors[k * n + i] * eigen.vectors[l * n + i] }
        #expect(abs(dot - (k == l ? 1 : 0)) < 1e-12 * Double(n))
      }
    }
  }

  @Test("a wrong size and elements that are not finite are refused")
  func refusals() {
    #expect(throws: LinearAlgebraFailure.wrongElementCount(expected: 4, found: 3)) {
      try SymmetricEigen(of: [1, 2, 3], order: 2)
    }
    #expect(throws: LinearAlgebraFailure.notFinite) { try SymmetricEigen(of: [1, .nan, 0, 1], order: 2) }
    #expect(throws: LinearAlgebraFailure.illegalArgument(2)) { try SymmetricEigen(of: [], order: -1) }
  }
}
