import Learning
import LinearModels
import Testing

@Suite("Penalty search")
struct PenaltySearchTests {
  private let examples = seededExamples(rows: 1_200)
  private let splits = (1...3).map { fold in
    RowSplit(train: Array(0..<(fold * 300)), test: Array((fold * 300)..<(fold * 300 + 300)))
  }
  private let penalties = [0.01, 1, 100, 10_000]

  private func run(_ rule: PenaltySearch.Rule, splits: [RowSplit]? = nil) throws -> PenaltyChoice {
    try PenaltySearch(penalties: penalties, rule: rule)
      .run(examples, splits: splits ?? self.splits, design: .standard, configuration: .standard)
  }

  /// The search beside separate cold fits, split by split.
  @Test func lossesAreThoseOfSeparateFits() throws {
    let choice = try run(.leastLoss)
    #expect(choice.table.map(\.penalty) == [10_000, 100, 1, 0.01])
    for score in choice.table {
      var losses: [Double] = []
      for split in splits {
        let fit = try LogisticRegression(configuration: LogisticConfiguration(penalty: score.penalty))
          .fit(examples.selecting(rows: split.train))
        let test = examples.selecting(rows: split.test)
        let logOdds = fit.model.logOdds(of: test.matrix, groups: test.groups)
        let sum = zip(logOdds, test.outcomes).reduce(0) { $0 + LogLoss.value(logOdds: $1.0, outcome: $1.1) }
        losses.append(sum / 300)
      }
      #expect(distance(score.splitLosses, losses) < 1e-9)
      #expect(abs(score.meanLoss - losses.reduce(0, +) / 3) < 1e-9)
    }
  }

  @Test func chosenPenaltyHasTheLeastLossAndItsOwnLogOdds() throws {
    let choice = try run(.leastLoss)
    let least = choice.table.map(\.meanLoss).min()
    #expect(choice.table.first { $0.meanLoss == least }?.penalty == choice.penalty)
    #expect(choice.rows == Array(300..<1_200))
    var sum = 0.0
    for (row, logOdds) in zip(choice.rows, choice.logOdds) {
      sum += LogLoss.value(logOdds: logOdds, outcome: examples.outcomes[row])
    }
    #expect(abs(sum / 900 - (least ?? .nan)) < 1e-12)
  }

  @Test func oneStandardErrorChoosesNoSmallerPenalty() throws {
    let (least, careful) = (try run(.leastLoss), try run(.oneStandardError))
    #expect(careful.penalty >= least.penalty)
    let best = try #require(least.table.min { $0.meanLoss < $1.meanLoss })
    let chosen = try #require(careful.table.first { $0.penalty == careful.penalty })
    #expect(chosen.meanLoss <= best.meanLoss + (best.standardError ?? 0))
  }

  /// Without columns that say anything every penalty gives the same fit, and the largest is chosen.
  @Test func tieGoesToTheLargerPenalty() throws {
    let silent = TrainingExamples(
      matrix: FeatureMatrix(rowCount: 1_200, columnCount: 1, values: [Double](repeating: 3, count: 1_200)),
      groups: examples.groups, outcomes: examples.outcomes, clusters: examples.clusters)
    let choice = try PenaltySearch(penalties: penalties)
      .run(silent, splits: splits, design: .standard, configuration: .standard)
    #expect(choice.penalty == 10_000)
  }

  @Test func splitWithoutBothOutcomesIsSkippedAndNamed() throws {
    let quiet = (0..<1_200).filter { !examples.outcomes[$0] }
    let choice = try run(.leastLoss, splits: [RowSplit(train: quiet, test: [0, 1])] + splits)
    #expect(choice.skippedSplits == [0])
    let whole = try run(.leastLoss)
    #expect(choice.penalty == whole.penalty)
    #expect(throws: FitFailure.noUsableSplit) {
      try run(.leastLoss, splits: [RowSplit(train: quiet, test: [0]), RowSplit(train: Array(0..<300), test: [])])
    }
  }
}
