internal import Learning

extension RegressionTree: Codable {
  /// One array for each property of the splits and of the leaves.
  ///
  /// A threshold of +∞, which is no JSON number, is stored as null.
  private enum CodingKeys: String, CodingKey, CaseIterable {
    case columns, thresholds, missing, left, right, gains, values, rows, hessians
    case leafValues, leafRows, leafHessians
  }

  /// Reads a tree and checks that it is one; unknown keys are errors.
  public init(from decoder: any Decoder) throws {
    let stored = try decoder.closedContainer(keyedBy: CodingKeys.self)
    let columns = try stored.decode([Int].self, forKey: .columns)
    func array<Value: Decodable>(_ key: CodingKeys, count: Int) throws -> [Value] {
      let values = try stored.decode([Value].self, forKey: key)
      guard values.count == count else {
        throw decoder.corrupted("'\(key.stringValue)' has \(values.count) values and needs \(count)")
      }
      return values
    }
    let splitCount = columns.count
    let thresholds: [Double?] = try array(.thresholds, count: splitCount)
    let missing: [MissingSide] = try array(.missing, count: splitCount)
    let left: [Int] = try array(.left, count: splitCount)
    let right: [Int] = try array(.right, count: splitCount)
    let gains: [Double] = try array(.gains, count: splitCount)
    let values: [Double] = try array(.values, count: splitCount)
    let rows: [Int] = try array(.rows, count: splitCount)
    let hessians: [Double] = try array(.hessians, count: splitCount)
    let splits = columns.indices.map { index in
      Split(
        column: columns[index], threshold: thresholds[index] ?? .infinity, missing: missing[index], left: left[index],
        right: right[index], gain: gains[index], value: values[index], rows: rows[index], hessian: hessians[index])
    }
    let leafValues: [Double] = try array(.leafValues, count: splitCount + 1)
    let leafRows: [Int] = try array(.leafRows, count: splitCount + 1)
    let leafHessians: [Double] = try array(.leafHessians, count: splitCount + 1)
    let leaves = leafValues.indices.map { index in
      Leaf(value: leafValues[index], rows: leafRows[index], hessian: leafHessians[index])
    }
    if let flaw = RegressionTree.flaw(splits: splits, leaves: leaves) { throw decoder.corrupted(flaw) }
    self.init(checkedSplits: splits, leaves: leaves)
  }

  /// Writes the tree as arrays.
  public func encode(to encoder: any Encoder) throws {
    var stored = encoder.container(keyedBy: CodingKeys.self)
    try stored.encode(splits.map(\.column), forKey: .columns)
    try stored.encode(splits.map { $0.threshold.isFinite ? $0.threshold : nil }, forKey: .thresholds)
    try stored.encode(splits.map(\.missing), forKey: .missing)
    try stored.encode(splits.map(\.left), forKey: .left)
    try stored.encode(splits.map(\.right), forKey: .right)
    try stored.encode(splits.map(\.gain), forKey: .gains)
    try stored.encode(splits.map(\.value), forKey: .values)
    try stored.encode(splits.map(\.rows), forKey: .rows)
    try stored.encode(splits.map(\.hessian), forKey: .hessians)
    try stored.encode(leaves.map(\.value), forKey: .leafValues)
    try stored.encode(leaves.map(\.rows), forKey: .leafRows)
    try stored.encode(leaves.map(\.hessian), forKey: .leafHessians)
  }
}
