public import Learning
internal import LinearAlgebra

/// A logistic regression: minimises Σ w · log loss + λ/2 ‖β‖² over an intercept, which is free of the penalty, and a
/// coefficient for each term of a design.
public struct LogisticRegression: Sendable {
  /// How the raw columns become terms.
  public let design: DesignConfiguration
  /// How the coefficients are found.
  public let configuration: LogisticConfiguration

  /// Creates a regression.
  public init(design: DesignConfiguration = .standard, configuration: LogisticConfiguration = .standard) {
    self.design = design
    self.configuration = configuration
  }

  /// Fits the design and the coefficients to the examples, on all cores.
  ///
  /// - Throws: `noRows`, `oneOutcome`, `weightNotUsable`, `unknownColumn`; `separated` or `singular` where the
  ///   coefficients are not determined; `notConverged`.
  /// - Complexity: O(rows · terms²) for each of about eight steps.
  public func fit(_ examples: TrainingExamples) throws(FitFailure) -> LogisticFit {
    try fit(examples, execution: .concurrent)
  }

  package func fit(_ examples: TrainingExamples, execution: Execution) throws(FitFailure) -> LogisticFit {
    try Self.check(examples)
    let fitted = try Design.fitted(to: examples, configuration: design)
    let blocks = RowBlocks(examples, design: fitted)
    let start = Self.start(examples, termCount: fitted.terms.count)
    return try fit(
      examples, clusters: ClusteredErrors(clusters: examples.clusters), design: fitted, blocks: blocks, from: start,
      execution: execution)
  }

  /// The fit to rows whose design is known already, started from the coefficients.
  func fit(
    _ examples: TrainingExamples, clusters: ClusteredErrors, design: Design, blocks: RowBlocks, from start: [Double],
    execution: Execution
  ) throws(FitFailure) -> LogisticFit {
    let newton = Newton(blocks: blocks, configuration: configuration, execution: execution)
    let alone = blocks.separatingTerms(execution: execution)
    let names = alone.terms.map { design.termNames[$0] }
    let found: (point: NewtonPoint, iterations: Int)
    do {
      found = try newton.minimum(from: start)
    } catch FitFailure.separated(let separation) {
      throw .separated(Separation(kind: separation.kind, terms: names))
    }
    let isComplete =
      alone.isComplete || blocks.support(of: found.point.coefficients, execution: execution).least > 0
    let separation = Separation(
      kind: isComplete ? .complete : names.isEmpty ? .none : .quasiComplete, terms: names)
    let model = LinearClassifier(
      design: design, intercept: found.point.coefficients[0],
      coefficients: Array(found.point.coefficients.dropFirst()))
    let errors = clusters.standardErrors(
      of: blocks, coefficients: found.point.coefficients, inverse: found.point.inverse,
      method: configuration.method, execution: execution)
    return LogisticFit(
      model: model,
      report: FitReport(
        rows: examples.count, positives: examples.positiveCount, clusters: clusters.clusterCount,
        method: configuration.method, penalty: configuration.penalty, iterations: found.iterations,
        decrement: found.point.decrement, logLikelihood: -found.point.loss,
        penalizedLogLikelihood: -found.point.objective, reciprocalCondition: found.point.reciprocalCondition,
        separation: separation, coefficients: Self.table(design: design, point: found.point, errors: errors),
        dropped: design.dropped))
  }

  private static func table(
    design: Design, point: NewtonPoint, errors: [Double]?
  ) -> [FitReport.Coefficient] {
    (["intercept"] + design.termNames).enumerated().map { index, name in
      let value = point.coefficients[index]
      let clustered = errors?[index]
      return FitReport.Coefficient(
        name: name, value: value, standardError: max(0, point.inverse[index, index]).squareRoot(),
        clusteredStandardError: clustered, z: clustered.flatMap { $0 > 0 ? value / $0 : nil })
    }
  }

  static func check(_ examples: TrainingExamples) throws(FitFailure) {
    if let weights = examples.weights, let row = weights.firstIndex(where: { !($0 >= 0 && $0.isFinite) }) {
      throw .weightNotUsable(row: row)
    }
    let totals = weightTotals(examples)
    guard totals.positive + totals.negative > 0 else { throw .noRows }
    guard totals.positive > 0, totals.negative > 0 else { throw .oneOutcome }
  }

  /// The best coefficients when no term counts: the log-odds of the event rate, and zeros.
  static func start(_ examples: TrainingExamples, termCount: Int) -> [Double] {
    let totals = weightTotals(examples)
    return [logit(totals.positive / (totals.positive + totals.negative))] + [Double](repeating: 0, count: termCount)
  }

  private static func weightTotals(_ examples: TrainingExamples) -> (positive: Double, negative: Double) {
    var (positive, negative) = (0.0, 0.0)
    for (row, outcome) in examples.outcomes.enumerated() {
      let weight = examples.weights?[row] ?? 1
      if outcome { positive += weight } else { negative += weight }
    }
    return (positive, negative)
  }
}

/// A fitted classifier with the report on its fit.
public struct LogisticFit: Sendable {
  /// The classifier.
  public let model: LinearClassifier
  /// What the fit found.
  public let report: FitReport

  /// Creates a fit.
  public init(model: LinearClassifier, report: FitReport) {
    self.model = model
    self.report = report
  }
}
