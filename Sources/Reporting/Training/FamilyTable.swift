internal import Learning
internal import ModelStore

/// The families of model that were judged on the same walk-forward folds.
struct FamilyTable {
  let table: TextTable
  /// Which of them is stored, and by which rule.
  let pick: String

  init(_ comparison: FamilyComparison) {
    var table = TextTable([
      ("family", .left), ("log loss", .right), ("standard error", .right), ("positives", .right), ("rows", .right),
    ])
    for score in comparison.scores {
      table.append([
        score.family.rawValue, Figures.decimal(score.logLoss, 5), Figures.decimal(score.standardError, 5),
        Figures.count(comparison.positives), Figures.count(comparison.rows),
      ])
    }
    self.table = table
    let rule =
      comparison.margin.map { "the simplest whose log loss is at most \(Figures.percent($0)) above the least" }
      ?? "as the configuration says"
    pick = "picked: \(comparison.picked.rawValue), \(rule)"
  }
}
