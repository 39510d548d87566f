import Boosting
import Features
import Foundation
import Learning
import Markets
import ModelStore
import Reporting
import TestRecordings
import Testing
import Workflows

@Suite("Explanations of a model")
struct ExplanationTests {
  private static let from = SimulatedBooks.split

  private func report(
    _ artefact: ModelArtefact, market: MarketName? = nil, side: LiquidationSide? = nil, at instants: [Timestamp] = []
  ) throws -> ExplanationReport {
    try ModelExplanation.report(
      on: artefact, recording: try Recording(paths: [SimulatedBooks.file]), from: Self.from,
      selection: ModelExplanation.Selection(market: market, side: side, instants: instants))
  }

  /// The scores that a live process gives each of the window's snapshots, with every reason.
  private func online(_ artefact: ModelArtefact) -> [(BookSnapshot, BySide<SideScore>)] {
    var scorer = OnlineScorer(artefact, reasonCount: artefact.inputs.columns.count)
    return SimulatedBooks.snapshots.compactMap { snapshot in
      let scores = try? scorer.score(snapshot).scores.get()
      return snapshot.time < Self.from ? nil : scores.map { (snapshot, $0) }
    }
  }

  @Test("a snapshot's steps are the reasons that scoring names, bit for bit, whatever the calibration")
  func reasonsOfScoring() throws {
    for artefact in try SimulatedModel.all.map({ try $0.get() }) {
      let scored = online(artefact)
      let (last, scores) = try #require(scored.dropFirst(400).first)
      let market = last.market
      let report = try report(artefact, market: market, at: [last.time])
      #expect(report.scale == .calibrated)
      #expect(report.snapshots.map(\.side) == [.sell, .buy])
      for snapshot in report.snapshots {
        let score = scores[snapshot.side]
        #expect(snapshot.time == last.time && snapshot.market == market)
        #expect(snapshot.base == score.base && snapshot.base == report.base)
        #expect(snapshot.steps.map(\.feature) == score.reasons.map(\.feature))
        #expect(snapshot.steps.map(\.contribution) == score.reasons.map(\.contribution))
        #expect(snapshot.steps.map(\.value) == score.reasons.map { $0.value.isNaN ? nil : $0.value })
        #expect(abs(snapshot.probability - score.probability.value) < 1e-12)
        #expect(abs(snapshot.logOdds - logit(snapshot.probability)) < 1e-9)
      }
    }
  }

  @Test("the figures of the window are the means over every score's reasons")
  func importance() throws {
    let artefact = try SimulatedModel.platt.get()
    let report = try report(artefact)
    let scores = online(artefact).flatMap { [$0.1.sell, $0.1.buy] }
    #expect(report.rows.count == scores.count)
    #expect(scores.count > 1_000)
    for input in report.importance {
      let contributions = scores.flatMap(\.reasons).filter { $0.feature == input.feature }.map(\.contribution)
      let count = Double(contributions.count)
      #expect(contributions.count == scores.count)
      #expect(abs(input.mean - contributions.reduce(0, +) / count) < 1e-12)
      #expect(abs(input.meanAbsolute - contributions.reduce(0) { $0 + abs($1) } / count) < 1e-12)
      #expect(input.trees == nil)
    }
    #expect(abs(report.importance.reduce(0) { $0 + $1.share } - 1) < 1e-12)
    let ranks = report.importance.map(\.meanAbsolute)
    #expect(ranks == ranks.sorted(by: >))
    #expect(Set(report.importance.map(\.feature)) == Set(artefact.inputs.names))
  }

  @Test("base and contributions are the log-odds, in every row and along every way")
  func sums() throws {
    let instants = SimulatedBooks.snapshots.filter { $0.time >= Self.from }.map(\.time)
    for artefact in try SimulatedModel.all.map({ try $0.get() }) {
      let report = try report(artefact, at: stride(from: 0, to: instants.count, by: 101).map { instants[$0] })
      #expect(report.largestGap <= 1e-12)
      #expect(report.snapshots.count > 50)
      for snapshot in report.snapshots {
        #expect(snapshot.gap <= 1e-12)
        var sum = snapshot.base
        for step in snapshot.steps {
          sum += step.contribution
          #expect(step.runningSum == sum)
        }
      }
    }
  }

  @Test("a model with trees says how often and how well they ask each input, alone and in a blend")
  func trees() throws {
    for artefact in try [SimulatedModel.boosted.get(), SimulatedModel.blend.get()] {
      let ensemble = try #require(artefact.classifier.boosted).ensemble
      let uses = try report(artefact).importance.map { try #require($0.trees) }
      #expect(uses.reduce(0) { $0 + $1.splits } == ensemble.trees.reduce(0) { $0 + $1.splits.count })
      #expect(uses.contains { $0.splits > 5 } && uses.allSatisfy { $0.gain >= 0 && ($0.gain > 0) == ($0.splits > 0) })
    }
  }

  @Test("contributions that miss the log-odds, however little or undefined, are noticed")
  func incomplete() {
    func attribution(_ contributions: [Double], logOdds: Double) -> Attribution {
      Attribution(base: -3, contributions: contributions, logOdds: logOdds, probability: 0.5)
    }
    #expect(attribution([1, -2, 0.5], logOdds: -3.5).isComplete)
    #expect(attribution([], logOdds: -3).isComplete)
    #expect(!attribution([1, -2, 0.5], logOdds: -3.5 + 2e-9).isComplete)
    #expect(!attribution([1, .nan], logOdds: -2).isComplete)
    #expect(!attribution([1], logOdds: .nan).isComplete)
    #expect(!attribution([.infinity], logOdds: .infinity).isComplete)
    #expect(attribution([0.5, -2, 2, 0], logOdds: -2.5).order == [1, 2, 0, 3])
  }

  @Test("a market and a side can be asked for alone, and the headings count their rows")
  func selection() throws {
    let artefact = try SimulatedModel.plain.get()
    let whole = try report(artefact)
    #expect(whole.provenance == .simulated)
    #expect(whole.rows.markets.map(\.text) == ["SIM-BTC", "SIM-ETH", "SIM-XRP"])
    #expect(whole.rows.known < whole.rows.count)
    #expect(whole.rows.positives > 0)
    let market = whole.rows.markets[1]
    let both = try report(artefact, market: market)
    #expect(both.rows.markets == [market] && both.rows.sides == [.sell, .buy])
    #expect(both.rows.count == 2 * SimulatedBooks.snapshots.count { $0.market == market && $0.time >= Self.from })
    let buy = try report(artefact, market: market, side: .buy)
    #expect(buy.rows.sides == [.buy] && buy.rows.count * 2 == both.rows.count)
    #expect(0 < buy.rows.positives && buy.rows.positives < both.rows.positives)
    #expect(both.rows.positives < whole.rows.positives)
  }

  @Test("between two snapshots the earlier one speaks, and says when it was")
  func instants() throws {
    let artefact = try SimulatedModel.plain.get()
    let market = try #require(MarketName("SIM-ETH"))
    let times = SimulatedBooks.snapshots.filter { $0.market == market && $0.time >= Self.from }.map(\.time)
    let asked = times[30] + TimeSpan(nanoseconds: -1)
    let late = times[times.count - 1] + .days(3)
    let report = try report(artefact, market: market, side: .buy, at: [asked, times[30], late])
    #expect(report.snapshots.map(\.asked) == [asked, times[30], late])
    #expect(report.snapshots.map(\.time) == [times[29], times[30], times[times.count - 1]])
  }

  @Test("no snapshot at or before an instant, and a market that the model does not know, are errors that say so")
  func refusals() throws {
    let artefact = try SimulatedModel.plain.get()
    let early = Self.from + TimeSpan(nanoseconds: -1)
    let first = try #require(SimulatedBooks.snapshots.first { $0.time >= Self.from }).time
    #expect(throws: ExplanationFailure.noSnapshot(at: early, first: first)) { try report(artefact, at: [early]) }
    let stranger = try #require(MarketName("SIM-DOGE"))
    let known = try ["SIM-BTC", "SIM-ETH", "SIM-XRP"].map { try #require(MarketName($0)) }
    #expect(throws: ExplanationFailure.unknownMarket(stranger, known: known)) { try report(artefact, market: stranger) }
    let last = try #require(SimulatedBooks.snapshots.last).time
    #expect(throws: ExplanationFailure.noRows(lastBook: last)) {
      try ModelExplanation.report(
        on: artefact, recording: try Recording(paths: [SimulatedBooks.file]), from: last + .days(1))
    }
    for failure in [ExplanationFailure.noRows(lastBook: nil), .unknownMarket(stranger, known: known)] {
      #expect(!failure.description.contains("("))
    }
  }

  @Test("explaining twice gives the same bits")
  func twice() throws {
    let artefact = try SimulatedModel.platt.get()
    let instant = Self.from + .days(1)
    #expect(try report(artefact, at: [instant]) == report(artefact, at: [instant]))
  }
}
