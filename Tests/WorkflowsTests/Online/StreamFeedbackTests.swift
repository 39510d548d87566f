import Checkpoints
import Datasets
import Foundation
import Labels
import Learning
import Margining
import MarketData
import Markets
import ModelStore
import Sampling
import TestRecordings
import Testing
import Workflows

@Suite("Feedback on a stream")
struct StreamFeedbackTests {
  /// Every book is an origin.
  private static let dense = FeedbackSettings(adaptationStep: 0.05, spacing: .zero)

  /// What a stream said and what matured with each book.
  private struct Heard {
    var results: [OnlineScorer.Result] = []
    var matured: [[MaturedOutcome]] = []

    var all: [MaturedOutcome] { matured.flatMap(\.self) }
  }

  private func heard(
    _ snapshots: some Sequence<BookSnapshot>, _ artefact: ModelArtefact, _ settings: FeedbackSettings
  ) -> Heard {
    var scorer = OnlineScorer(artefact, reasonCount: 0)
    var feedback = StreamFeedback(artefact, settings)
    var heard = Heard()
    for snapshot in snapshots {
      var result = scorer.score(snapshot)
      heard.matured.append(feedback.observe(snapshot, &result))
      heard.results.append(result)
    }
    return heard
  }

  private func ladderModel() throws -> ModelArtefact { try LadderTrainingTests.model.get().artefact }

  /// Compares what matured with the labels that a training would give, market by market and in order.
  private func expectLabels(
    _ matured: [MaturedOutcome], ofRowsIn dataset: Dataset, own: Double
  ) throws -> (rows: Int, known: Int) {
    var known = 0
    for (index, market) in dataset.markets.enumerated() {
      for side in LiquidationSide.allCases {
        let rows = dataset.rows().filter { dataset.marketIndices[$0] == index && dataset.sides[$0] == side }
        let outcomes = matured.filter { $0.market == market && $0.side == side }
        let last = try #require(rows.last.map { dataset.times[$0] })
        // The last rows wait for books that do not come.
        #expect(rows.filter { dataset.informationEnds[$0] < last }.count == outcomes.count)
        for (row, outcome) in zip(rows, outcomes) {
          try #require(outcome.time == dataset.times[row])
          #expect(outcome.informationEnd == dataset.informationEnds[row])
          #expect(outcome.depthShortfall.value == dataset.events[row])
          #expect(outcome.inShortfall == dataset.inShortfall[row])
          let loss = try #require(outcome.closeOuts.first { $0.notional == own }).loss
          #expect(loss ?? .nan == dataset.closeOutLosses[row] || loss == nil && dataset.closeOutLosses[row].isNaN)
          if outcome.depthShortfall.value != nil, loss != nil { known += 1 }
        }
      }
    }
    return (dataset.count, known)
  }

  @Test("what matures on a simulated stream are the labels of training, bit for bit")
  func simulatedLabels() throws {
    let artefact = try ladderModel()
    let history = try LabeledHistory(
      try Recording(paths: [SimulatedBooks.file]), features: artefact.features, task: artefact.task,
      from: .distantPast, thresholds: .given(artefact.thresholds))
    let heard = heard(SimulatedBooks.snapshots, artefact, try #require(Self.dense))
    let counts = try expectLabels(heard.all, ofRowsIn: history.dataset, own: 100_000)
    #expect(counts.rows > 8_000 && counts.known > 7_500)
  }

  @Test("and so they are on recorded books", .enabled(if: RecordedData.hasSpot, "\(RecordedData.absence)"))
  func recordedLabels() throws {
    let artefact = try StoredModel.load(RecordedData.package + "/Models/kraken-spot-2h").artefact
    let recording = { () throws in
      try Recording(paths: [RecordedData.spot], to: try #require(Timestamp(seconds: 1_753_000_000)))
    }
    let history = try LabeledHistory(
      try recording(), features: artefact.features, task: artefact.task, from: .distantPast,
      thresholds: .given(artefact.thresholds))
    var snapshots: [BookSnapshot] = []
    try recording().forEachBatch(of: 1_000) { snapshots += $0 }
    let heard = heard(snapshots, artefact, try #require(Self.dense))
    let own = try #require(artefact.task.closeOut).notional
    let counts = try expectLabels(heard.all, ofRowsIn: history.dataset, own: own)
    #expect(counts.rows > 5_000 && counts.known > 4_000)
  }

  @Test("the losses of every size are those that a ladder's labels give")
  func sizes() throws {
    let artefact = try ladderModel()
    let closeOut = try #require(artefact.task.closeOut)
    let notionals = try #require(artefact.closeOut?.ladder).notionals
    let market = try #require(artefact.groups.first).market
    let books = SimulatedBooks.snapshots.filter { $0.market == market }
    let probe = OutcomeProbe(task: artefact.task)
    let sweeps = LadderProbe(closeOut: closeOut, notionals: notionals)
    var labeler = try #require(LadderLabeler(task: artefact.task, rungCount: notionals.count))
    let expected = books.flatMap { labeler.observe(probe.observe($0), sweeps.observe($0.book)) }
    let heard = heard(books, artefact, try #require(Self.dense)).all.filter { $0.side == .buy }
    #expect(heard.count == expected.count && heard.count > 1_000)
    for (outcome, losses) in zip(heard, expected) {
      #expect(outcome.closeOuts.map(\.notional) == notionals)
      for (rung, found) in outcome.closeOuts.enumerated() {
        #expect(found.loss?.bitPattern == (losses.losses[rung].buy.isNaN ? nil : losses.losses[rung].buy.bitPattern))
      }
    }
  }

  @Test("an outcome acts with the first book after its horizon, and never before")
  func causality() throws {
    let artefact = try ladderModel()
    let step = 0.05
    let heard = heard(SimulatedBooks.snapshots, artefact, try #require(Self.dense))
    let own = try #require(artefact.task.closeOut).notional
    let target = 0.1
    var offsets: [MarketName: Double] = [:]
    var moved = 0
    for (result, matured) in zip(heard.results, heard.matured) {
      for outcome in matured where outcome.side == .sell {
        #expect(outcome.informationEnd < result.time)
        let closeOut = try #require(outcome.closeOuts.first { $0.notional == own })
        guard let loss = closeOut.loss else { continue }
        let quantile = closeOut.quantiles[0]
        #expect(quantile.level == 1 - target)
        offsets[outcome.market, default: 0] += step * ((loss > quantile.adapted ? 1 : 0) - target)
      }
      guard case .success(let scores) = result.scores else { continue }
      let fixed = try #require(scores.sell.closeOutQuantiles?.first).loss
      let adapted = try #require(scores.sell.adapted?.quantiles.first).loss
      let offset = offsets[result.market, default: 0]
      #expect(abs(log(adapted / fixed) - offset) < 1e-9)
      if abs(offset) > 0.02 { moved += 1 }
    }
    #expect(moved > 1_000)
  }

  @Test("adapted quantiles fall neither with the level nor with the size, and margins may go by them")
  func order() throws {
    var rises = 0
    for result in heard(SimulatedBooks.snapshots, try ladderModel(), try #require(Self.dense)).results {
      guard case .success(let scores) = result.scores else { continue }
      for side in LiquidationSide.allCases {
        let adapted = try #require(scores[side].adapted)
        let ladder = try #require(adapted.ladder)
        #expect(ladder.map { $0.rungs[1].loss } == adapted.quantiles.map(\.loss))
        for level in ladder { #expect(zip(level.rungs, level.rungs.dropFirst()).allSatisfy { $0.loss <= $1.loss }) }
        #expect(zip(ladder[0].rungs, ladder[1].rungs).allSatisfy { $0.loss <= $1.loss })
        #expect((adapted.evidence == nil) == (scores[side].evidence == nil))
        #expect(scores[side].policyEvidence == adapted.evidence)
        guard let evidence = adapted.evidence else { continue }
        #expect(evidence.rungs.map(\.loss) == ladder.last?.rungs.map(\.loss))
        if evidence.rungs.map(\.loss) != scores[side].evidence?.rungs.map(\.loss) { rises += 1 }
      }
    }
    #expect(rises > 1_000)
  }

  @Test("with a spacing the outcomes are some of all, with the same labels, and few wait")
  func spacing() throws {
    let artefact = try ladderModel()
    let all = heard(SimulatedBooks.snapshots, artefact, try #require(Self.dense)).all
    let settings = try #require(FeedbackSettings(spacing: .minutes(37)))
    var scorer = OnlineScorer(artefact, reasonCount: 0)
    var feedback = StreamFeedback(artefact, settings)
    var some: [MaturedOutcome] = []
    for snapshot in SimulatedBooks.snapshots {
      var result = scorer.score(snapshot)
      some += feedback.observe(snapshot, &result)
      #expect(feedback.pendingCount <= 3 * 4)
    }
    #expect(some.count > 1_000 && some.count * 3 < all.count)
    let labels = Dictionary(
      all.map { ("\($0.time) \($0.market) \($0.side)", $0) }, uniquingKeysWith: { first, _ in first })
    for outcome in some {
      let twin = try #require(labels["\(outcome.time) \(outcome.market) \(outcome.side)"])
      #expect(outcome.depthShortfall == twin.depthShortfall)
      #expect(outcome.closeOuts.map(\.loss) == twin.closeOuts.map(\.loss))
    }
  }

  @Test("stopped at random moments, it goes on as if it never had")
  func resumes() throws {
    let artefact = try ladderModel()
    let shift = try #require(
      InterceptTracking(step: 0.05, needed: CalibrationEvidence(rows: 50, positives: 1, negatives: 1)))
    let settings = try #require(FeedbackSettings(spacing: .minutes(15), recalibration: shift))
    var scorer = OnlineScorer(artefact, reasonCount: 0)
    var whole = StreamFeedback(artefact, settings)
    var stopped = whole
    var generator = SeededGenerator(seed: 9)
    var recalibrations = 0
    for snapshot in SimulatedBooks.snapshots {
      var expected = scorer.score(snapshot)
      var found = expected
      try #require(whole.observe(snapshot, &expected) == stopped.observe(snapshot, &found))
      if case (.success(let one), .success(let other)) = (expected.scores, found.scores) {
        try #require(one == other)
        if one.sell.recalibrated != nil { recalibrations += 1 }
      }
      guard generator.happens(withProbability: 0.05) else { continue }
      var written = StateArchive()
      try written.exchange(&stopped)
      var archive = StateArchive(reading: written.bytes)
      stopped = StreamFeedback(artefact, settings)
      try archive.exchange(&stopped)
      try archive.finish()
    }
    #expect(recalibrations > 1_000)
  }
}
