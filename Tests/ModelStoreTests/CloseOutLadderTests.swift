import Boosting
import Foundation
import Learning
import ModelStore
import Testing
import Validation

@Suite("A stored ladder of sizes of position")
struct CloseOutLadderTests {
  private static let levels = [0.9, 0.95]

  /// Boosted quantiles whose log is the centre of the group, −5 or −6, with these bases.
  private static func quantiles(_ bases: [Double], levels: [Double] = levels) throws -> RouteQuantiles {
    let columns = try TinyModel.artefact().inputs.names
    return .boosting(
      CorrectedQuantiles(
        model: BoostedQuantiles(
          centres: GroupCentres(groups: [-5, -6], pooled: -5.5),
          ensembles: try bases.map { try #require(TreeEnsemble(columnNames: columns, base: $0, trees: [])) }),
        corrections: try levels.map { try #require(ConformalQuantile(level: $0, offset: 0, count: 500)) }))
  }

  private static func history(_ pooled: [Double] = [0.01, 0.02]) -> GroupHistory {
    let quantiles = GroupQuantiles(groups: [[0.03, 0.04], []], pooled: pooled)
    return GroupHistory(all: quantiles, stressed: quantiles)
  }

  /// A ladder of these sizes; the one without bases is the task's own.
  private static func ladder(
    _ sizes: [(notional: Double, bases: [Double]?)], share: Double = 0, pooled: [Double] = [0.01, 0.02],
    levels: [Double] = levels
  ) throws -> CloseOutLadder {
    CloseOutLadder(
      rungs: try sizes.map { notional, bases in
        CloseOutRung(
          notional: notional, quantiles: try bases.map { try quantiles($0, levels: levels) }, losses: history(pooled),
          exhaustedShare: share)
      }, adverseReturns: history())
  }

  @Test("By hand: larger sizes are raised to the task's own, smaller lowered to it, and its own stays")
  func rising() {
    #expect(CloseOutLadder.rising([3, 1, 2, 1.5, 4], around: 2) == [1, 1, 2, 2, 4])
    #expect(CloseOutLadder.rising([5, 6, 7], around: 0) == [5, 6, 7])
    #expect(CloseOutLadder.rising([9, 8, 7], around: 2) == [7, 7, 7])
    #expect(CloseOutLadder.rising([9, 8, 7], around: 0) == [9, 9, 9])
    #expect(CloseOutLadder.rising([1], around: 0) == [1])
  }

  @Test("Quantiles fall neither with the level nor with the notional, and the task's own are given back unchanged")
  func quantiles() throws {
    let ladder = try Self.ladder([(10, [0.5, 2]), (100, nil), (1_000, [0, 0.25])])
    #expect(ladder.notionals == [10, 100, 1_000] && ladder.ownRung == 1)
    let own = [exp(-4), exp(-3.5)]
    let said = ladder.quantiles(of: [1, 0].span, group: 0, own: own)
    #expect(said[1] == own)
    // The smaller: −4.5 stays, −3 is lowered; the larger: −5 and −4.75 are raised.
    #expect(abs(said[0][0] / exp(-4.5) - 1) < 1e-12)
    #expect(said[0][1] == own[1] && said[2] == own)
    #expect(said.allSatisfy { $0[0] <= $0[1] })
  }

  @Test("By hand: the quantiles of stressed days, and those of all days for a group without any")
  func history() {
    let losses = (1...10).map(Double.init)
    let history = GroupHistory(
      of: losses, groups: losses.map { $0 <= 4 ? 0 : 1 }, stressed: losses.map { $0 >= 8 }, groupCount: 2,
      levels: [0.5, 0.95])
    #expect(history.all[0] == [2, 4] && history.all[1] == [7, 10] && history.all.pooled == [5, 10])
    #expect(history.stressed[0] == [2, 4])
    #expect(history.stressed[1] == [9, 10] && history.stressed.pooled == [9, 10])
    let calm = GroupHistory(
      of: losses, groups: losses.map { _ in 0 }, stressed: losses.map { _ in false },
      groupCount: 1, levels: [0.5])
    #expect(calm.stressed == calm.all)
  }

  @Test("A model with a ladder comes back from its files unchanged, and one without is read as before")
  func roundTrip() throws {
    for ladder in [try Self.ladder([(10, [0, 1]), (100, nil)]), nil] {
      let stored = try LadderModel.stored(ladder)
      let loaded = try withTemporaryFolder { folder in
        try StoredModel.load(try ModelRepository(directory: folder).save(stored)).artefact
      }
      let text = try StableJSON.text(of: loaded)
      #expect(try text == StableJSON.text(of: stored.artefact))
      #expect(text.contains("\"ladder\"") == (ladder != nil))
    }
  }

  @Test("Parts that do not fit together are refused when the model is loaded")
  func inconsistency() throws {
    let broken = [
      try Self.ladder([]), try Self.ladder([(10, [0, 1])]), try Self.ladder([(100, nil), (200, nil)]),
      try Self.ladder([(100, nil), (10, [0, 1])]), try Self.ladder([(100, nil), (100, [0, 1])]),
      try Self.ladder([(0, [0, 1]), (100, nil)]), try Self.ladder([(10, [0]), (100, nil)]),
      try Self.ladder([(10, [0, 1]), (100, nil)], levels: [0.9, 0.99]),
      try Self.ladder([(100, nil)], share: 1.5), try Self.ladder([(100, nil)], pooled: [0.01]),
      // The task closes 100.
      try Self.ladder([(50, nil), (100, [0, 1])]),
    ]
    for (number, ladder) in broken.enumerated() {
      try withTemporaryFolder { folder in
        let path = try ModelRepository(directory: folder).save(try LadderModel.stored(ladder))
        #expect(throws: StoreFailure.self, "ladder \(number)") { try StoredModel.load(path) }
      }
    }
  }

  @Test("A route that is not the chosen one, and a key that is not the route's, are refused")
  func strayRoute() throws {
    let quantiles = try Self.quantiles([0, 1])
    let text = try StableJSON.text(of: quantiles)
    let read = try JSONDecoder().decode(RouteQuantiles.self, from: Data(text.utf8))
    #expect(read.route == .boosting)
    for (found, wrong) in [("\"boosting\" :", "\"scale\" :"), (": \"boosting\"", ": \"unconditional\"")] {
      #expect(throws: DecodingError.self) {
        try JSONDecoder().decode(RouteQuantiles.self, from: Data(text.replacing(found, with: wrong).utf8))
      }
    }
    let other = try LadderModel.stored(try Self.ladder([(10, [0, 1]), (100, nil)]), chosen: .scale)
    try withTemporaryFolder { folder in
      let path = try ModelRepository(directory: folder).save(other)
      #expect(throws: StoreFailure.self) { try StoredModel.load(path) }
    }
  }
}
