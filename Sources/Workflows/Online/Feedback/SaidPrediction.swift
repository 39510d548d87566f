internal import Checkpoints
internal import Markets

/// What was said of one side at an instant whose outcome is awaited.
struct SaidPrediction: Sendable {
  /// The probability of a depth shortfall.
  let probability: Probability
  /// The same as recalibrated; nil when it was not.
  let recalibrated: Probability?
  /// The model's quantiles, one list of levels for each size; empty for a model without them.
  let fixed: [[Double]]
  /// The adapted quantiles, in the same form.
  let adapted: [[Double]]
}

extension SaidPrediction: StateValue {
  init(from archive: inout StateArchive) throws(StateFault) {
    guard let probability = Probability(try Double(from: &archive)) else {
      throw StateFault("a probability is out of its range")
    }
    self.probability = probability
    recalibrated = try Double?(from: &archive).flatMap { Probability($0) }
    fixed = try [[Double]](from: &archive)
    adapted = try [[Double]](from: &archive)
  }

  func write(to archive: inout StateArchive) {
    probability.value.write(to: &archive)
    recalibrated.map(\.value).write(to: &archive)
    fixed.write(to: &archive)
    adapted.write(to: &archive)
  }
}
