internal import Boosting
internal import Configuration
internal import Datasets
internal import Learning
internal import LinearModels
internal import ModelStore

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// Why quantiles of the close-out loss could not be learned from some rows.
enum CloseOutFailure: Error, CustomStringConvertible {
  /// Too few rows of known loss to fit to or to correct on.
  case insufficientEvidence(fitted: Int, calibration: Int, needed: Int)
  /// A fit failed; the text is the solver's.
  case fit(String)

  /// The failure in words.
  var description: String {
    switch self {
    case .insufficientEvidence(let fitted, let calibration, let needed):
      "\(fitted) rows to fit to and \(calibration) later ones to correct on; each needs \(needed)"
    case .fit(let reason): reason
    }
  }
}

/// Learns quantiles of the close-out loss by both routes.
///
/// The rows are cut in time: both routes are fitted to the earlier part, and their quantiles are corrected, by split
/// conformal prediction of the log loss, on the later part, so that a correction is a factor on the loss.
struct CloseOutLearner {
  let settings: TrainingConfiguration.CloseOutQuantile
  let threads: Int

  /// What rows gave.
  struct Fit {
    let routes: CloseOutRoutes
    let fittedRows: Int
    let calibrationRows: Int
  }

  /// Learns both routes from rows in time order; those of unknown loss are left out.
  func fit(_ rows: [Int], of data: CloseOutRows) throws(CloseOutFailure) -> Fit {
    let known = data.known(among: rows)
    let parts = try parts(of: known, data)
    let routes = CloseOutRoutes(
      scale: try scale(parts, of: data), boosting: try boosting(parts, of: data),
      unconditional: GroupQuantiles(
        of: data.losses(of: known), groups: known.map { data.groups[$0] }, groupCount: data.dataset.groupCount,
        levels: settings.levels))
    return Fit(routes: routes, fittedRows: parts.fitted.count, calibrationRows: parts.later.count)
  }

  /// Learns one route alone from rows in time order, exactly as it would be learned beside the other.
  ///
  /// - Parameter route: Either of the conditional routes; the baseline counts as the scale.
  func fit(_ rows: [Int], of data: CloseOutRows, by route: CloseOutRoute) throws(CloseOutFailure) -> RouteQuantiles {
    let parts = try parts(of: data.known(among: rows), data)
    return switch route {
    case .boosting: .boosting(try boosting(parts, of: data))
    case .scale, .unconditional: .scale(try scale(parts, of: data))
    }
  }

  /// Rows of known loss to fit to, and later ones to correct on.
  private struct Parts {
    let fitted: [Int]
    let later: [Int]
    let centres: GroupCentres
  }

  private func parts(of known: [Int], _ data: CloseOutRows) throws(CloseOutFailure) -> Parts {
    let (fitted, later) = data.cut(known, laterShare: settings.calibrationShare)
    let needed = settings.levels.map(SplitConformal.leastCount).max() ?? 1
    guard fitted.count >= needed, later.count >= needed else {
      throw .insufficientEvidence(fitted: fitted.count, calibration: later.count, needed: needed)
    }
    return Parts(fitted: fitted, later: later, centres: data.centres(of: fitted))
  }

  private func scale(
    _ parts: Parts, of data: CloseOutRows
  ) throws(CloseOutFailure) -> CorrectedQuantiles<ConditionalScale> {
    let examples = data.examples(of: parts.fitted, centres: parts.centres)
    return try corrected(try scale(examples, centres: parts.centres), on: parts.later, of: data)
  }

  private func boosting(
    _ parts: Parts, of data: CloseOutRows
  ) throws(CloseOutFailure) -> CorrectedQuantiles<BoostedQuantiles> {
    let ensembles = try ensembles(parts.fitted, of: data, centres: parts.centres)
    return try corrected(
      BoostedQuantiles(centres: parts.centres, ensembles: ensembles), on: parts.later, of: data)
  }

  private func scale(_ examples: RegressionExamples, centres: GroupCentres) throws(CloseOutFailure) -> ConditionalScale
  {
    let regressor: LinearRegressor
    do {
      regressor = try RidgeRegression(penalty: settings.penalty).fit(examples).model
    } catch {
      throw .fit("the regression for the scale: \(error)")
    }
    let scales = regressor.values(of: examples.matrix, groups: examples.groups)
    let standardised = zip(examples.targets, scales).map { exp($0 - $1) }
    let reach = ScaleReach(least: scales.min() ?? 0, greatest: scales.max() ?? 0)
    return ConditionalScale(centres: centres, regressor: regressor, reach: reach, tail: tail(of: standardised))
  }

  /// The upper quantiles of standardised losses: above the threshold those of a generalised Pareto tail when one can be
  /// fitted, elsewhere those of the losses themselves.
  private func tail(of standardised: [Double]) -> StandardisedTail {
    let sorted = standardised.sorted()
    func empirical(_ level: Double) -> Double {
      let rank = (Double(sorted.count) * level).rounded(.up)
      return sorted[min(sorted.count, max(1, Int(rank))) - 1]
    }
    var (pareto, refusal): (ParetoTail?, String?) = (nil, nil)
    do {
      pareto = try ParetoTail.fitted(to: standardised, above: empirical(settings.tailThreshold))
    } catch {
      refusal = "\(error)"
    }
    var highest = -Double.infinity
    let quantiles = settings.levels.map { level in
      let beyond = level > settings.tailThreshold ? pareto?.quantile(level) : nil
      highest = max(highest, log(beyond ?? empirical(level)))
      return highest
    }
    return StandardisedTail(logQuantiles: quantiles, pareto: pareto, refusal: refusal)
  }

  /// An ensemble for each level; where growing may end early, on the last of the rows.
  private func ensembles(
    _ rows: [Int], of data: CloseOutRows, centres: GroupCentres
  ) throws(CloseOutFailure) -> [TreeEnsemble] {
    let settings = settings.boosting
    let learner = GradientBoosting(
      settings.learner,
      constraints: BoostedLearner.constraints(settings, inputs: data.inputs, schema: data.dataset.schema))
    var (grown, watched) = (rows, [Int]())
    if let stopping = settings.earlyStopping {
      let parts = data.cut(rows, laterShare: stopping.share)
      if !parts.earlier.isEmpty { (grown, watched) = parts }
    }
    let (examples, stopping) = (
      data.examples(of: grown, centres: centres), data.examples(of: watched, centres: centres)
    )
    var ensembles: [TreeEnsemble] = []
    for level in self.settings.levels {
      do {
        ensembles.append(
          try learner.fit(
            BoostingExamples(quantile: level, of: examples),
            stopping: watched.isEmpty ? nil : BoostingExamples(quantile: level, of: stopping), threads: threads
          ).ensemble)
      } catch {
        throw .fit("boosting the quantile of level \(level): \(error)")
      }
    }
    return ensembles
  }

  private func corrected<Model: LogQuantileModel>(
    _ model: Model, on rows: [Int], of data: CloseOutRows
  ) throws(CloseOutFailure) -> CorrectedQuantiles<Model> {
    let quantiles = rows.map { model.logQuantiles(of: data.matrix.row($0).span, group: data.groups[$0]) }
    let outcomes = rows.map { data.logLosses[$0] }
    var corrections: [ConformalQuantile] = []
    for (index, level) in settings.levels.enumerated() {
      do {
        corrections.append(
          try ConformalQuantile.fitted(predictions: quantiles.map { $0[index] }, outcomes: outcomes, level: level))
      } catch {
        throw .fit("correcting the quantile of level \(level): \(error)")
      }
    }
    return CorrectedQuantiles(model: model, corrections: corrections)
  }
}

extension BoostingExamples {
  fileprivate init(quantile level: Double, of examples: RegressionExamples) {
    self.init(matrix: examples.matrix, target: .quantile(examples.targets, level: level), weights: examples.weights)
  }
}
