internal import Learning

extension TreeEnsemble: Codable {
  private enum CodingKeys: String, CodingKey, CaseIterable { case columnNames, base, trees }

  /// Reads an ensemble and checks that its trees fit its columns; unknown keys are errors.
  public init(from decoder: any Decoder) throws {
    let stored = try decoder.closedContainer(keyedBy: CodingKeys.self)
    let columnNames = try stored.decode([String].self, forKey: .columnNames)
    let base = try stored.decode(Double.self, forKey: .base)
    let trees = try stored.decode([RegressionTree].self, forKey: .trees)
    guard let ensemble = TreeEnsemble(columnNames: columnNames, base: base, trees: trees) else {
      let stray = trees.firstIndex { tree in tree.splits.contains { $0.column >= columnNames.count } }
      throw decoder.corrupted(
        stray.map { "tree \($0) asks a column beyond the \(columnNames.count) that there are" }
          ?? "the sum of the base and the trees is not finite")
    }
    self = ensemble
  }

  /// Writes the columns, the base and the trees.
  public func encode(to encoder: any Encoder) throws {
    var stored = encoder.container(keyedBy: CodingKeys.self)
    try stored.encode(columnNames, forKey: .columnNames)
    try stored.encode(base, forKey: .base)
    try stored.encode(trees, forKey: .trees)
  }
}
