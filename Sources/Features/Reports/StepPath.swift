import Checkpoints

/// What happened over a run of snapshots: the step that leads to the first, kept apart, and the steps inside.
///
/// A step is what happened between one snapshot with a mid and the next; the first snapshot of a stream has none.
struct StepPath<Inside: WindowSummary>: WindowSummary {
  typealias Element = Inside.Element?

  private let entry: Inside?
  /// The steps inside the run; nil without any.
  private(set) var steps: Inside?

  init(_ step: Inside.Element?) {
    entry = step.map(Inside.init)
  }

  func joined(with later: StepPath) -> StepPath {
    var path = self
    path.add(later.entry)
    path.add(later.steps)
    return path
  }

  private mutating func add(_ part: Inside?) {
    guard let part else { return }
    steps = steps?.joined(with: part) ?? part
  }
}
