import LinearAlgebra
import Sampling
import Testing

@Suite("Cholesky factorisation")
struct CholeskyTests {
  /// [[4, 2], [2, 3]]: determinant 8, inverse [[3, −2], [−2, 4]] / 8, worked by hand.
  private var worked: SymmetricMatrix {
    SymmetricMatrix(order: 2, lowerTriangleOf: [4, 2, .nan, 3])
  }

  @Test func workedMatrixIsSolvedAndInverted() throws {
    let factor = try Cholesky(worked)
    let solution = factor.solve([2, 5])
    #expect(abs(solution[0] - -0.5) < 1e-15 && abs(solution[1] - 2) < 1e-15)
    let inverse = factor.inverse()
    #expect(zip(inverse.elements, [0.375, -0.25, -0.25, 0.5]).allSatisfy { abs($0 - $1) < 1e-15 })
    let logDeterminant = factor.logDeterminant
    #expect(abs(logDeterminant - 2.0794415416798357) < 1e-15)
    // ‖A‖₁ = 6 and ‖A⁻¹‖₁ = 0.75.
    let condition = factor.reciprocalCondition
    #expect(abs(condition - 1 / 4.5) < 1e-15)
  }

  @Test(arguments: [1, 2, 3, 7, 40, 41])
  func solutionGivesBackTheRightHandSide(order: Int) throws {
    var generator = SeededGenerator(seed: 3, stream: UInt64(order))
    var matrix = SymmetricMatrix(order: order)
    let columns = (0..<order).map { _ in (0..<(2 * order)).map { _ in generator.normal() } }
    for i in 0..<order {
      for j in 0...i { matrix[i, j] = zip(columns[i], columns[j]).reduce(0) { $0 + $1.0 * $1.1 } }
    }
    let wanted = (0..<order).map { _ in generator.normal() }
    let factor = try Cholesky(matrix)
    let solution = factor.solve(matrix.multiplied(by: wanted))
    #expect(zip(solution, wanted).allSatisfy { abs($0 - $1) < 1e-9 })
    let again = factor.inverse().multiplied(by: matrix.multiplied(by: wanted))
    #expect(zip(again, wanted).allSatisfy { abs($0 - $1) < 1e-9 })
  }

  @Test func emptyMatrixIsFactored() throws {
    let factor = try Cholesky(SymmetricMatrix(order: 0))
    #expect(factor.solve([]).isEmpty)
    #expect(factor.logDeterminant == 0)
    #expect(factor.inverse().order == 0)
  }

  @Test func matrixThatIsNotPositiveDefiniteNamesTheMinor() {
    #expect(throws: LinearAlgebraFailure.notPositiveDefinite(order: 2)) {
      _ = try Cholesky(SymmetricMatrix(order: 2, lowerTriangleOf: [1, 2, 2, 1]))
    }
    #expect(throws: LinearAlgebraFailure.notPositiveDefinite(order: 1)) {
      _ = try Cholesky(SymmetricMatrix(order: 1, lowerTriangleOf: [.nan]))
    }
  }

  @Test func assignmentKeepsBothTriangles() {
    var matrix = SymmetricMatrix(order: 3)
    matrix[2, 0] = 5
    #expect(matrix[0, 2] == 5)
    #expect(matrix.diagonal == [0, 0, 0])
  }

  @Test func providerIsNamedTheSameEveryTime() {
    #expect(providerName == providerName)
    #expect(providerName.contains("lapack") || providerName.contains("blas"))
  }
}
