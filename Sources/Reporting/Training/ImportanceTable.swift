internal import ModelStore

/// The columns that help trees most to lower the training objective.
struct ImportanceTable {
  let table: TextTable

  init(_ importances: [ColumnImportance], atMost count: Int = 15) {
    var table = TextTable([("column", .left), ("share of gain", .right), ("splits", .right)])
    for importance in importances.prefix(count) {
      table.append([
        importance.name, Figures.percent(importance.gainShare, 1), Figures.count(importance.splits),
      ])
    }
    self.table = table
  }
}
