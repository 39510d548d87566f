internal import Boosting
internal import Learning
public import ModelStore
internal import Reporting

/// The trees of a stored model for another program, with what a reader of them must know.
public struct TreeExport: Sendable {
  /// What of a model is written.
  public enum Part: String, CaseIterable, Sendable {
    /// The whole classifier, which must be trees.
    case whole
    /// The trees, alone or out of a blend.
    case boosted
  }

  private let artefact: ModelArtefact
  private let classifier: BoostedClassifier

  /// Takes the trees out of a model.
  ///
  /// - Throws: `InterchangeFailure` when the model is a logistic regression, or a blend of which the whole is asked.
  public init(_ artefact: ModelArtefact, part: Part) throws(InterchangeFailure) {
    self.artefact = artefact
    switch (artefact.classifier, part) {
    case (.boosted(let trees), _): classifier = trees
    case (.blend(let blend), .boosted): classifier = blend.boosted
    case (.blend, .whole): throw .blend(model: artefact.name)
    case (.linear, _): throw .noTrees(model: artefact.name)
    }
  }

  /// The trees as LightGBM's text model, whose raw score is their log-odds before calibration.
  public func lightGBM() -> String { LightGBMText.text(of: classifier) }

  /// What the columns are, and what of the model is not written.
  public var notes: [String] {
    let count = Figures.count(classifier.ensemble.trees.count)
    var notes = [
      "\(count) trees over the \(classifier.columnCount) inputs of \(artefact.name), in their order; 'shortfall features --model' writes what they read"
    ]
    let depths = artefact.inputs.columns.filter(\.isLogDepth).map(\.name)
    if !depths.isEmpty {
      notes.append(
        "relative to the log of the threshold of their market and side, and at least \(artefact.inputs.floor): \(depths.joined(separator: ", "))"
      )
    }
    if artefact.calibrator != .identity {
      notes.append("not written: the calibrator, which turns these log-odds into the model's probability")
    }
    if case .blend(let blend) = artefact.classifier {
      notes.append(
        "not written: the logistic regression, to which the blend gives \(Figures.percent(1 - blend.boostedWeight, 0)) of the weight"
      )
    }
    return notes
  }
}
