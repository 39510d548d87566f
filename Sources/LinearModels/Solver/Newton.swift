internal import Learning
package import LinearAlgebra

/// A point on the way of Newton's method: coefficients with everything known about them.
package struct NewtonPoint: Sendable {
  /// The intercept and the coefficient of each term.
  package var coefficients: [Double]
  /// The loss of the rows alone.
  var loss: Double
  /// What is minimised: the loss with the penalty and, for Firth's method, less ½ ln |information|.
  package var objective: Double
  /// The largest absolute log-odds of a row.
  var extent: Double
  /// The inverse of the information with the penalty.
  package var inverse: SymmetricMatrix
  /// The Newton step −H⁻¹ g.
  package var step: [Double]
  /// gᵀ H⁻¹ g / 2: about how far the objective still lies above its minimum.
  var decrement: Double
  /// The reciprocal condition number of the information with the penalty.
  var reciprocalCondition: Double
}

/// Newton's method with step halving for a penalised logistic regression, which for this loss is iteratively
/// reweighted least squares.
package struct Newton {
  let blocks: RowBlocks
  let configuration: LogisticConfiguration
  let execution: Execution

  package init(blocks: RowBlocks, configuration: LogisticConfiguration, execution: Execution) {
    self.blocks = blocks
    self.configuration = configuration
    self.execution = execution
  }

  /// The minimum, started from the coefficients, with the number of steps.
  package func minimum(from start: [Double]) throws(FitFailure) -> (point: NewtonPoint, iterations: Int) {
    var point = try self.point(at: start)
    for iteration in 0...configuration.maximumIterations {
      try checkSeparation(at: point)
      if point.decrement <= configuration.tolerance { return (point, iteration) }
      if iteration == configuration.maximumIterations { break }
      guard let next = try descended(from: point) else { break }
      // Below this only rounding is left where a step no longer helps.
      if next.decrement >= point.decrement, point.decrement < 1e-10 { return (point, iteration) }
      point = next
    }
    throw .notConverged(iterations: configuration.maximumIterations, decrement: point.decrement)
  }

  /// The objective with its derivatives at the coefficients.
  package func point(at coefficients: [Double]) throws(FitFailure) -> NewtonPoint {
    let evaluation = blocks.evaluate(coefficients, execution: execution)
    var hessian = evaluation.information
    var gradient = evaluation.gradient
    var objective = evaluation.loss
    for index in 1..<max(1, coefficients.count) {
      hessian[index, index] += configuration.penalty
      gradient[index] += configuration.penalty * coefficients[index]
      objective += configuration.penalty / 2 * coefficients[index] * coefficients[index]
    }
    let factor: Cholesky
    do { factor = try Cholesky(hessian) } catch {
      if case .notPositiveDefinite(let order) = error { throw .singular(order: order) }
      throw .singular(order: 0)
    }
    let inverse = factor.inverse()
    if configuration.method == .firth {
      objective -= factor.logDeterminant / 2
      let prior = blocks.jeffreysGradient(at: coefficients, inverse: inverse, execution: execution)
      for index in gradient.indices { gradient[index] += prior[index] }
    }
    let step = factor.solve(gradient).map { -$0 }
    return NewtonPoint(
      coefficients: coefficients, loss: evaluation.loss, objective: objective, extent: evaluation.extent,
      inverse: inverse, step: step, decrement: -zip(gradient, step).reduce(0) { $0 + $1.0 * $1.1 } / 2,
      reciprocalCondition: factor.reciprocalCondition)
  }

  /// The first point along the step, halved as often as needed, that is no worse; nil when there is none.
  private func descended(from point: NewtonPoint) throws(FitFailure) -> NewtonPoint? {
    // A sum over many rows is known to about this much only.
    let slack = 1e-12 * (1 + abs(point.objective))
    var share = 1.0
    for _ in 0..<40 {
      let target = zip(point.coefficients, point.step).map { $0 + share * $1 }
      do {
        let next = try self.point(at: target)
        if next.objective <= point.objective + slack { return next }
      } catch FitFailure.singular(let order) {
        // So far out that all curvature is lost.
        if share < 1e-6 { throw .singular(order: order) }
      }
      share /= 2
    }
    return nil
  }

  /// Without a penalty, stops as soon as the steps prove that the coefficients run away for ever.
  private func checkSeparation(at point: NewtonPoint) throws(FitFailure) {
    guard configuration.penalty == 0, configuration.method == .ridge, point.extent > 12 else { return }
    let support = blocks.support(of: point.step, execution: execution)
    // A step of a diverging fit moves the separated rows by about 1 and leaves the others where they are.
    guard support.most > 0.1, support.least > -1e-3 * support.most else { return }
    throw .separated(Separation(kind: separationKind(from: point), terms: []))
  }

  /// Whether the coefficients, which run away from this point, come to separate all rows on their way.
  private func separationKind(from start: NewtonPoint) -> Separation.Kind {
    var point = start
    for _ in 0..<15 {
      if blocks.support(of: point.coefficients, execution: execution).least > 0 { return .complete }
      guard let next = try? descended(from: point) else { break }
      point = next
    }
    return .quasiComplete
  }
}
