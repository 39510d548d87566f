internal import Validation

/// Quantiles of the close-out loss by both routes, with the baseline they are judged beside.
public struct CloseOutModel: Codable, Sendable {
  /// The levels, rising, each above 0 and below 1.
  public let levels: [Double]
  /// The least loss that the models know, as a fraction of notional; smaller and negative ones count as this.
  public let lossFloor: Double
  /// What both routes read of a feature row.
  public let inputs: ModelInputs
  /// Both routes and the baseline.
  public let routes: CloseOutRoutes
  /// Other sizes of position and the past; nil in a model that was stored before there were any.
  public let ladder: CloseOutLadder?
  /// How it came about.
  public let record: CloseOutRecord

  /// Creates a model.
  public init(
    levels: [Double], lossFloor: Double, inputs: ModelInputs,
    routes: CloseOutRoutes, ladder: CloseOutLadder? = nil, record: CloseOutRecord
  ) {
    self.levels = levels
    self.lossFloor = lossFloor
    self.inputs = inputs
    self.routes = routes
    self.ladder = ladder
    self.record = record
  }

  /// The route that scoring uses: of the lower pinball loss in the walk-forward.
  public var chosen: CloseOutRoute { record.walkForward.chosen }
}

/// How a model of close-out losses came about.
public struct CloseOutRecord: Codable, Hashable, Sendable {
  /// Rows of known loss in the training window.
  public let rows: Int
  /// Rows that the models were fitted to.
  public let fittedRows: Int
  /// Later rows that the corrections were found on.
  public let calibrationRows: Int
  /// The number of walk-forward folds that both routes were judged on.
  public let folds: Int
  /// The scores of the walk-forward.
  public let walkForward: CloseOutEvaluation

  /// Creates a record.
  public init(rows: Int, fittedRows: Int, calibrationRows: Int, folds: Int, walkForward: CloseOutEvaluation) {
    self.rows = rows
    self.fittedRows = fittedRows
    self.calibrationRows = calibrationRows
    self.folds = folds
    self.walkForward = walkForward
  }
}

extension CloseOutModel {
  /// What does not fit together, in words; nil when scoring cannot leave a list's range.
  var inconsistency: String? {
    guard !levels.isEmpty, levels.allSatisfy({ $0 > 0 && $0 < 1 }), zip(levels, levels.dropFirst()).allSatisfy(<)
    else { return "the levels of the close-out quantiles must rise within (0, 1)" }
    guard lossFloor > 0, lossFloor.isFinite else { return "the floor of the close-out loss must be above zero" }
    guard CloseOutRoute.conditional.contains(chosen) else { return "the baseline cannot be the chosen route" }
    if let wrong = routes.inconsistency(levels: levels, inputs: inputs) { return wrong }
    return ladder?.inconsistency(levels: levels, inputs: inputs, chosen: chosen)
  }
}
