internal import Foundation
internal import Learning

/// Task K1's rows: the product as it is and kept monotone beside the peers, small trees and large ones.
func recordedRiskSection(folder: URL, peers: Peers) throws {
  guard let recorded = RecordedSet.folder else {
    return show("\nTASK K1, REAL: skipped, because there is no recorded set; see SHORTFALL_RECORDED_DATA")
  }
  progress("reading the recorded books")
  let risk = try RecordedRisk(folder: recorded)
  let train = ExamplesFolder(path: folder.appendingPathComponent("recorded-train"))
  let test = ExamplesFolder(path: folder.appendingPathComponent("recorded-test"))
  try train.write(risk.train)
  try train.write(risk.constraints)
  try test.write(risk.test)
  show(
    """

    TASK K1, REAL: \(risk.train.matrix.columnCount) columns; \(risk.train.count) training rows before \(RecordedRisk.cut), \
    \(risk.train.positiveCount) positive; \(risk.test.count) test rows, \(risk.test.positiveCount) positive
    """)
  let recipes = [
    Recipe(rounds: 150, leaves: 4, learningRate: 0.05), Recipe(rounds: 100, leaves: 15, learningRate: 0.03),
    Recipe(rounds: 60, leaves: 63, learningRate: 0.03),
  ]
  for recipe in recipes {
    let contest = TrainingContest(train: train, test: test, recipe: recipe, threads: 2, peers: peers, scratch: folder)
    let standings = try contest.standings(
      of: [.product, .monotoneProduct, .lightGBM, .leafWiseXGBoost], turns: 1)
    show("\n\(recipe.text)\n\n" + TrainingTable(standings: standings).text)
  }
}
