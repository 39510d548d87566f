internal import Configuration
internal import Datasets
internal import Labels
internal import Learning
internal import LinearModels
internal import Markets
internal import ModelStore
internal import Parallelism

/// What models that are trained anew at regular instants say of the rows after each of these instants.
///
/// What a nightly job chooses (family, penalty, weight of a blend, calibrator, route of the close-out quantile) is chosen
/// once, before the first of the instants; coefficients, trees, thresholds and conformal corrections are learned anew from
/// every row whose horizon has ended by then.
struct NightlyForecasts {
  /// What was chosen before the first instant.
  let choices: ModelArtefact
  let configuration: TrainingConfiguration
  let settings: TrainingConfiguration.CloseOutQuantile
  /// The time between trainings.
  let interval: TimeSpan

  /// The stretch of time that one training serves.
  private struct Night: Sendable {
    let start: Timestamp
    let rows: Range<Int>
  }

  /// What the model of each row's night says of it; nothing of rows before `from`.
  ///
  /// The nights are trained side by side; their number of threads changes nothing.
  ///
  /// - Throws: `TrainingFailure` at the first night that cannot be trained.
  func said(of history: LabeledHistory, from: Timestamp) throws -> SideForecasts {
    let results = concurrentMap(nights(of: history.dataset, from: from)) { night in
      Result { try (night.rows, said(of: night, history)) }
    }
    var forecasts = SideForecasts(count: history.dataset.count)
    for result in results {
      let (rows, said) = try result.get()
      forecasts.replace(rows, with: said)
    }
    return forecasts
  }

  private func nights(of dataset: Dataset, from: Timestamp) -> [Night] {
    var nights: [Night] = []
    var start = from
    var first = dataset.times.firstIndex { $0 >= from } ?? dataset.count
    while first < dataset.count {
      let end = start + interval
      let last = dataset.times[first...].firstIndex { $0 >= end } ?? dataset.count
      if last > first { nights.append(Night(start: start, rows: first..<last)) }
      (start, first) = (end, last)
    }
    return nights
  }

  private func said(of night: Night, _ history: LabeledHistory) throws -> SideForecasts {
    let dataset = try dataset(of: history, at: night.start)
    let rows = try TrainingRows(dataset, configuration: configuration)
    let earlier = (0..<night.rows.lowerBound).filter { dataset.informationEnds[$0] <= night.start }
    let all = Array(night.rows)
    return SideForecasts(
      probabilities: try probabilities(of: all, learnedFrom: earlier.filter(rows.isFitted), rows),
      losses: try losses(of: all, learnedFrom: earlier, rows))
  }

  private func dataset(of history: LabeledHistory, at time: Timestamp) throws -> Dataset {
    switch configuration.task.threshold {
    case .absolute: return history.dataset
    case .relativeToMedian:
      do {
        return try history.dataset(thresholdsFittedBefore: time)
      } catch {
        throw TrainingFailure.walkForward("\(error)")
      }
    }
  }

  private func probabilities(
    of rows: [Int], learnedFrom fitted: [Int], _ data: TrainingRows
  ) throws -> [Double] {
    guard data.hasBothOutcomes(fitted) else {
      throw TrainingFailure.oneOutcome(rows: fitted.count, positives: data.positiveCount(among: fitted))
    }
    let logOdds = data.logOdds(of: rows, by: try classifier(learnedFrom: fitted, data))
    return logOdds.map { raw in
      let point = sigmoid(choices.calibrator.calibrated(logOdds: raw))
      return max(point, choices.interval?.interval(logOdds: raw).high ?? point)
    }
  }

  private func classifier(learnedFrom fitted: [Int], _ data: TrainingRows) throws -> ShortfallClassifier {
    let learner = BoostedLearner(
      configuration.model.boosting, inputs: data.inputs, schema: data.dataset.schema, threads: 1)
    func linear() throws -> LinearClassifier {
      guard let penalty = choices.origin.training?.linear?.fit.penalty else {
        throw TrainingFailure.fit("no penalty was chosen")
      }
      return try data.fit(fitted, penalty: penalty).model
    }
    switch choices.classifier {
    case .linear: return .linear(try linear())
    case .boosted: return .boosted(try learner.fit(fitted, of: data).model)
    case .blend(let chosen):
      let parts = (linear: try linear(), boosted: try learner.fit(fitted, of: data).model)
      guard
        let blend = BlendedClassifier(
          linear: parts.linear, boosted: parts.boosted, boostedWeight: chosen.boostedWeight)
      else { throw TrainingFailure.fit("the parts of the blend do not fit together") }
      return .blend(blend)
    }
  }

  private func losses(of rows: [Int], learnedFrom earlier: [Int], _ data: TrainingRows) throws -> [Double] {
    guard let chosen = choices.closeOut else { throw BacktestFailure.noCloseOutQuantile(choices.name) }
    let known = CloseOutRows(data, inputs: chosen.inputs, lossFloor: chosen.lossFloor)
    do {
      let fit = try CloseOutLearner(settings: settings, threads: 1).fit(earlier, of: known)
      return rows.map { row in
        fit.routes.quantiles(of: known.matrix.row(row).span, group: known.groups[row], by: chosen.chosen).last ?? .nan
      }
    } catch {
      throw TrainingFailure.closeOut("\(error)")
    }
  }
}
