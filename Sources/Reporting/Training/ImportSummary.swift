internal import Boosting
internal import MarketData
internal import Markets
internal import ModelStore

/// Where the parts of an imported model come from, in words and tables.
struct ImportSummary {
  private let record: ImportRecord
  private let ensemble: TreeEnsemble?

  init(_ record: ImportRecord, _ classifier: ShortfallClassifier) {
    self.record = record
    ensemble = classifier.boosted?.ensemble
  }

  /// What the classifier is.
  var family: String {
    "Gradient boosting of \(Figures.count(ensemble?.trees.count ?? 0)) trees, trained elsewhere and imported"
  }

  /// The file that the trees were read from.
  var file: String {
    let columns =
      switch record.matching {
      case .byName: "columns matched by name"
      case .inOrder: "columns without names, taken in the order of the inputs"
      }
    return "trees: \(format) \(record.file.name), SHA-256 \(record.file.sha256), \(columns)"
  }

  /// What everything but the trees was taken from.
  var template: String {
    let template = record.template
    return """
      task, thresholds, features, inputs, groups and baselines: model \(template.name), trained \(template.from) to \
      \(template.to)
      """
  }

  /// What stands in the place of a gate's decision.
  var gate: String { "not judged: nothing here has validated, calibrated or tested the trees" }

  /// The columns that the trees ask.
  var importances: TextTable {
    ImportanceTable(ensemble.map(ModelStore.ColumnImportance.byGain) ?? []).table
  }

  /// The section of a card.
  var section: String {
    """
    ## Imported classifier

    \(sentence(file)).

    \(FileTable([record.file]).table.text(.markdown))
    Gate: \(gate). There is no walk-forward, and what data the trees have seen is not known here.

    \(importances.text(.markdown))
    ## Taken from another model

    \(sentence(template)).

    \(FileTable(record.template.files).table.text(.markdown))
    """
  }

  private var format: String {
    switch record.format {
    case .lightGBM: "LightGBM text model"
    }
  }

  private func sentence(_ text: String) -> String { text.prefix(1).uppercased() + text.dropFirst() }
}
