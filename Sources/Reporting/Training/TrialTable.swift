internal import Configuration
internal import ModelStore

/// The trials of a search beside what they must beat, complete ones by loss, discarded ones after them.
struct TrialTable {
  let table: TextTable

  init(_ record: SearchRecord) {
    let start = record.trials.first { $0.number == 1 && $0.isComplete }
    let settings = Self.varied(record.trials)
    var table = TextTable(
      [
        ("trial", .left), ("log loss", .right), ("±", .right), ("to start", .right), ("±", .right),
        ("trees", .right),
      ] + settings.map { ($0.rawValue, TextTable.Alignment.right) })
    let entries =
      record.trials.filter(\.isComplete).map { Entry(name: "\($0.number)", losses: $0.losses, trial: $0) }
      + record.references.map { Entry(name: $0.name, losses: $0.losses, trial: nil) }
    // A stable order: of equal losses the earlier trial, and trials before references.
    let sorted = entries.enumerated().sorted {
      ($0.element.losses.mean, $0.offset) < ($1.element.losses.mean, $1.offset)
    }
    for (_, entry) in sorted {
      table.append(
        [entry.name] + Self.figures(entry.losses, start: start?.losses)
          + (entry.trial.map { Self.facts($0, settings) } ?? []))
    }
    for trial in record.trials where !trial.isComplete {
      table.append(
        ["\(trial.number), discarded after \(trial.losses.losses.count)", Figures.absent, "", "", ""]
          + Self.facts(trial, settings))
    }
    self.table = table
  }

  private struct Entry {
    let name: String
    let losses: FoldLosses
    let trial: TrialRecord?
  }

  /// The settings in which trials differ.
  private static func varied(_ trials: [TrialRecord]) -> [BoostingSetting] {
    BoostingSetting.allCases.filter { setting in
      Set(trials.map { setting.value(in: $0.settings) }).count > 1
    }
  }

  private static func figures(_ losses: FoldLosses, start: FoldLosses?) -> [String] {
    let own = [Figures.decimal(losses.mean, 5), Figures.decimal(losses.standardError, 5)]
    guard let start else { return own + ["", ""] }
    let difference = losses.difference(to: start)
    return own + [Figures.decimal(difference.mean, 5), Figures.decimal(difference.standardError, 5)]
  }

  private static func facts(_ trial: TrialRecord, _ settings: [BoostingSetting]) -> [String] {
    let (least, most) = (trial.trees.min() ?? 0, trial.trees.max() ?? 0)
    return [least == most ? "\(most)" : "\(least)–\(most)"]
      + settings.map { "\($0.value(in: trial.settings))" }
  }
}
