import Backtesting
import Configuration
import Datasets
import Learning
import Margining
import Markets
import ModelStore
import TestRecordings
import Testing
import Workflows

@Suite("What a stored model says of a history")
struct StoredForecastsTests {
  private static let model = Result {
    let yaml = SimulatedBooks.closeOutTraining(notionals: [10_000, 100_000, 400_000])
    return try NightlyTraining(try TrainingConfiguration(yaml: yaml, file: "ladder.yaml"), threads: 1).run(
      recording: try Recording(paths: [SimulatedBooks.file], to: SimulatedBooks.split), to: SimulatedBooks.split
    ).artefact
  }

  /// The replay of all books with what the model says from the split on.
  private static let replay = Result {
    let artefact = try model.get()
    let forecasts = try StoredForecasts(artefact)
    let history = try forecasts.history(of: try Recording(paths: [SimulatedBooks.file]))
    let tracking = try #require(QuantileTracking(target: 0.05, step: 0.05))
    return try ReplayBuilder(history: history, task: artefact.task, tracking: tracking, model: artefact.name).replay(
      forecasts.said(of: history, from: SimulatedBooks.split), judgedFrom: SimulatedBooks.split)
  }

  /// What a stream of all books says of a market's side from the split on, by time.
  private static func online(_ market: MarketName, _ side: LiquidationSide) throws -> [(Timestamp, SideScore)] {
    var scorer = OnlineScorer(try model.get(), reasonCount: 0)
    var scores: [(Timestamp, SideScore)] = []
    for snapshot in SimulatedBooks.snapshots {
      guard case .success(let sides) = scorer.score(snapshot).scores, snapshot.market == market,
        snapshot.time >= SimulatedBooks.split
      else { continue }
      scores.append((snapshot.time, sides[side]))
    }
    return scores
  }

  @Test("A replay knows what a stream knew: probability, quantiles and all evidence but what outcomes moved")
  func equalsTheStream() throws {
    let replay = try Self.replay.get()
    #expect(replay.notionals == [10_000, 100_000, 400_000])
    var (compared, moved) = (0, 0)
    for market in replay.markets {
      let points = market.judged.map { market.points[$0] }
      let scores = try Self.online(market.market, .sell)
      try #require(points.map(\.time) == scores.map(\.0))
      for (point, (_, score)) in zip(points, scores) {
        let side = point.sides.sell
        // A score adds its reasons up, which rounds differently.
        #expect(abs(try #require(side.probability) - score.policyProbability.value) < 1e-12)
        #expect(side.fixedLosses == score.closeOutLadder?.last?.rungs.map(\.loss))
        let (replayed, streamed) = (try #require(side.evidence), try #require(score.evidence))
        #expect(replayed.rungs.map(\.loss) == side.adaptiveLosses)
        #expect(Self.withoutLosses(replayed) == Self.withoutLosses(streamed))
        compared += 1
        if replayed != streamed { moved += 1 }
      }
    }
    #expect(compared > 1_000 && moved > compared / 2)
  }

  private static func withoutLosses(_ evidence: CloseOutEvidence) -> CloseOutEvidence? {
    CloseOutEvidence(
      rungs: evidence.rungs.map {
        CloseOutEvidence.Rung(
          notional: $0.notional, loss: 0, sweepCost: $0.sweepCost, historicalLoss: $0.historicalLoss,
          stressedLoss: $0.stressedLoss)
      }, returns: evidence.returns, spread: evidence.spread, volatility: evidence.volatility,
      persistentDepth: evidence.persistentDepth)
  }

  @Test("Every list has one place for each size, losses do not fall with it, and the past of the training has none")
  func shape() throws {
    for market in try Self.replay.get().markets {
      for (position, point) in market.points.enumerated() {
        for side in [point.sides.sell, point.sides.buy] {
          #expect(side.losses.count == 3 && side.sweepCosts.count == 3)
          let isJudged = market.judged.contains(position)
          #expect(side.fixedLosses.count == (isJudged ? 3 : 0) && side.adaptiveLosses.count == (isJudged ? 3 : 0))
          #expect((side.evidence != nil) == isJudged && (side.probability != nil) == isJudged)
          for rates in [side.fixedLosses, side.adaptiveLosses] {
            #expect(zip(rates, rates.dropFirst()).allSatisfy { $0 <= $1 })
          }
          // Sizes that the best level holds cost the same but for rounding.
          for rates in [side.losses, side.sweepCosts] {
            #expect(zip(rates, rates.dropFirst()).allSatisfy { !($0 > $1 + 1e-12) })
          }
        }
      }
    }
  }

  @Test("A market that has just begun has no evidence")
  func warmUp() throws {
    var scorer = OnlineScorer(try Self.model.get(), reasonCount: 0)
    let start = try #require(SimulatedBooks.snapshots.first?.time)
    var (without, with) = (0, 0)
    for snapshot in SimulatedBooks.snapshots.prefix(60) {
      guard case .success(let sides) = scorer.score(snapshot).scores else { continue }
      if snapshot.time < start + .hours(1) {
        #expect(sides.sell.evidence == nil && sides.sell.closeOutLadder != nil)
        without += 1
      } else if sides.sell.evidence != nil {
        with += 1
      }
    }
    #expect(without > 10 && with > 10)
  }

  @Test(
    "Points, events and states are said from the instant on at which judging starts, never before the training's end")
  func quality() throws {
    let artefact = try Self.model.get()
    let forecasts = try StoredForecasts(artefact)
    #expect(forecasts.judgedFrom(.distantPast) == SimulatedBooks.split)
    #expect(forecasts.judgedFrom(SimulatedBooks.split + .days(1)) == SimulatedBooks.split + .days(1))
    let history = try forecasts.history(of: try Recording(paths: [SimulatedBooks.file]))
    let said = forecasts.said(of: history, from: SimulatedBooks.split)
    let dataset = history.dataset
    for row in dataset.rows() {
      let isSaid = dataset.times[row] >= SimulatedBooks.split
      #expect(said.points[row].isFinite == isSaid)
      #expect(said.events[row] == (isSaid ? dataset.events[row] : nil))
      #expect(said.inShortfall[row] == (isSaid ? dataset.inShortfall[row] : nil))
      if isSaid { #expect(said.points[row] <= said.probabilities[row]) }
    }
  }

  @Test("A model without sizes of position is refused")
  func refusals() throws {
    #expect(throws: BacktestFailure.self) { try StoredForecasts(try SimulatedModel.plain.get()) }
  }
}
