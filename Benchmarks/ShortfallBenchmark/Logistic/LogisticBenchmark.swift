internal import Learning
internal import LinearModels
internal import Sampling

/// Rows with a rare event that depends on all columns, of which neighbours are correlated.
func madeUpExamples(rows: Int, columns: Int) -> TrainingExamples {
  var generator = SeededGenerator(seed: 20_251_010)
  var values = [Double](repeating: 0, count: rows * columns)
  var outcomes = [Bool](repeating: false, count: rows)
  for row in 0..<rows {
    var (common, logOdds) = (generator.normal(), -4.0)
    for column in 0..<columns {
      common = 0.6 * common + 0.8 * generator.normal()
      values[column * rows + row] = common
      logOdds += common * (column % 3 == 0 ? 0.3 : -0.1)
    }
    outcomes[row] = generator.happens(withProbability: sigmoid(logOdds))
  }
  return TrainingExamples(
    matrix: FeatureMatrix(rowCount: rows, columnCount: columns, values: values),
    groups: (0..<rows).map { $0 % 26 }, outcomes: outcomes, clusters: (0..<rows).map { $0 / 5_000 })
}

/// The fit of the product beside the plain twin, which gets the same values and must give the same coefficients.
func logisticLines(rows: Int, columns: Int, pairs: Int) throws -> [ResultLine] {
  let examples = madeUpExamples(rows: rows, columns: columns)
  let raw = LogisticRegression(design: .raw)
  var (product, twin, whole): ([Effort], [Effort], [Effort]) = ([], [], [])
  var peak = 0.0
  for pair in 0..<pairs {
    let runProduct = { try timed { try raw.fit(examples) } }
    let runTwin = { timed { PlainLogistic.fit(examples, penalty: raw.configuration.penalty) } }
    // Which one goes first alternates, so that neither profits from the other's warmth.
    let (fit, plain): ((effort: Effort, value: LogisticFit), (effort: Effort, value: [Double]))
    if pair % 2 == 0 {
      fit = try runProduct()
      if pair == 0 { peak = peakMegabytes() }
      plain = runTwin()
    } else {
      plain = runTwin()
      fit = try runProduct()
    }
    product.append(fit.effort)
    twin.append(plain.effort)
    let distance = zip([fit.value.model.intercept] + fit.value.model.coefficients, plain.value)
      .map { abs($0 - $1) }.max()
    guard let distance, distance < 1e-8 else { throw BenchmarkFailure.twinsDisagree(distance ?? .nan) }
  }
  for _ in 0..<pairs { whole.append(try timed { try LogisticRegression().fit(examples) }.effort) }
  let size = "\(rows) × \(columns)"
  return [
    ResultLine(name: "logistic fit with report, \(size)", product: product, twin: twin, peakMegabytes: peak),
    ResultLine(
      name: "  with medians by group, scaling, clipping", product: whole, twin: [], peakMegabytes: peak),
  ]
}

/// Why a benchmark's figures must not be used.
enum BenchmarkFailure: Error {
  /// The product and the twin differ by this much.
  case twinsDisagree(Double)
  /// Programs that were given the same task did not do the same.
  case programsDisagree(String)
  /// A process of the benchmark's own failed; these were its arguments.
  case childFailed([String])
  /// The product no longer has a feature that the twin computes.
  case unknownFeatures
  /// The shipped model or the stream to score is missing.
  case nothingToScore
}
