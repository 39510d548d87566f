internal import Learning

extension BoostingConfiguration {
  /// Throws for the first setting that is out of its range.
  package func validate() throws(BoostingFailure) {
    try Self.require(rounds >= 1, "rounds", "must be at least 1")
    try Self.require(learningRate > 0 && learningRate <= 1, "learning rate", "must be above 0 and at most 1")
    try Self.require(leaves >= 2, "leaves", "must be at least 2")
    try Self.require(depth ?? 1 >= 1, "depth", "must be at least 1")
    try Self.require((2...ColumnBins.limit).contains(bins), "bins", "must be 2 to \(ColumnBins.limit)")
    try Self.require(minimumRows >= 1, "minimum rows", "must be at least 1")
    try Self.require(minimumHessian >= 0 && minimumHessian.isFinite, "minimum Hessian", "must be finite, not below 0")
    try Self.require(minimumGain >= 0 && minimumGain.isFinite, "minimum gain", "must be finite, not below 0")
    try Self.require(l1 >= 0 && l1.isFinite, "L1 penalty", "must be finite, not below 0")
    try Self.require(l2 >= 0 && l2.isFinite, "L2 penalty", "must be finite, not below 0")
    try Self.require(rowShare > 0 && rowShare <= 1, "row share", "must be above 0 and at most 1")
    try Self.require(columnShare > 0 && columnShare <= 1, "column share", "must be above 0 and at most 1")
    try Self.require(patience ?? 1 >= 1, "patience", "must be at least 1")
  }

  private static func require(_ holds: Bool, _ name: String, _ reason: String) throws(BoostingFailure) {
    if !holds { throw .setting(name, reason: reason) }
  }
}

extension BoostingExamples {
  /// The largest weight of a row: sums of as many as there can be stay finite with room to be multiplied.
  private static let heaviest = 1e100
  /// What at least one row must weigh, so that derivatives can be told from nothing.
  private static let leastHeaviest = 1e-100

  /// Throws when the rows cannot be trained on.
  func validate(constraints: [MonotoneConstraint]) throws(BoostingFailure) {
    guard matrix.rowCount > 0 else { throw .noRows }
    guard matrix.rowCount <= FixedPoint.rowLimit else {
      throw .tooManyRows(found: matrix.rowCount, limit: FixedPoint.rowLimit)
    }
    guard constraints.isEmpty || constraints.count == matrix.columnCount else {
      throw .constraints(found: constraints.count, expected: matrix.columnCount)
    }
    try validateRows()
    if case .event(let outcomes) = target {
      let weighing = outcomes.indices.lazy.filter { (weights?[$0] ?? 1) > 0 }
      guard weighing.contains(where: { outcomes[$0] }), weighing.contains(where: { !outcomes[$0] }) else {
        throw .oneOutcome
      }
    }
  }

  /// Throws when losses of the rows cannot be watched.
  func validate(columns: Int) throws(BoostingFailure) {
    guard matrix.columnCount == columns else { throw .stoppingColumns(found: matrix.columnCount, expected: columns) }
    try validateRows()
  }

  private func validateRows() throws(BoostingFailure) {
    if let weights {
      if let row = weights.firstIndex(where: { !($0 >= 0 && $0 <= Self.heaviest) }) {
        throw .weightNotUsable(row: row)
      }
      if !weights.isEmpty, weights.allSatisfy({ $0 < Self.leastHeaviest }) { throw .weightNotUsable(row: 0) }
    }
    if case .quantile(let values, let level) = target {
      guard level > 0 && level < 1 else { throw .setting("level", reason: "must be above 0 and below 1") }
      if let row = values.firstIndex(where: { !$0.isFinite }) { throw .targetNotFinite(row: row) }
    }
  }
}
