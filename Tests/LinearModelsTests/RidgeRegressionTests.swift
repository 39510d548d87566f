import Foundation
import Learning
import LinearModels
import Sampling
import Testing

@Suite("Ridge regression")
struct RidgeRegressionTests {
  private let examples: RegressionExamples = {
    let matrix = ReferenceSample.examples.matrix
    let targets = (0..<40).map { row in
      3 + 0.5 * matrix[row, 0] - 1.25 * matrix[row, 1] * matrix[row, 1] + 0.1 * Double((row * 7) % 11)
    }
    return RegressionExamples(matrix: matrix, groups: [Int](repeating: 0, count: 40), targets: targets)
  }()

  private func weighted(_ weights: [Double]?) -> RegressionExamples {
    RegressionExamples(
      matrix: examples.matrix, groups: examples.groups, targets: examples.targets, weights: weights)
  }

  /// scikit-learn 1.9.1, `Ridge(alpha=λ, solver='svd')`: intercept and coefficients, root mean square, `score`.
  @Test(arguments: [
    (0.0, [2.507132980105021, 0.14876474860668473, -0.7292338544666195, 0.24332284370630933], 0.2523168389879764),
    (1, [2.498315775700128, 0.14120401321883463, -0.7072928918599483, 0.2356397295346851], 0.2520776693641258),
    (25, [2.3881911667239475, 0.061955401491795487, -0.4113680868748527, 0.13341174694141983], 0.2033038681624343),
  ])
  func coefficientsAreTheReferences(penalty: Double, reference: [Double], determination: Double) throws {
    let fit = try RidgeRegression(design: .raw, penalty: penalty).fit(examples)
    #expect(distance([fit.model.intercept] + fit.model.coefficients, reference) < 1e-12)
    #expect(abs(try #require(fit.report.determination) - determination) < 1e-12)
  }

  /// scikit-learn 1.9.1, the same with `sample_weight` 1, 0.5, 2, 1.5 in turn.
  @Test(arguments: [
    (0.0, [2.4916684688634896, 0.1926604088420777, -0.7632145350781848, 0.3586033680341935], 1.2278255306436883),
    (1, [2.479402198841562, 0.18148996923161537, -0.7449392930140142, 0.35097235440145724], 1.2279747247275739),
    (25, [2.3146053585210744, 0.06415053168178146, -0.47880882786088463, 0.2295804629984063], 1.2627652485581555),
  ])
  func weightedCoefficientsAreTheReferences(penalty: Double, reference: [Double], deviation: Double) throws {
    let weights = (0..<40).map { [1, 0.5, 2, 1.5][$0 % 4] }
    let fit = try RidgeRegression(design: .raw, penalty: penalty).fit(weighted(weights))
    #expect(distance([fit.model.intercept] + fit.model.coefficients, reference) < 1e-12)
    #expect(abs(fit.report.residualDeviation - deviation) < 1e-12)
  }

  @Test func byHandALineThroughThreePoints() throws {
    // Σ (x − 1)(y − 2) / Σ (x − 1)² = 3/2, and 2 − 3/2.
    let line = RegressionExamples(
      matrix: FeatureMatrix(rowCount: 3, columnCount: 1, values: [0, 1, 2]), groups: [0, 0, 0], targets: [1, 1, 4])
    let fit = try RidgeRegression(design: .raw, penalty: 0).fit(line)
    #expect(distance([fit.model.intercept] + fit.model.coefficients, [0.5, 1.5]) < 1e-14)
    // With λ = 2 the slope halves: 3/(2 + 2).
    let held = try RidgeRegression(design: .raw, penalty: 2).fit(line)
    #expect(distance([held.model.intercept] + held.model.coefficients, [1.25, 0.75]) < 1e-14)
  }

  @Test func theGradientVanishesAtTheFit() throws {
    let sample = seededTargets(rows: 5_000)
    let fit = try RidgeRegression(penalty: 3).fit(sample)
    let predictions = fit.model.values(of: sample.matrix, groups: sample.groups)
    var gradient = [Double](repeating: 0, count: fit.model.coefficients.count + 1)
    var terms = [Double](repeating: 0, count: fit.model.coefficients.count)
    for row in 0..<sample.count {
      let residual = (sample.weights?[row] ?? 1) * (sample.targets[row] - predictions[row])
      var output = terms.mutableSpan
      fit.model.design.transform(row: sample.matrix.row(row).span, group: sample.groups[row], into: &output)
      gradient[0] += residual
      for index in terms.indices { gradient[index + 1] += residual * terms[index] }
    }
    for (index, coefficient) in fit.model.coefficients.enumerated() { gradient[index + 1] -= 3 * coefficient }
    #expect(gradient.allSatisfy { abs($0) < 1e-8 })
  }

  private func seededTargets(rows: Int) -> RegressionExamples {
    let events = seededExamples(rows: rows)
    var generator = SeededGenerator(seed: 31)
    let targets = (0..<rows).map { row in
      let value = events.matrix[row, 1]
      return (value.isNaN ? 0 : value) * 0.1 - 7 + 0.5 * generator.normal()
    }
    return RegressionExamples(
      matrix: events.matrix, groups: events.groups, targets: targets,
      weights: (0..<rows).map { $0 % 5 == 0 ? 0 : 1 + Double($0 % 3) })
  }

  @Test func oneThreadAndManyGiveTheSameBits() throws {
    let sample = seededTargets(rows: 9_001)
    let regression = try RidgeRegression()
    let (one, many) = (
      try regression.fit(sample, execution: .sequential), try regression.fit(sample, execution: .concurrent)
    )
    #expect(one.model == many.model && one.report == many.report)
  }

  @Test func rowsAndMatricesGiveTheSameBits() throws {
    let sample = seededTargets(rows: 700)
    let model = try RidgeRegression().fit(sample).model
    let values = model.values(of: sample.matrix, groups: sample.groups)
    for row in 0..<sample.count {
      #expect(model.value(of: sample.matrix.row(row).span, group: sample.groups[row]) == values[row])
    }
  }

  @Test func whatCannotBeFittedIsRefused() throws {
    #expect(throws: FitFailure.targetNotFinite(row: 1)) {
      try RidgeRegression().fit(
        RegressionExamples(
          matrix: FeatureMatrix(rowCount: 2, columnCount: 1, values: [0, 1]), groups: [0, 0], targets: [1, .nan]))
    }
    #expect(throws: FitFailure.noRows) {
      try RidgeRegression().fit(weighted([Double](repeating: 0, count: 40)))
    }
    #expect(throws: FitFailure.weightNotUsable(row: 0)) {
      try RidgeRegression().fit(weighted([-1] + [Double](repeating: 1, count: 39)))
    }
    #expect(throws: LinearModelFault.self) { try RidgeRegression(penalty: .infinity) }
  }

  @Test func equalTargetsHaveNoDetermination() throws {
    let flat = RegressionExamples(
      matrix: examples.matrix, groups: examples.groups, targets: [Double](repeating: 4, count: 40))
    let fit = try RidgeRegression().fit(flat)
    #expect(fit.report.determination == nil && fit.report.residualDeviation == 0)
    #expect(fit.model.intercept == 4 && fit.model.coefficients.allSatisfy { $0 == 0 })
  }

  @Test func itComesBackFromTextUnchanged() throws {
    let model = try RidgeRegression().fit(examples).model
    let text = try JSONEncoder().encode(model)
    #expect(try JSONDecoder().decode(LinearRegressor.self, from: text) == model)
    let broken = String(decoding: text, as: UTF8.self).replacingOccurrences(of: "\"intercept\"", with: "\"start\"")
    #expect(throws: DecodingError.self) { try JSONDecoder().decode(LinearRegressor.self, from: Data(broken.utf8)) }
  }
}
