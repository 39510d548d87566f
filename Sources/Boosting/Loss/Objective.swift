internal import Learning

/// What the trees lower: the loss of each row with its derivatives, times its weight.
package struct Objective: Sendable {
  package let target: BoostingTarget
  /// The weight of each row; nil weighs every row 1.
  package let weights: [Double]?

  package init(_ examples: BoostingExamples) {
    target = examples.target
    weights = examples.weights
  }

  /// The units in which the derivatives of `rows` rows are summed.
  package func units(rows: Int) -> FixedPoint {
    let heaviest = weights?.max() ?? 1
    switch target {
    case .event: return FixedPoint(rows: rows, gradient: heaviest, hessian: heaviest / 4)
    case .quantile: return FixedPoint(rows: rows, gradient: heaviest, hessian: heaviest)
    }
  }

  /// What the trees are added to: the log-odds of the share of events, or the quantile of the values.
  package var base: Double {
    switch target {
    case .event(let outcomes):
      // Weights are added as integers, so that the order of the rows does not matter.
      let units = FixedPoint(rows: outcomes.count, gradient: weights?.max() ?? 1, hessian: 1)
      var sums = (all: 0, events: 0)
      for (row, outcome) in outcomes.enumerated() {
        let weight = Int(units.row(gradient: weights?[row] ?? 1, hessian: 0).x)
        sums.all += weight
        if outcome { sums.events += weight }
      }
      // A weight too small to be counted beside the others counts as the least that can be.
      return logit(Double(min(max(sums.events, 1), sums.all - 1)) / Double(sums.all))
    case .quantile(let values, let level):
      return Quantile.lower(values, weights: weights, level: level) ?? 0
    }
  }

  /// Writes the derivatives of rows at their scores and returns the sum of their losses.
  package func derive(
    _ rows: Range<Int>, scores: UnsafePointer<Double>, units: FixedPoint,
    into derivatives: UnsafeMutablePointer<SIMD2<Int32>>
  ) -> Double {
    switch target {
    case .event(let outcomes):
      let kernel = LogLossKernel(units: units)
      let scores = UnsafeBufferPointer(start: scores + rows.lowerBound, count: rows.count)
      let outcomes = outcomes.span.extracting(rows)
      let derivatives = derivatives + rows.lowerBound
      guard let weights else { return kernel.derive(scores, outcomes: outcomes, into: derivatives) }
      return kernel.derive(scores, outcomes: outcomes, weights: weights.span.extracting(rows), into: derivatives)
    case .quantile(let values, let level):
      var loss = 0.0
      for row in rows {
        let weight = weights.map { $0[row] } ?? 1
        let gradient = PinballLoss.gradient(prediction: scores[row], target: values[row], level: level)
        derivatives[row] = units.row(gradient: weight * gradient, hessian: weight)
        loss += weight * PinballLoss.value(prediction: scores[row], target: values[row], level: level)
      }
      return loss
    }
  }

  /// The loss of one row at a score, times its weight.
  package func loss(_ row: Int, score: Double) -> Double {
    let weight = weights.map { $0[row] } ?? 1
    switch target {
    case .event(let outcomes): return weight * LogLoss.value(logOdds: score, outcome: outcomes[row])
    case .quantile(let values, let level):
      return weight * PinballLoss.value(prediction: score, target: values[row], level: level)
    }
  }
}
