/// Why a window gives no model.
public enum TrainingFailure: Error, Sendable {
  /// No snapshot lies in the window.
  case noSnapshots
  /// The configuration names features that its own settings do not produce.
  case unknownInputs([String])
  /// Rows of one outcome only: `positives` of `rows`.
  case oneOutcome(rows: Int, positives: Int)
  /// No fold has training rows of both outcomes before it and rows of its own.
  case noFold
  /// The fit failed; the text is the solver's.
  case fit(String)
  /// The calibration failed; the text says why.
  case calibration(String)
  /// Quantiles of the close-out loss could not be learned; the text says why.
  case closeOut(String)
  /// The walk-forward is not well defined; the text says why.
  case walkForward(String)
}

extension TrainingFailure: CustomStringConvertible {
  /// The failure in one sentence.
  public var description: String {
    switch self {
    case .noSnapshots: "no snapshot lies in the training window"
    case .unknownInputs(let names):
      "model.inputs: no such feature under these settings: \(names.joined(separator: ", ")); 'shortfall features --describe' lists them"
    case .oneOutcome(let rows, let positives):
      "\(positives) of \(rows) training rows are positive; a model needs rows of both outcomes"
    case .noFold: "no walk-forward fold has training rows of both outcomes; the window is too short for it"
    case .fit(let reason): "the fit failed: \(reason)"
    case .calibration(let reason): "the calibration failed: \(reason)"
    case .closeOut(let reason): "closeOutQuantile: \(reason)"
    case .walkForward(let reason): "the walk-forward: \(reason)"
    }
  }
}
