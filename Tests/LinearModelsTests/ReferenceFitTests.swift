import Learning
import LinearModels
import Testing

@Suite("Logistic regression beside reference libraries")
struct ReferenceFitTests {
  private func fit(_ configuration: LogisticConfiguration, weights: [Double]? = nil) throws -> LogisticFit {
    try LogisticRegression(design: .raw, configuration: configuration)
      .fit(ReferenceSample.examples.weighted(by: weights))
  }

  /// scikit-learn 1.9.1, `LogisticRegression(C=1/λ, solver='newton-cholesky', tol=1e-14)`.
  @Test(arguments: [
    (1.0, [-1.5442551310488861, 1.1109117468866623, -1.6926764084547272, 0.42701257554778854]),
    (0.1, [-2.2172713933013504, 1.8599195429450097, -3.060877252081789, 0.7531331915572331]),
  ])
  func ridge(penalty: Double, reference: [Double]) throws {
    let fit = try fit(LogisticConfiguration(penalty: penalty))
    #expect(distance(fit.values, reference) < 1e-8)
    #expect(fit.report.separation.kind == .none)
  }

  /// scikit-learn 1.9.1, the same with `sample_weight` 1, 0.5, 2, 1.5 in turn.
  @Test func weightedRidge() throws {
    let weights = (0..<40).map { [1, 0.5, 2, 1.5][$0 % 4] }
    let fit = try fit(LogisticConfiguration(penalty: 1), weights: weights)
    let reference = [-1.7641118591803469, 0.9282078991583294, -1.8820908067717512, 0.5738995522353393]
    #expect(distance(fit.values, reference) < 1e-8)
  }

  @Test func rowsOfWeightZeroDoNotCount() throws {
    let all = ReferenceSample.examples
    let kept = (0..<40).filter { $0 % 7 != 0 }
    let weights = (0..<40).map { $0 % 7 != 0 ? 1.0 : 0 }
    let regression = LogisticRegression(design: .raw)
    let weighted = try regression.fit(all.weighted(by: weights))
    let alone = try regression.fit(all.selecting(rows: kept))
    #expect(distance(weighted.values, alone.values) < 1e-12)
  }

  /// statsmodels 0.15.0, `Logit(y, add_constant(X)).fit()`, standard errors plain and with `cov_type='cluster'`.
  @Test func maximumLikelihoodWithClusteredErrors() throws {
    let report = try fit(LogisticConfiguration(penalty: 0)).report
    let values = [-2.679907597919702, 2.215506351873308, -3.7956308907366556, 0.9858689418342018]
    let errors = [1.2544777351604344, 1.296242505741498, 1.6402367771373079, 1.3812991060500983]
    let clustered = [1.1683967103639539, 1.209549109331504, 1.5888828029339361, 1.2352813477450217]
    #expect(distance(report.coefficients.map(\.value), values) < 1e-8)
    #expect(distance(report.coefficients.map(\.standardError), errors) < 1e-7)
    #expect(distance(report.coefficients.compactMap(\.clusteredStandardError), clustered) < 1e-7)
    #expect(abs(report.logLikelihood - -6.435830982730937) < 1e-10)
    #expect(report.clusters == 8 && report.rows == 40 && report.positives == 7)
    #expect(report.coefficients.map(\.name) == ["intercept", "x0", "x1", "x2"])
  }

  /// numpy 2.4.6, Heinze and Schemper's modified scores to 1e-14, and scipy 1.17.1 Nelder-Mead on the penalised
  /// likelihood to 1e-7.
  @Test func firth() throws {
    let report = try fit(LogisticConfiguration(penalty: 0, method: .firth)).report
    let values = [-1.7020503070311368, 1.4824276310109272, -2.579918390230181, 0.2908023168095118]
    let errors = [0.7356758326387948, 0.8373741548817286, 1.0101678896083315, 0.7278911928255645]
    #expect(distance(report.coefficients.map(\.value), values) < 1e-8)
    #expect(distance(report.coefficients.map(\.standardError), errors) < 1e-7)
    #expect(abs(report.penalizedLogLikelihood - -6.083269010378153) < 1e-10)
  }

  /// numpy 2.4.6, the same with the penalty in the score and in the information.
  @Test func firthWithPenalty() throws {
    let fit = try fit(LogisticConfiguration(penalty: 1, method: .firth))
    let values = [-1.3336739836545382, 0.9751987378898852, -1.527000508682768, 0.29682771468835706]
    #expect(distance(fit.values, values) < 1e-8)
    #expect(abs(fit.report.penalizedLogLikelihood - -8.013283253655315) < 1e-10)
  }

  /// In a two-by-two table Firth's method adds one half to each cell (Heinze and Schemper 2002): 3 of 10 against
  /// 0 of 10 gives the log-odds ln(3.5/7.5) and ln(0.5/10.5).
  @Test func firthOnATableWithAnEmptyCell() throws {
    let examples = TrainingExamples(
      matrix: FeatureMatrix(rowCount: 20, columnCount: 1, values: (0..<20).map { $0 < 10 ? 0 : 1 }),
      groups: [Int](repeating: 0, count: 20), outcomes: (0..<20).map { $0 < 3 }, clusters: Array(0..<20))
    let fit = try LogisticRegression(
      design: .raw, configuration: LogisticConfiguration(penalty: 0, method: .firth)
    ).fit(examples)
    #expect(distance(fit.values, [-0.7621400520468967, -2.2823823856765264]) < 1e-8)
    #expect(fit.report.separation == Separation(kind: .quasiComplete, terms: ["x0"]))
  }

  /// numpy 2.4.6: x = 1 … 8, the event from 5 on, which no likelihood alone can fit.
  @Test func firthOnSeparatedRows() throws {
    let fit = try LogisticRegression(
      design: .raw, configuration: LogisticConfiguration(penalty: 0, method: .firth)
    ).fit(separatedExamples)
    #expect(distance(fit.values, [-4.64734976997889, 1.0327443933286422]) < 1e-8)
    #expect(fit.report.separation.kind == .complete)
  }
}

/// x = 1 … 8, the event from 5 on.
let separatedExamples = TrainingExamples(
  matrix: FeatureMatrix(rowCount: 8, columnCount: 1, values: (1...8).map(Double.init)),
  groups: [Int](repeating: 0, count: 8), outcomes: (1...8).map { $0 > 4 }, clusters: Array(0..<8))
