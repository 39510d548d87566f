internal import Labels
internal import Learning
internal import Markets
internal import ModelStore

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// What a model's scores need, looked up once: a class, so that the parts of a model are never copied for a row.
final class ScoringPlan: Sendable {
  let artefact: ModelArtefact
  let classifier: ShortfallClassifier
  let calibrator: Calibrator
  let interval: VennAbers?
  let inputs: PlannedInputs
  let closeOut: PlannedCloseOut?
  /// The numbers of each market's groups.
  let groups: [MarketName: BySide<Int?>]
  /// By group.
  let logThresholds: [Double]
  /// The straight part of the calibration, through which reasons can be carried without losing their sum.
  let reasonLine: (slope: Double, intercept: Double)
  /// The log-odds of an average training row, carried through that line.
  let base: Double

  init(_ artefact: ModelArtefact) {
    self.artefact = artefact
    classifier = artefact.classifier
    calibrator = artefact.calibrator
    interval = artefact.interval
    inputs = PlannedInputs(artefact.inputs)
    closeOut = artefact.closeOut.map { PlannedCloseOut($0, groupCount: artefact.groups.count) }
    var groups: [MarketName: BySide<Int?>] = [:]
    for (number, group) in artefact.groups.enumerated() {
      var numbers = groups[group.market] ?? BySide(sell: nil, buy: nil)
      // The first of equal groups counts, as in the artefact.
      numbers[group.side] = numbers[group.side] ?? number
      groups[group.market] = numbers
    }
    self.groups = groups
    logThresholds = artefact.groups.map { group in
      artefact.thresholds[group.market].map { log($0[group.side]) } ?? .nan
    }
    reasonLine =
      switch artefact.calibrator {
      case .platt(let line): (line.slope, line.intercept)
      case .identity, .isotonic: (1, 0)
      }
    base = reasonLine.intercept + reasonLine.slope * classifier.base
  }
}

/// The columns that a model reads, as flat lists.
struct PlannedInputs: Sendable {
  let names: [String]
  let positions: [Int]
  private let areLogDepths: [Bool]
  private let floor: Double

  init(_ inputs: ModelInputs) {
    names = inputs.names
    positions = inputs.columns.map(\.position)
    areLogDepths = inputs.columns.map(\.isLogDepth)
    floor = inputs.floor
  }

  /// What the model reads of a feature row; equal to ``ModelInputs/values(from:logThreshold:)`` bit for bit.
  func values(from row: [Double], logThreshold: Double) -> [Double] {
    var values: [Double] = []
    read(row, logThreshold: logThreshold, into: &values)
    return values
  }

  /// The same, written over what was read last.
  func read(_ row: [Double], logThreshold: Double, into values: inout [Double]) {
    if values.count != positions.count { values = [Double](repeating: .nan, count: positions.count) }
    for index in positions.indices {
      var value = row[positions[index]]
      if areLogDepths[index] {
        value -= logThreshold
        if value < floor { value = floor }
      }
      values[index] = value
    }
  }
}

/// A model of close-out losses with its inputs as flat lists.
struct PlannedCloseOut: Sendable {
  let levels: [Double]
  /// The past of each group; nil where it has none.
  let histories: [SideHistory?]
  private let model: CloseOutModel
  private let route: CloseOutRoute
  private let inputs: PlannedInputs
  private let notionals: [Double]

  init(_ model: CloseOutModel, groupCount: Int) {
    self.model = model
    levels = model.levels
    route = model.chosen
    inputs = PlannedInputs(model.inputs)
    notionals = model.ladder?.notionals ?? []
    histories = (0..<groupCount).map { group in model.ladder.flatMap { SideHistory($0, group: group) } }
  }

  /// What the routes to the close-out loss read of a feature row.
  func values(of row: [Double], logThreshold: Double) -> [Double] {
    inputs.values(from: row, logThreshold: logThreshold)
  }

  func quantiles(of values: [Double], group: Int) -> [Double] {
    model.routes.quantiles(of: values.span, group: group, by: route)
  }

  func ladderQuantiles(of values: [Double], group: Int, own: [Double]) -> [[Double]]? {
    model.ladder?.quantiles(of: values.span, group: group, own: own)
  }

  func ladderLevels(_ quantiles: [[Double]]) -> [CloseOutLadderLevel] {
    levels.enumerated().map { position, level in
      CloseOutLadderLevel(
        level: level,
        rungs: zip(notionals, quantiles).map { CloseOutLadderLevel.Rung(notional: $0, loss: $1[position]) })
    }
  }
}
