public import Learning
internal import LinearAlgebra

/// A ridge regression: minimises Σ w (y − ŷ)² + λ ‖β‖² over an intercept, which is free of the penalty, and a
/// coefficient for each term of a design.
public struct RidgeRegression: Hashable, Sendable {
  /// How the raw columns become terms.
  public let design: DesignConfiguration
  /// λ, zero or more, on the sum (not the mean) of the squares.
  public let penalty: Double

  /// Creates a regression.
  ///
  /// - Throws: A fault when the penalty is not a finite number of zero or more.
  public init(design: DesignConfiguration = .standard, penalty: Double = 1) throws(LinearModelFault) {
    guard penalty >= 0, penalty.isFinite else {
      throw LinearModelFault(setting: "penalty", reason: "\(penalty) is not a finite number of zero or more")
    }
    self.design = design
    self.penalty = penalty
  }

  /// Fits the design and the coefficients to the examples, on all cores.
  ///
  /// - Throws: `noRows`, `weightNotUsable`, `targetNotFinite`, `unknownColumn`; `singular` where columns depend on each
  ///   other and there is no penalty.
  /// - Complexity: O(rows · terms² + terms³).
  public func fit(_ examples: RegressionExamples) throws(FitFailure) -> RidgeFit {
    try fit(examples, execution: .concurrent)
  }

  package func fit(_ examples: RegressionExamples, execution: Execution) throws(FitFailure) -> RidgeFit {
    let mean = try Self.mean(of: examples)
    let fitted = try Design.fitted(to: examples.matrix, groups: examples.groups, configuration: design)
    let blocks = RowBlocks(examples, design: fitted)
    var coefficients = [mean] + [Double](repeating: 0, count: fitted.terms.count)
    let equations = blocks.normalEquations(at: coefficients, execution: execution)
    var matrix = equations.gram
    for index in 1..<max(1, coefficients.count) { matrix[index, index] += penalty }
    let factor: Cholesky
    do { factor = try Cholesky(matrix) } catch {
      if case .notPositiveDefinite(let order) = error { throw .singular(order: order) }
      throw .singular(order: 0)
    }
    advance(&coefficients, by: factor.solve(equations.products))
    // Once more from where the first solution ended, which gives back what rounding took.
    let residuals = blocks.residualProducts(at: coefficients, execution: execution)
    let gradient = residuals.products.indices.map { index in
      residuals.products[index] - (index == 0 ? 0 : penalty * coefficients[index])
    }
    advance(&coefficients, by: factor.solve(gradient))
    let end = blocks.residualProducts(at: coefficients, execution: execution)
    return RidgeFit(
      model: LinearRegressor(
        design: fitted, intercept: coefficients[0], coefficients: Array(coefficients.dropFirst())),
      report: RidgeReport(
        rows: examples.count, penalty: penalty, residualDeviation: end.meanSquare.squareRoot(),
        determination: equations.meanSquare > 0 ? 1 - end.meanSquare / equations.meanSquare : nil,
        reciprocalCondition: factor.reciprocalCondition, dropped: fitted.dropped))
  }

  private func advance(_ coefficients: inout [Double], by step: [Double]) {
    for index in coefficients.indices { coefficients[index] += step[index] }
  }

  /// The weighted mean of the targets, once everything is known to be usable.
  private static func mean(of examples: RegressionExamples) throws(FitFailure) -> Double {
    if let weights = examples.weights, let row = weights.firstIndex(where: { !($0 >= 0 && $0.isFinite) }) {
      throw .weightNotUsable(row: row)
    }
    if let row = examples.targets.firstIndex(where: { !$0.isFinite }) { throw .targetNotFinite(row: row) }
    var (sum, total) = (0.0, 0.0)
    for (row, target) in examples.targets.enumerated() {
      let weight = examples.weights?[row] ?? 1
      sum += weight * target
      total += weight
    }
    guard total > 0 else { throw .noRows }
    return sum / total
  }
}

/// A fitted regressor with the report on its fit.
public struct RidgeFit: Sendable {
  /// The regressor.
  public let model: LinearRegressor
  /// What the fit found.
  public let report: RidgeReport
}

/// What a ridge fit found, and how well it is determined.
public struct RidgeReport: Codable, Hashable, Sendable {
  /// The number of rows.
  public let rows: Int
  /// λ.
  public let penalty: Double
  /// The root of the weighted mean square of the residuals, in the target's unit.
  public let residualDeviation: Double
  /// R²: the share of the targets' weighted variance that the terms explain; nil when the targets are all the same.
  public let determination: Double?
  /// The reciprocal condition number of the normal equations with the penalty.
  public let reciprocalCondition: Double
  /// The terms that say nothing and have a coefficient of zero.
  public let dropped: [Design.DroppedTerm]
}
