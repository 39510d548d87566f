import Configuration
import Learning
import ModelStore
import Testing
import Workflows

@Suite("The pick of a family")
struct FamilyPickTests {
  private func scores(_ losses: [Double]) -> [FamilyScore] {
    zip(ModelFamily.allCases, losses).map { FamilyScore(family: $0, foldLosses: [$1], foldRows: [1]) }
  }

  @Test(
    "Under best it is the simplest within the margin of the least loss, the margin itself included",
    arguments: [
      // Least 0.2: up to 0.202 counts as equal to it.
      (0.01, [0.203, 0.2021, 0.2], ModelFamily.blend),
      (0.01, [0.203, 0.2019, 0.2], .boosting),
      (0.01, [0.2019, 0.2, 0.2019], .logistic),
      (0.5, [0.75, 0.625, 0.5], .logistic),
      (0.25, [0.75, 0.625, 0.5], .boosting),
      (0.0, [0.2, 0.2, 0.2], .logistic),
      (0.0, [0.21, 0.2, 0.2], .boosting),
      (0.0, [0.21, 0.22, 0.2], .blend),
      (1.0, [0.41, 0.4, 0.2], .boosting),
    ])
  func best(_ margin: Double, _ losses: [Double], _ expected: ModelFamily) {
    #expect(FamilyPick.family(.best(margin: margin), from: scores(losses)) == expected)
  }

  @Test("A named family is picked whatever it gave", arguments: ModelFamily.allCases)
  func named(_ family: ModelFamily) {
    #expect(FamilyPick.family(.one(family), from: scores([0.3, 0.2, 0.4])) == family)
  }
}

@Suite("The weight of a blend")
struct BlendSearchTests {
  @Test("A part that knows the outcomes gets all the weight, either way round")
  func oneSided() throws {
    let outcomes = [true, false, true, false]
    let knowing = outcomes.map { $0 ? 3.0 : -3 }
    let blind = [0.0, 0, 0, 0]
    #expect(try #require(BlendSearch(linear: blind, boosted: knowing, outcomes: outcomes)).best == 1)
    #expect(try #require(BlendSearch(linear: knowing, boosted: blind, outcomes: outcomes)).best == 0)
  }

  @Test("Two parts that err in opposite ways are mixed, by hand")
  func mixed() throws {
    // The linear log-odds are right for the first pair and mute for the second, the trees' the other way round; with equal
    // weights every row has log-odds of ±1, and the loss is convex and symmetric in the weight.
    let outcomes = [true, false, true, false]
    let search = try #require(
      BlendSearch(linear: [2, -2, 0, 0], boosted: [0, 0, 2, -2], outcomes: outcomes))
    #expect(search.best == 0.5)
    #expect(search.scores.map(\.boostedWeight) == BlendSearch.weights)
    #expect(BlendSearch.weights.count == 11 && BlendSearch.weights.first == 0 && BlendSearch.weights.last == 1)
    let loss = LogLoss.value(logOdds: 1, outcome: true)
    #expect(abs(search.scores[5].logLoss - loss) < 1e-12)
    for (low, high) in zip(search.scores, search.scores.reversed()) { #expect(abs(low.logLoss - high.logLoss) < 1e-12) }
  }

  @Test("Equal losses give the weight that leans on the simpler part")
  func ties() throws {
    let search = try #require(BlendSearch(linear: [1, -1], boosted: [1, -1], outcomes: [true, false]))
    #expect(search.best == 0)
  }

  @Test("Rows of one outcome, or none, tell no weight")
  func nothingToTell() {
    #expect(BlendSearch(linear: [1, 2], boosted: [0, 0], outcomes: [false, false]) == nil)
    #expect(BlendSearch(linear: [1, 2], boosted: [0, 0], outcomes: [true, true]) == nil)
    #expect(BlendSearch(linear: [], boosted: [], outcomes: []) == nil)
  }
}
