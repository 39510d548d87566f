internal import Learning
internal import Sampling

/// Rows with a rare event that trees can learn and straight lines cannot: steps, interactions, saturation, and values
/// whose absence tells something.
///
/// Three in a hundred rows are positive. Of the 40 columns 15 matter, twelve of the others are noisy shadows of the first, and
/// values are missing in every fourth column.
enum MadeUpRisk {
  static let columnCount = 40

  /// The log-odds of a row without any of the effects, chosen for three positives in a hundred rows.
  private static let base = -5.27

  /// Examples of a stream; the beginning of a longer stream is the shorter one.
  static func examples(rows: Int, stream: UInt64) -> TrainingExamples {
    var generator = SeededGenerator(seed: 20_251_010, stream: stream)
    var values = [Double](repeating: 0, count: rows * columnCount)
    var outcomes = [Bool](repeating: false, count: rows)
    var row = [Double](repeating: 0, count: columnCount)
    for index in 0..<rows {
      fill(&row, from: &generator)
      outcomes[index] = generator.happens(withProbability: sigmoid(logOdds(of: row)))
      hideSome(of: &row, using: &generator)
      for column in 0..<columnCount { values[column * rows + index] = row[column] }
    }
    return TrainingExamples(
      matrix: FeatureMatrix(rowCount: rows, columnCount: columnCount, values: values),
      groups: [Int](repeating: 0, count: rows), outcomes: outcomes, clusters: (0..<rows).map { $0 / 1_000 })
  }

  /// Normal columns, lopsided ones, one of whole numbers, and shadows of the first ones.
  private static func fill(_ row: inout [Double], from generator: inout SeededGenerator) {
    for column in 0..<columnCount {
      let normal = generator.normal()
      switch column {
      case 12..<18: row[column] = normal * normal
      case 18: row[column] = (4 * normal).rounded()
      case 24..<36: row[column] = 0.7 * row[column - 24] + 0.7 * normal
      default: row[column] = normal
      }
    }
  }

  private static func logOdds(of row: [Double]) -> Double {
    var sum = base
    sum += row[0] < -0.8 ? 1.1 : 0
    sum += row[1] > 1.2 ? 0.9 : (row[1] < -1.5 ? -0.6 : 0)
    sum += 0.5 * row[2] * row[3]
    sum += row[4] > 0 && row[5] < -0.3 ? 1.0 : 0
    sum += 0.4 * min(max(row[6], -1), 1.5)
    sum += abs(row[7]) > 1.5 ? 0.8 : 0
    sum += row[8] > row[9] ? 0.5 : -0.2
    sum += 0.3 * min(row[12], 4)
    sum += row[13] > 2.5 && row[10] > 0 ? 1.2 : 0
    sum += row[18] >= 6 ? 0.7 : 0
    sum += 0.15 * row[11]
    return sum
  }

  /// Takes values away: at random in most columns, and in one of them mostly the high ones.
  private static func hideSome(of row: inout [Double], using generator: inout SeededGenerator) {
    for column in stride(from: 3, to: columnCount, by: 4) {
      let share = column == 7 && row[column] > 1.5 ? 0.5 : 0.04
      if generator.happens(withProbability: share) { row[column] = .nan }
    }
  }
}
