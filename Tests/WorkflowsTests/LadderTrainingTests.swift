import Configuration
import Datasets
import Foundation
import Labels
import Learning
import Margining
import Markets
import ModelStore
import Reporting
import TestRecordings
import Testing
import Workflows

@Suite("Quantiles of the loss of several sizes of position")
struct LadderTrainingTests {
  private static let notionals = [10_000, 100_000, 400_000]

  private static func trained(notional: Int = 100_000, notionals: [Int]?) throws -> StoredModel {
    let yaml = SimulatedBooks.closeOutTraining(interval: "none", notional: notional, notionals: notionals)
    return try NightlyTraining(try TrainingConfiguration(yaml: yaml, file: "ladder.yaml"), threads: 1).run(
      recording: try Recording(paths: [SimulatedBooks.file], to: SimulatedBooks.split), to: SimulatedBooks.split)
  }

  static let model = Result { try trained(notionals: notionals) }

  private func closeOut() throws -> CloseOutModel { try #require(try Self.model.get().artefact.closeOut) }

  @Test("Sizes beside the task's own change no bit of its own quantiles")
  func ownSize() throws {
    let alone = try #require(try Self.trained(notionals: nil).artefact.closeOut)
    let model = try closeOut()
    #expect(alone.ladder?.notionals == [100_000] && model.ladder?.notionals == [10_000, 100_000, 400_000])
    #expect(try StableJSON.text(of: alone.routes) == StableJSON.text(of: model.routes))
    #expect(try StableJSON.text(of: alone.record) == StableJSON.text(of: model.record))
    let own = try #require(model.ladder?.rungs[1])
    #expect(own.quantiles == nil && own.losses.all == model.routes.unconditional)
  }

  @Test("A size has the quantiles that a task of that size would have by the same route")
  func furtherSize() throws {
    let model = try closeOut()
    let other = try #require(try Self.trained(notional: 400_000, notionals: nil).artefact.closeOut)
    let rung = try #require(model.ladder?.rungs[2])
    let quantiles = try #require(rung.quantiles)
    #expect(quantiles.route == model.chosen)
    let expected: RouteQuantiles =
      model.chosen == .scale ? .scale(other.routes.scale) : .boosting(other.routes.boosting)
    #expect(try StableJSON.text(of: quantiles) == StableJSON.text(of: expected))
    #expect(rung.losses.all == other.routes.unconditional)
  }

  @Test("Past losses rise with the size and lie above the adverse returns of the mid")
  func history() throws {
    let ladder = try #require(try closeOut().ladder)
    for (smaller, larger) in zip(ladder.rungs, ladder.rungs.dropFirst()) {
      #expect(zip(smaller.losses.all.pooled, larger.losses.all.pooled).allSatisfy { $0 <= $1 })
      #expect(smaller.exhaustedShare <= larger.exhaustedShare)
    }
    let smallest = try #require(ladder.rungs.first)
    #expect(zip(ladder.adverseReturns.all.pooled, smallest.losses.all.pooled).allSatisfy { $0 < $1 })
  }

  @Test("Stressed are a market's days in the top tenth of realised variance per second, rounded up")
  func stressedDays() throws {
    let artefact = try Self.model.get().artefact
    let dataset = try LabeledHistory(
      try Recording(paths: [SimulatedBooks.file], to: SimulatedBooks.split), features: artefact.features,
      task: artefact.task, from: .distantPast, thresholds: .fitted
    ).dataset
    var losses: [Double] = []
    for (index, market) in dataset.markets.enumerated() {
      let stressed = Self.stressedDays(of: market)
      #expect(stressed.count == 1)
      let rows = dataset.rows().filter {
        dataset.marketIndices[$0] == index && stressed.contains(dataset.times[$0].day)
      }
      losses += rows.map { dataset.closeOutLosses[$0] }.filter(\.isFinite)
    }
    #expect(losses.count > 500)
    let expected = GroupQuantiles(of: losses, groups: losses.map { _ in 0 }, groupCount: 1, levels: [0.9, 0.95])
    let own = try #require(artefact.closeOut?.ladder?.rungs[1])
    #expect(own.losses.stressed.pooled == expected.pooled)
    #expect(own.losses.stressed.pooled != own.losses.all.pooled)
  }

  /// The stressed days of a market before the split, read off its books.
  private static func stressedDays(of market: MarketName) -> Set<Int> {
    let quotes = SimulatedBooks.snapshots.compactMap { snapshot in
      snapshot.market == market && snapshot.time < SimulatedBooks.split
        ? snapshot.book.mid.map { (time: snapshot.time, mid: $0) } : nil
    }
    var steps: [Int: [(square: Double, seconds: Double)]] = [:]
    for (before, after) in zip(quotes, quotes.dropFirst()) {
      let change = log(after.mid / before.mid)
      steps[after.time.day, default: []].append((change * change, (after.time - before.time).seconds))
    }
    let rates = steps.mapValues { day in
      day.reduce(0) { $0 + $1.square } / day.reduce(0) { $0 + $1.seconds }
    }
    let count = Int((Double(rates.count) / 10).rounded(.up))
    return Set(rates.sorted { $0.value > $1.value }.prefix(count).map(\.key))
  }

  @Test(
    "A stream's losses fall neither with the size nor with the level, and agree with the quantiles of the task's own")
  func stream() throws {
    var scorer = OnlineScorer(try Self.model.get().artefact, reasonCount: 0)
    var seen = 0
    for snapshot in SimulatedBooks.snapshots.prefix(400) {
      guard case .success(let sides) = scorer.score(snapshot).scores else { continue }
      for score in [sides.sell, sides.buy] {
        seen += 1
        let ladder = try #require(score.closeOutLadder)
        let own = try #require(score.closeOutQuantiles)
        #expect(ladder.map(\.level) == [0.9, 0.95] && own.map(\.level) == [0.9, 0.95])
        for (level, quantile) in zip(ladder, own) {
          #expect(level.rungs.map(\.notional) == [10_000, 100_000, 400_000])
          #expect(level.rungs[1].loss == quantile.loss)
          #expect(zip(level.rungs, level.rungs.dropFirst()).allSatisfy { $0.loss <= $1.loss })
        }
        #expect(zip(ladder[0].rungs, ladder[1].rungs).allSatisfy { $0.loss <= $1.loss })
        if let evidence = score.evidence { #expect(evidence.rungs.map(\.loss) == ladder[1].rungs.map(\.loss)) }
      }
    }
    #expect(seen > 700)
  }

  @Test("The card and the text of the training show every size")
  func texts() throws {
    let stored = try Self.model.get()
    for text in [stored.card, TrainingText(stored.artefact).text()] {
      #expect(text.contains("Sizes of position, over the whole window"))
      for amount in ["10,000", "100,000", "400,000"] { #expect(text.contains(amount)) }
    }
  }
}
