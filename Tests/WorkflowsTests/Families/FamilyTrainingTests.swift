import Boosting
import Configuration
import Features
import Learning
import Margining
import Markets
import ModelStore
import Sampling
import TestRecordings
import Testing
import Validation
import Workflows

@Suite("Training each family on simulated books")
struct FamilyTrainingTests {
  private static func train(_ text: String, threads: Int = 2) throws -> StoredModel {
    try NightlyTraining(try TrainingConfiguration(yaml: text, file: "simulated.yaml"), threads: threads).run(
      recording: try Recording(paths: [SimulatedBooks.file], to: SimulatedBooks.split), to: SimulatedBooks.split)
  }

  /// Trees alone, trained once for several tests.
  private static let boosted = Result { try train(SimulatedBooks.training(family: "boosting")) }

  @Test(
    "a model of each family with trees trains, saves, loads, evaluates, scores and recommends",
    arguments: [ModelFamily.boosting, .blend])
  func wholePath(_ family: ModelFamily) throws {
    let made =
      family == .boosting ? try Self.boosted.get() : try Self.train(SimulatedBooks.training(family: family.rawValue))
    #expect(made.artefact.classifier.family == family)
    let directory = Scratch.path(family.rawValue)
    _ = try NightlyTraining.publish(made, in: directory)
    let artefact = try StoredModel.load(directory).artefact
    let training = artefact.training
    #expect(training.families.picked == artefact.classifier.family)
    #expect((training.linear != nil) == (artefact.classifier.linear != nil))
    #expect((training.boosting != nil) == (artefact.classifier.boosted != nil))
    #expect((training.blend != nil) == (artefact.classifier.family == .blend))

    let recording = try Recording(paths: [SimulatedBooks.file])
    let scored = try ScoredRecording(artefact, recording: recording, from: SimulatedBooks.split)
    let report = try ModelEvaluation.report(
      on: scored, of: artefact, bootstrap: DayBlockBootstrap(resamples: 20, seed: 1))
    #expect(try #require(report.overall.onset.model.rocArea.value) > 0.6)

    var scorer = OnlineScorer(artefact, reasonCount: 3)
    var sums = 0
    for snapshot in SimulatedBooks.snapshots.prefix(600) {
      guard case .success(let scores) = scorer.score(snapshot).scores else { continue }
      for score in [scores.sell, scores.buy] {
        let sum = score.reasons.reduce(score.base + score.otherReasons) { $0 + $1.contribution }
        #expect(abs(sum - score.logOdds) < 1e-9)
        #expect(abs(sigmoid(score.logOdds) - score.probability.value) < 1e-9)
        sums += 1
      }
    }
    #expect(sums > 500)

    let policy = try MarginPolicy(yaml: Self.policy, file: "policy.yaml")
    let recommendation = try MarginRecommendation.run(
      artefact, policy: policy, recording: try Recording(paths: [SimulatedBooks.file], to: SimulatedBooks.split))
    #expect(recommendation.lines.count == 12)
    #expect(recommendation.lines.allSatisfy { $0.probability != nil && !$0.reasons.isEmpty })
  }

  private static let policy = """
    multiplier: {target: 0.01}
    hysteresis: {raiseAbove: 0.05, releaseBelow: 0.02}
    rateLimits: {up: 0.05, down: 0.005}
    bounds: {floor: 0.004, cap: 0.06}
    default:
      tiers:
        - {notional: 0, maintenance: 0.01}
        - {notional: 100000, maintenance: 0.025}
    """

  @Test("1, 2 and 4 threads give the same bytes, rows and columns drawn and growing ended early")
  func threads() throws {
    let text = SimulatedBooks.training(
      family: "best",
      boosting: """
        {rounds: 20, leaves: 6, bins: 31, minimumRows: 30, rowShare: 0.7, columnShare: 0.5,
          earlyStopping: {share: 0.3, patience: 5}}
        """)
    let models = try [1, 2, 4].map { try Self.train(text, threads: $0) }
    let bytes = try StableJSON.text(of: models[0].artefact)
    for model in models {
      #expect(try StableJSON.text(of: model.artefact) == bytes)
      #expect(model.card == models[0].card)
    }
    #expect(try #require(models[0].artefact.training.families.scores.last).logLoss > 0)
  }

  @Test("the catalogue's directions constrain the trees, and none constrains nothing")
  func constraints() throws {
    let constrained = try Self.boosted.get().artefact
    let boosting = try #require(constrained.training.boosting)
    let signs = Dictionary(uniqueKeysWithValues: zip(constrained.inputs.names, boosting.constraints))
    #expect(signs["depth_100bp"] == .decreasing && signs["depth_minimum_100bp_1h"] == .decreasing)
    #expect(signs["ewma_volatility_fast"] == .increasing)
    for (column, sign) in zip(constrained.inputs.columns, boosting.constraints) {
      #expect(sign.rawValue == constrained.schema.definitions[column.position].direction.rawValue)
    }
    let free = try Self.train(
      SimulatedBooks.training(family: "boosting", boosting: "{rounds: 5, bins: 31, monotone: none}"))
    let unconstrained = try #require(free.artefact.training.boosting)
    #expect(unconstrained.constraints.allSatisfy { $0 == .none } && unconstrained.rounds == 5)
  }

  @Test("more depth never means more risk: 10,000 random pairs through the stored model")
  func monotone() throws {
    let artefact = try Self.boosted.get().artefact
    let signs = try #require(artefact.training.boosting).constraints
    var generator = SeededGenerator(seed: 3)
    var moved = 0
    for _ in 0..<10_000 {
      let row = signs.map { _ in 3 * generator.normal() }
      let column = generator.index(below: signs.count)
      var other = row
      other[column] += abs(3 * generator.normal())
      let change =
        artefact.classifier.logOdds(of: other.span, group: 0) - artefact.classifier.logOdds(of: row.span, group: 0)
      #expect(Double(signs[column].rawValue) * change >= 0)
      if change != 0 { moved += 1 }
    }
    #expect(moved > 1_000)
  }

  @Test("growing that ends early keeps fewer rounds, and the record says how many rows told so")
  func earlyStopping() throws {
    let artefact = try Self.train(
      SimulatedBooks.training(
        family: "boosting",
        boosting:
          "{rounds: 400, learningRate: 0.5, bins: 31, minimumRows: 20, earlyStopping: {share: 0.3, patience: 3}}")
    ).artefact
    let boosting = try #require(artefact.training.boosting)
    let stop = try #require(boosting.stopping)
    #expect(boosting.rounds < 400 && boosting.rounds == artefact.classifier.boosted?.ensemble.trees.count)
    #expect(stop.grownRounds <= boosting.rounds + 3)
    #expect(stop.fittedRows + stop.watchedRows <= artefact.training.rows && stop.watchedPositives > 0)
    #expect(boosting.losses.last?.round == boosting.rounds)
  }
}
