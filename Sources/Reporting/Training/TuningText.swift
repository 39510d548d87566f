public import Configuration
internal import Markets
public import ModelStore
internal import Validation

/// What a search over settings of trees found, for a terminal.
public struct TuningText {
  private let record: SearchRecord
  private let boosting: TrainingConfiguration.Boosting
  private let best: TrialRecord

  /// Creates the text of a search that started from some settings; nil when it finished no trial.
  public init?(_ record: SearchRecord, startingFrom boosting: TrainingConfiguration.Boosting) {
    guard let best = record.trials.best else { return nil }
    self.record = record
    self.boosting = boosting
    self.best = best
  }

  /// The rows that were judged, the trials beside what they must beat, the best one's folds and its settings.
  public func text() -> String {
    """
    \(title) · search over the trees of model \(record.name), \(record.from) to \(record.to)
    \(counts)\(verdict)

    \(title) · trials by walk-forward log loss
    \(TrialTable(record).table.text())\(notes)

    \(title) · log loss by fold
    \(folds.text())
    \(conclusion)

    \(settings())
    """
  }

  /// The best settings as a section of a training configuration.
  public func settings() -> String {
    let share =
      "\(Figures.count(record.judged.evidence.positives)) of \(Figures.count(record.judged.rows)) rows positive"
    return """
      # \(title): trial \(best.number) of shortfall tune, walk-forward log loss \(Self.loss(best.losses)), \(share)
      \(boosting.with(learner: best.settings).yaml)
      """
  }

  /// How a trial did that has just been finished, and what is best so far.
  public static func progress(_ trial: TrialRecord, best: TrialRecord) -> String {
    let result =
      trial.isComplete
      ? loss(trial.losses) : "discarded after \(trial.losses.losses.count) of \(trial.folds) folds"
    return "trial \(trial.number): \(result), best \(loss(best.losses)) (trial \(best.number))"
  }

  static func loss(_ losses: FoldLosses) -> String {
    Figures.decimal(losses.mean, 5) + " ± " + Figures.decimal(losses.standardError, 5)
  }

  private var title: String { record.provenance.rawValue }

  private var counts: String {
    let (judged, evidence) = (record.judged, record.judged.evidence)
    return
      "\(Figures.count(judged.rows)) onset rows, \(Figures.count(evidence.positives)) positive, \(Figures.count(evidence.episodes)) episodes on \(Figures.count(evidence.days)) days, in \(judged.folds) walk-forward folds"
  }

  private var verdict: String {
    record.judged.evidence.isSufficient ? "" : "\n\(record.judged.evidence)"
  }

  private var notes: String {
    let discarded = record.trials.count { !$0.isComplete }
    return
      "± is one standard error over the folds. A trial is discarded after half of the folds when its loss on them is more than \(Figures.percent(record.discardMargin, 0)) above the best one's: \(discarded) of \(record.trials.count). Repeated draws left out: \(record.repeats)."
  }

  private var folds: TextTable {
    var table = TextTable(
      [("", .left)] + (1...max(1, record.judged.folds)).map { ("fold \($0)", TextTable.Alignment.right) })
    func append(_ name: String, _ losses: FoldLosses) {
      table.append([name] + losses.losses.map { Figures.decimal($0, 5) })
    }
    append("best, trial \(best.number)", best.losses)
    if let start, start != best { append("start, trial \(start.number)", start.losses) }
    for reference in record.references { append(reference.name, reference.losses) }
    table.append(["rows"] + best.losses.rows.map(Figures.count))
    return table
  }

  /// The first trial, unless it is not complete.
  private var start: TrialRecord? { record.trials.first { $0.number == 1 && $0.isComplete } }

  private var conclusion: String {
    var parts = ["best: trial \(best.number)"]
    if let start { parts.append(start == best ? "the start itself" : distance(to: start.losses, "the start")) }
    parts += record.references.map { distance(to: $0.losses, $0.name) }
    let complete = record.trials.count(where: \.isComplete)
    return parts.joined(separator: "; ")
      + (complete > 1
        ? "\nThe least of \(Figures.count(complete)) losses that chance has a part in is flattered: only later books can tell."
        : "")
  }

  /// How far the best trial lies below or above other losses, in standard errors of the difference.
  private func distance(to other: FoldLosses, _ name: String) -> String {
    let difference = best.losses.difference(to: other)
    let side = difference.mean > 0 ? "above" : "below"
    let text = "\(Figures.decimal(abs(difference.mean), 5)) \(side) \(name)"
    guard let error = difference.standardError, error > 0 else { return text }
    return text + " (\(Figures.decimal(abs(difference.mean) / error, 1)) standard errors of the difference)"
  }
}
