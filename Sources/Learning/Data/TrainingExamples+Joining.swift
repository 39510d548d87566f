extension TrainingExamples {
  /// The rows of several sets of examples, one set after the other; weighted when any of them is.
  ///
  /// - Precondition: There is at least one set, and all have the same columns.
  public init(joining parts: [TrainingExamples]) {
    let names = parts.first?.matrix.columnNames ?? []
    precondition(!parts.isEmpty && parts.allSatisfy { $0.matrix.columnNames == names }, "the columns must agree")
    var values: [Double] = []
    for column in names.indices {
      for part in parts { values.append(contentsOf: part.matrix.column(column)) }
    }
    let isWeighted = parts.contains { $0.weights != nil }
    self.init(
      matrix: FeatureMatrix(
        rowCount: parts.reduce(0) { $0 + $1.count }, columnCount: names.count, values: values, columnNames: names),
      groups: parts.flatMap(\.groups), outcomes: parts.flatMap(\.outcomes), clusters: parts.flatMap(\.clusters),
      weights: isWeighted ? parts.flatMap { $0.weights ?? [Double](repeating: 1, count: $0.count) } : nil)
  }
}
