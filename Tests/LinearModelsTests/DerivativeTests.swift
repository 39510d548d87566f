import Learning
import LinearAlgebra
import LinearModels
import Sampling
import Testing

@Suite("Loss, gradient and information")
struct DerivativeTests {
  private let examples: TrainingExamples
  private let blocks: RowBlocks
  private let coefficients = [-1.5, 0.3, -0.2, 0.4, 0, 0.1]

  init() throws {
    var generator = SeededGenerator(seed: 9)
    let made = seededExamples(rows: 700)
    examples = made.weighted(by: (0..<700).map { _ in generator.uniform() + 0.2 })
    blocks = RowBlocks(examples, design: try Design.fitted(to: examples, configuration: .standard))
  }

  @Test func differencesOfTheLossAreTheGradientAndThoseOfTheGradientTheInformation() {
    let middle = blocks.evaluate(coefficients, execution: .sequential)
    for index in coefficients.indices {
      let (low, high) = (moved(index, by: -1e-5), moved(index, by: 1e-5))
      #expect(abs((high.loss - low.loss) / 2e-5 - middle.gradient[index]) < 1e-5)
      for other in coefficients.indices {
        let slope = (high.gradient[other] - low.gradient[other]) / 2e-5
        #expect(abs(slope - middle.information[index, other]) < 1e-5)
      }
    }
  }

  /// At Firth's optimum the objective, with ½ ln |information|, is level in every direction.
  @Test func firthsOptimumIsLevel() throws {
    let newton = Newton(
      blocks: blocks, configuration: try LogisticConfiguration(penalty: 0.5, method: .firth), execution: .sequential)
    let optimum = try newton.minimum(from: coefficients).point
    for index in coefficients.indices {
      var (low, high) = (optimum.coefficients, optimum.coefficients)
      low[index] -= 1e-4
      high[index] += 1e-4
      let slope = (try newton.point(at: high).objective - (try newton.point(at: low).objective)) / 2e-4
      #expect(abs(slope) < 1e-5)
    }
  }

  private func moved(_ index: Int, by distance: Double) -> Evaluation {
    var target = coefficients
    target[index] += distance
    return blocks.evaluate(target, execution: .sequential)
  }

  /// The kernel beside the formula, element by element, for even and odd numbers of columns.
  @Test(arguments: [1, 2, 3, 4, 5, 8, 41])
  func gramMatrixIsThatOfTheSlowTwin(columns: Int) {
    var generator = SeededGenerator(seed: 4, stream: UInt64(columns))
    let rows = RowBlocks.blockRows
    let values = (0..<(columns * rows)).map { _ in generator.normal() }
    let weights = (0..<rows).map { _ in generator.uniform() }
    let weighted = values.indices.map { values[$0] * weights[$0 % rows] }
    var gram = [Double](repeating: 1, count: columns * columns)
    var sums = gram.mutableSpan
    addGram(of: lanes(values).span, weighted: lanes(weighted).span, columnCount: columns, to: &sums)
    for column in 0..<columns {
      for row in 0..<columns {
        var twin = 1.0
        if row >= column {
          for index in 0..<rows {
            twin += weights[index] * values[row * rows + index] * values[column * rows + index]
          }
        }
        #expect(abs(gram[column * columns + row] - twin) < 1e-11, "row \(row), column \(column)")
      }
    }
  }

  private func lanes(_ values: [Double]) -> [RowBlocks.Lane] {
    stride(from: 0, to: values.count, by: 4).map { start in
      RowBlocks.Lane(values[start], values[start + 1], values[start + 2], values[start + 3])
    }
  }
}
