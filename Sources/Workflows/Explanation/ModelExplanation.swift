internal import Boosting
internal import Datasets
internal import Features
internal import Learning
public import Markets
public import ModelStore
public import Reporting

/// What moves a stored model: over the rows of a recording, and at named snapshots.
public struct ModelExplanation {
  /// Which rows are explained.
  public struct Selection: Sendable {
    /// The market; nil for every market that the model knows.
    public let market: MarketName?
    /// The side; nil for both.
    public let side: LiquidationSide?
    /// The instants whose snapshots are taken apart.
    public let instants: [Timestamp]

    /// Selects rows.
    public init(market: MarketName? = nil, side: LiquidationSide? = nil, instants: [Timestamp] = []) {
      self.market = market
      self.side = side
      self.instants = instants
    }
  }

  private let scorer: ModelScorer
  private let dataset: Dataset
  /// The dataset's rows that are explained, in its order.
  private let rows: [Int]
  /// Their groups, as the model numbers them.
  private let groups: [Int]

  /// Explains the snapshots of a recording from `from` on; earlier books only warm the features up.
  ///
  /// - Throws: `ExplanationFailure`; `IncompleteExplanation` when contributions do not add up to the log-odds within
  ///   1e-9; the errors of reading.
  public static func report(
    on artefact: ModelArtefact, recording: Recording, from: Timestamp = .distantPast,
    selection: Selection = Selection(),
    talk: any Talk = Silence()
  ) throws -> ExplanationReport {
    let known = Set(artefact.groups.map(\.market)).sorted()
    if let market = selection.market, !known.contains(market) {
      throw ExplanationFailure.unknownMarket(market, known: known)
    }
    let history = try LabeledHistory(
      recording, features: artefact.features, task: artefact.task, from: from, thresholds: .given(artefact.thresholds))
    let explanation = try ModelExplanation(artefact, history.dataset, selection, lastBook: recording.lastInstant)
    talk.step("explaining \(explanation.rows.count) rows")
    return try explanation.report(instants: selection.instants, talk: talk)
  }

  private init(
    _ artefact: ModelArtefact, _ dataset: Dataset, _ selection: Selection, lastBook: Timestamp?
  ) throws(ExplanationFailure) {
    scorer = ModelScorer(artefact)
    self.dataset = dataset
    var rows: [Int] = []
    var groups: [Int] = []
    for row in 0..<dataset.count {
      let (market, side) = (dataset.markets[dataset.marketIndices[row]], dataset.sides[row])
      guard selection.market == nil || selection.market == market, selection.side == nil || selection.side == side,
        let group = artefact.group(of: market, side)
      else { continue }
      rows.append(row)
      groups.append(group)
    }
    if rows.isEmpty { throw .noRows(lastBook: lastBook) }
    self.rows = rows
    self.groups = groups
  }

  private func report(instants: [Timestamp], talk: any Talk) throws -> ExplanationReport {
    let artefact = scorer.artefact
    let snapshots = try instants.flatMap { try self.snapshots(at: $0, talk: talk) }
    let sums = ContributionSums.over(rows, of: dataset, groups: groups, scorer: scorer)
    if let incomplete = sums.incomplete { throw error(of: incomplete) }
    return ExplanationReport(
      provenance: Provenance(of: dataset.markets + artefact.groups.map(\.market)), model: artefact.name,
      scale: scale, rows: description, base: attribution(at: 0).base, largestGap: sums.largestGap,
      importance: importance(sums), snapshots: snapshots)
  }

  private var scale: ExplanationReport.Scale {
    switch scorer.artefact.calibrator {
    case .identity, .platt: .calibrated
    case .isotonic: .beforeCalibration
    }
  }

  private var description: ExplanationReport.Rows {
    let events = rows.compactMap { dataset.events[$0] }
    let markets = Set(rows.map { dataset.markets[dataset.marketIndices[$0]] }).sorted()
    let sides = LiquidationSide.allCases.filter { side in rows.contains { dataset.sides[$0] == side } }
    return ExplanationReport.Rows(
      from: dataset.times[rows[0]], to: dataset.times[rows[rows.count - 1]], markets: markets, sides: sides,
      count: rows.count, known: events.count, positives: events.count(where: \.self))
  }

  /// The inputs by falling mean |contribution|; equal ones in the model's order.
  private func importance(_ sums: ContributionSums) -> [InputImportance] {
    let artefact = scorer.artefact
    let count = Double(rows.count)
    let absolute = zip(sums.raising, sums.lowering).map { ($0 + $1) / count }
    let total = absolute.reduce(0, +)
    let trees = artefact.classifier.boosted?.ensemble.splitUse
    let order = absolute.indices.sorted { (absolute[$1], $0) < (absolute[$0], $1) }
    return order.map { input in
      let definition = artefact.schema.definitions[artefact.inputs.columns[input].position]
      return InputImportance(
        feature: definition.name, unit: definition.unit, direction: definition.direction,
        raising: sums.raising[input] / count, lowering: sums.lowering[input] / count,
        share: total > 0 ? absolute[input] / total : 0,
        trees: trees.map { $0[input] })
    }
  }
}

extension ModelExplanation {
  /// The last row of each market's sides at or before an instant, taken apart.
  private func snapshots(at instant: Timestamp, talk: any Talk) throws -> [SnapshotExplanation] {
    var last: [ModelGroup: Int] = [:]
    for position in rows.indices where dataset.times[rows[position]] <= instant {
      last[scorer.artefact.groups[groups[position]]] = position
    }
    if last.isEmpty { throw ExplanationFailure.noSnapshot(at: instant, first: dataset.times[rows[0]]) }
    var snapshots: [SnapshotExplanation] = []
    for market in description.markets {
      let positions = LiquidationSide.allCases.compactMap { last[ModelGroup(market: market, side: $0)] }
      if positions.isEmpty { talk.step("\(market) has no scored book at or before \(instant)") }
      snapshots += positions.map { snapshot(at: $0, asked: instant) }
    }
    return snapshots
  }

  private func snapshot(at position: Int, asked: Timestamp) -> SnapshotExplanation {
    let row = rows[position]
    let artefact = scorer.artefact
    let attribution = attribution(at: position)
    var sum = attribution.base
    let steps = attribution.order.map { input in
      let column = artefact.inputs.columns[input].position
      let definition = artefact.schema.definitions[column]
      let value = dataset.value(row: row, column: column)
      sum += attribution.contributions[input]
      return SnapshotExplanation.Step(
        feature: definition.name, unit: definition.unit, value: value.isFinite ? value : nil,
        contribution: attribution.contributions[input], runningSum: sum)
    }
    return SnapshotExplanation(
      asked: asked, time: dataset.times[row], market: dataset.markets[dataset.marketIndices[row]],
      side: dataset.sides[row], probability: attribution.probability, logOdds: attribution.logOdds,
      base: attribution.base, steps: steps, inShortfall: dataset.inShortfall[row], outcome: dataset.events[row])
  }

  private func attribution(at position: Int) -> Attribution {
    scorer.attribution(of: dataset.features(ofRow: rows[position]), group: groups[position])
  }

  private func error(of incomplete: ContributionSums.Incomplete) -> IncompleteExplanation {
    let (row, attribution) = (incomplete.row, incomplete.attribution)
    return IncompleteExplanation(
      market: dataset.markets[dataset.marketIndices[row]], side: dataset.sides[row], time: dataset.times[row],
      logOdds: attribution.logOdds, sum: attribution.contributions.reduce(attribution.base, +))
  }
}
