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
  /// - Parameter history: With the losses of every size of position.
  /// - Throws: `TrainingFailure` at the first night that cannot be trained, `BacktestFailure` without any losses.
  func said(of history: LabeledHistory, from: Timestamp) throws -> SideForecasts {
    guard let ladder = history.ladder else { throw BacktestFailure.noCloseOutQuantile(choices.name) }
    let results = concurrentMap(nights(of: history.dataset, from: from)) { night in
      Result { try (night.rows, said(of: night, history, ladder)) }
    }
    var forecasts = SideForecasts(count: history.dataset.count, rungCount: ladder.notionals.count)
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

  private func said(of night: Night, _ history: LabeledHistory, _ ladder: LadderRows) throws -> SideForecasts {
    let dataset = try dataset(of: history, at: night.start)
    let rows = try TrainingRows(dataset, configuration: configuration)
    let earlier = (0..<night.rows.lowerBound).filter { dataset.informationEnds[$0] <= night.start }
    var said = SideForecasts(count: night.rows.count, rungCount: ladder.notionals.count)
    said.events = Array(dataset.events[night.rows])
    said.inShortfall = Array(dataset.inShortfall[night.rows])
    said.thresholds = Array(dataset.thresholds[night.rows])
    let all = Array(night.rows)
    try say(of: all, learnedFrom: earlier.filter(rows.isFitted), rows, in: &said)
    try sayLosses(of: all, learnedFrom: earlier, rows, ladder, in: &said)
    return said
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

  /// The probabilities of rows, by a classifier that is learned from earlier ones.
  private func say(
    of rows: [Int], learnedFrom fitted: [Int], _ data: TrainingRows, in said: inout SideForecasts
  ) throws {
    guard data.hasBothOutcomes(fitted) else {
      throw TrainingFailure.oneOutcome(rows: fitted.count, positives: data.positiveCount(among: fitted))
    }
    let logOdds = data.logOdds(of: rows, by: try classifier(learnedFrom: fitted, data))
    said.points = logOdds.map { sigmoid(choices.calibrator.calibrated(logOdds: $0)) }
    said.probabilities = zip(logOdds, said.points).map { raw, point in
      max(point, choices.interval?.interval(logOdds: raw).high ?? point)
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

  /// The quantiles of the loss of every size and the past, learned from earlier rows by the chosen route alone.
  private func sayLosses(
    of rows: [Int], learnedFrom earlier: [Int], _ data: TrainingRows, _ ladder: LadderRows, in said: inout SideForecasts
  ) throws {
    guard let chosen = choices.closeOut, let closeOut = choices.task.closeOut else {
      throw BacktestFailure.noCloseOutQuantile(choices.name)
    }
    let known = CloseOutRows(data, inputs: chosen.inputs, lossFloor: chosen.lossFloor)
    let learner = CloseOutLearner(settings: settings, threads: 1)
    do {
      let own = try learner.fit(earlier, of: known, by: chosen.chosen)
      let fitted = try LadderLearning(
        learner: learner, data: known, ladder: ladder, ownNotional: closeOut.notional, lossFloor: chosen.lossFloor
      ).fit(earlier, by: chosen.chosen)
      let histories = (0..<data.dataset.groupCount).map { SideHistory(fitted, group: $0) }
      for (position, row) in rows.enumerated() {
        let (values, group) = (known.matrix.row(row), known.groups[row])
        let quantiles = fitted.quantiles(
          of: values.span, group: group, own: own.quantiles(of: values.span, group: group))
        for (rung, levels) in quantiles.enumerated() { said.losses[rung][position] = levels.last ?? .nan }
        said.histories[position] = histories[group]
      }
    } catch {
      throw TrainingFailure.closeOut("\(error)")
    }
  }
}
