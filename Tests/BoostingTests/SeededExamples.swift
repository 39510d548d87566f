import Boosting
import Learning
import Sampling

/// Seeded rows with an event that depends on some of the columns.
enum SeededExamples {
  /// A matrix with a few values left undefined, whole numbers in the last column, and its values.
  static func matrix(rows: Int, columns: Int, seed: UInt64, undefined: Double = 0.05) -> FeatureMatrix {
    var generator = SeededGenerator(seed: seed)
    var values = (0..<(rows * columns)).map { _ in generator.normal() }
    for index in values.indices {
      if index / rows == columns - 1 { values[index] = (values[index] * 2).rounded() }
      if generator.happens(withProbability: undefined) { values[index] = .nan }
    }
    return FeatureMatrix(rowCount: rows, columnCount: columns, values: values)
  }

  /// Events whose log-odds fall in the first column, rise in the square of the second and in the last.
  static func events(rows: Int, columns: Int = 4, seed: UInt64, undefined: Double = 0.05) -> BoostingExamples {
    let matrix = matrix(rows: rows, columns: columns, seed: seed, undefined: undefined)
    var generator = SeededGenerator(seed: seed, stream: 1)
    let outcomes = (0..<rows).map { row in
      let values = [0, 1, columns - 1].map { matrix[row, $0].isNaN ? 0.7 : matrix[row, $0] }
      let logOdds = -1.5 * values[0] + values[1] * values[1] + 0.5 * values[2] - 2
      return generator.happens(withProbability: sigmoid(logOdds))
    }
    return BoostingExamples(matrix: matrix, target: .event(outcomes))
  }

  /// The same examples in another order.
  static func shuffled(_ examples: BoostingExamples, seed: UInt64) -> BoostingExamples {
    var generator = SeededGenerator(seed: seed)
    let order = Array(0..<examples.matrix.rowCount).shuffled(using: &generator)
    return selecting(order, of: examples)
  }

  /// Some of the rows, in the given order.
  static func selecting(_ rows: [Int], of examples: BoostingExamples) -> BoostingExamples {
    let target: BoostingTarget =
      switch examples.target {
      case .event(let outcomes): .event(rows.map { outcomes[$0] })
      case .quantile(let values, let level): .quantile(rows.map { values[$0] }, level: level)
      }
    return BoostingExamples(
      matrix: examples.matrix.selecting(rows: rows), target: target,
      weights: examples.weights.map { weights in rows.map { weights[$0] } })
  }
}
