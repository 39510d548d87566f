internal import Features
internal import Labels
package import Ledger
internal import Margining
package import Markets
package import ModelStore

/// Makes a ledger's records of a stream: what was said of the books whose outcomes are awaited, and what followed.
///
/// A challenger is scored on the features of the same books, and only of these; it has no memory of its own, and its outcomes are
/// those of the champion's rows.
package struct StreamRecord: Sendable {
  private let spacing: TimeSpan
  private var curve: MultiplierCurve
  private var champion: Speaker
  private var challenger: Speaker?
  private var probe: OutcomeProbe
  /// What was recorded last.
  var grid = RecordGrid()
  /// The models that have to be introduced before the next record.
  private var introductions: [ModelRecord]

  /// A model that says something, and what its name in the ledger is.
  private struct Speaker: Sendable {
    let scorer: ModelScorer
    let digest: String
    let role: ModelRole
    let notional: Double

    init(_ artefact: ModelArtefact, _ record: ModelRecord) {
      scorer = ModelScorer(artefact)
      digest = record.digest
      role = record.role
      notional = artefact.task.closeOut?.notional ?? 0
    }

    func prediction(_ score: SideScore, _ curve: MultiplierCurve, adapted: [CloseOutQuantile]?) -> PredictionRecord {
      let quantiles = (score.closeOutQuantiles ?? []).map { quantile in
        PredictionRecord.Quantile(
          level: quantile.level, notional: notional, said: quantile.loss,
          adapted: adapted?.first { $0.level == quantile.level }?.loss)
      }
      return PredictionRecord(
        role: role, model: digest, probability: score.probability.value, high: score.interval?.high,
        isAlert: curve.multiplier(for: score.policyProbability) > 1, quantiles: quantiles)
    }
  }

  /// Creates a record that has seen nothing.
  ///
  /// - Throws: `SessionRefusal` when the challenger does not fit the stream.
  package init(_ artefact: ModelArtefact, _ settings: RecordSettings) throws {
    spacing = settings.spacing
    curve = settings.curve
    probe = OutcomeProbe(task: artefact.task)
    let record = try ModelRecord(artefact, role: .champion)
    champion = Speaker(artefact, record)
    introductions = [record]
    try challenge(with: settings.challenger, of: artefact)
  }

  private mutating func challenge(with other: ModelArtefact?, of artefact: ModelArtefact) throws {
    guard let other else {
      challenger = nil
      return
    }
    let own = try StreamIdentity(artefact, lines: "")
    if let obstacle = own.obstacle(toModelOf: try StreamIdentity(other, lines: "")) {
      throw SessionRefusal("the challenger does not fit: \(obstacle)")
    }
    let record = try ModelRecord(other, role: .challenger)
    challenger = Speaker(other, record)
    introductions.append(record)
  }

  /// Goes on with other models and another policy.
  ///
  /// - Throws: `SessionRefusal` when the challenger does not fit; then nothing has changed.
  mutating func adopt(_ artefact: ModelArtefact, _ settings: RecordSettings) throws {
    var next = try StreamRecord(artefact, settings)
    next.grid = grid
    self = next
  }

  /// Takes a scored book whose outcome is awaited.
  ///
  /// - Parameters:
  ///   - line: The number of its line.
  ///   - hasIntervention: Whether a margin of ours is in force on a side.
  package mutating func observe(
    _ snapshot: BookSnapshot, _ result: OnlineScorer.Result, line: Int, hasIntervention: BySide<Bool>
  ) -> [LedgerRecord] {
    guard case .success(let scores) = result.scores, let row = result.row, grid.admit(snapshot, every: spacing) else {
      return []
    }
    let depth = probe.observe(snapshot).depth
    let thresholds = champion.scorer.artefact.thresholds[snapshot.market]
    let records = LiquidationSide.allCases.map { side in
      var said = [champion.prediction(scores[side], curve, adapted: scores[side].adapted?.quantiles)]
      if let challenger, let group = challenger.scorer.artefact.group(of: row.market, side),
        let score = challenger.scorer.score(row.values[side], group: group, reasonCount: 0, reading: nil)
      {
        said.append(challenger.prediction(score, curve, adapted: nil))
      }
      var inShortfall: Bool?
      if let depth, let thresholds { inShortfall = depth[side] < thresholds[side] }
      return LedgerRecord.origin(
        OriginRecord(
          origin: LedgerOrigin(time: snapshot.time, market: snapshot.market, side: side), line: line,
          inShortfall: inShortfall, isWarming: result.warming != nil, hasIntervention: hasIntervention[side],
          predictions: said))
    }
    return takeIntroductions(line) + records
  }

  /// Takes what is known by now; the ledger passes over what it has no row of.
  mutating func observe(_ matured: [MaturedOutcome], at time: Timestamp) -> [LedgerRecord] {
    matured.map { outcome in
      let shortfall: OutcomeRecord.Shortfall =
        switch outcome.depthShortfall {
        case .known(let happened): .known(happened)
        case .censored(let reason): .censored(reason.rawValue)
        }
      return .outcome(
        OutcomeRecord(
          origin: LedgerOrigin(time: outcome.time, market: outcome.market, side: outcome.side), maturedAt: time,
          shortfall: shortfall,
          losses: outcome.closeOuts.compactMap { closeOut in
            closeOut.loss.map { OutcomeRecord.Loss(notional: closeOut.notional, loss: $0) }
          }))
    }
  }

  private mutating func takeIntroductions(_ line: Int) -> [LedgerRecord] {
    defer { introductions = [] }
    return introductions.map { model in
      var model = model
      model.firstLine = line
      return .model(model)
    }
  }
}
