import Learning
import LinearModels
import Sampling

/// Forty rows of three columns, drawn once with numpy and rounded; the reference fits are to these values.
enum ReferenceSample {
  static let columns: [[Double]] = [
    [
      0.0, -0.89, 0.06, -0.62, 0.11, 0.7, -1.9, -0.24, 0.16, -0.54, -1.53, -0.81, -0.03, -0.11, -1.23, -1.55, -0.64,
      -1.2, -0.19, 0.67, 0.2, -1.19, 0.9, -0.79, -0.46, 0.69, -0.25, -0.3, -0.2, -0.44, -0.02, 1.05, -1.29, -2.04,
      0.16, -0.62, -0.18, 0.52, 0.04, -0.86,
    ],
    [
      0.3, -0.45, 1.34, 0.49, -0.93, -1.34, -1.29, -1.27, -0.19, -0.05, -0.48, 1.06, 0.88, 0.11, 0.08, 0.86, 2.0, 0.07,
      0.68, 1.44, -0.46, -0.58, 1.15, 0.65, -0.1, -0.33, 1.52, 0.35, -1.11, 1.17, 0.67, -0.01, 0.35, -0.3, 2.24, 0.21,
      -0.21, -1.03, -1.05, 0.97,
    ],
    [
      -0.27, -0.99, -0.49, 0.36, -0.03, -0.46, -1.84, 0.27, -2.52, 0.11, -0.98, -0.81, -0.58, 0.06, 1.36, 0.12, 0.76,
      0.58, -0.07, -0.68, 0.13, -0.2, -1.32, -1.99, 1.26, -0.37, -0.43, -0.12, -0.01, 0.65, -0.34, 0.58, -1.69, -0.9,
      -0.83, 0.49, 0.7, -0.08, 0.26, 0.19,
    ],
  ]

  /// The rows in which the event happened.
  static let positives: Set<Int> = [4, 5, 7, 25, 36, 37, 38]

  /// The rows in eight clusters of five.
  static let examples = TrainingExamples(
    matrix: FeatureMatrix(rowCount: 40, columnCount: 3, values: columns.flatMap(\.self)),
    groups: [Int](repeating: 0, count: 40), outcomes: (0..<40).map { positives.contains($0) },
    clusters: (0..<40).map { $0 / 5 })
}

/// Seeded rows of correlated columns in several groups, some values undefined, with a rare event.
func seededExamples(
  rows: Int, columns: Int = 5, seed: UInt64 = 1, undefinedShare: Double = 0.05
) -> TrainingExamples {
  var generator = SeededGenerator(seed: seed)
  var values = [Double](repeating: 0, count: rows * columns)
  var outcomes = [Bool](repeating: false, count: rows)
  for row in 0..<rows {
    var (common, logOdds) = (generator.normal(), -2.0)
    for column in 0..<columns {
      common = 0.6 * common + 0.8 * generator.normal()
      logOdds += common * (column % 2 == 0 ? 0.6 : -0.3)
      let shifted = 10 * Double(row % 3) + common
      values[column * rows + row] = generator.happens(withProbability: undefinedShare) ? .nan : shifted
    }
    outcomes[row] = generator.happens(withProbability: sigmoid(logOdds))
  }
  return TrainingExamples(
    matrix: FeatureMatrix(rowCount: rows, columnCount: columns, values: values), groups: (0..<rows).map { $0 % 3 },
    outcomes: outcomes, clusters: (0..<rows).map { $0 / 50 })
}

/// The largest difference between two arrays; infinite when their lengths differ.
func distance(_ first: [Double], _ second: [Double]) -> Double {
  guard first.count == second.count else { return .infinity }
  return zip(first, second).reduce(0) { max($0, abs($1.0 - $1.1)) }
}

extension LogisticFit {
  /// The intercept and the coefficients.
  var values: [Double] { [model.intercept] + model.coefficients }
}
