internal import Learning

/// The support (2y − 1) xᵀδ that a direction δ gives to the outcomes, over rows that count.
struct Support: Sendable {
  var least = Double.infinity
  var most = -Double.infinity

  mutating func include(_ value: Double) {
    least = min(least, value)
    most = max(most, value)
  }

  mutating func include(_ other: Support) {
    least = min(least, other.least)
    most = max(most, other.most)
  }
}

extension RowBlocks {
  /// The least and the most that the direction supports the outcome of a row.
  ///
  /// A least of zero or more with a most above zero proves separation.
  func support(of direction: [Double], execution: Execution) -> Support {
    let parts = map(execution) { chunk in
      var support = Support()
      var scores = [Lane](repeating: .zero, count: Self.blockLanes)
      for block in 0..<chunk.blockCount {
        let values = chunk.values.span.extracting(chunk.blockRange(block, columnCount: direction.count))
        var output = scores.mutableSpan
        computeSums(of: values, coefficients: direction.span, into: &output)
        for lane in 0..<Self.blockLanes {
          let place = block * Self.blockLanes + lane
          for index in 0..<Lane.scalarCount where chunk.weights[place][index] != 0 {
            support.include((2 * chunk.outcomes[place][index] - 1) * scores[lane][index])
          }
        }
      }
      return support
    }
    return parts.reduce(into: Support()) { $0.include($1) }
  }

  /// The terms, counted from zero, that separate the outcomes on their own, and whether one does so completely.
  func separatingTerms(execution: Execution) -> (terms: [Int], isComplete: Bool) {
    let parts = map(execution) { chunk in
      (1..<max(1, columnCount)).map { column in chunk.ranges(column: column, columnCount: columnCount) }
    }
    var terms: [Int] = []
    var isComplete = false
    for term in 0..<max(0, columnCount - 1) {
      var (positive, negative) = (Support(), Support())
      for part in parts {
        positive.include(part[term].positive)
        negative.include(part[term].negative)
      }
      guard positive.least >= negative.most || negative.least >= positive.most else { continue }
      terms.append(term)
      if positive.least > negative.most || negative.least > positive.most { isComplete = true }
    }
    return (terms, isComplete)
  }
}

extension RowBlocks.Chunk {
  /// The range of a column among the rows of each outcome.
  fileprivate func ranges(column: Int, columnCount: Int) -> (positive: Support, negative: Support) {
    var (positive, negative) = (Support(), Support())
    for block in 0..<blockCount {
      let start = (block * columnCount + column) * RowBlocks.blockLanes
      for lane in 0..<RowBlocks.blockLanes {
        let place = block * RowBlocks.blockLanes + lane
        for index in 0..<Lane.scalarCount where weights[place][index] != 0 {
          let value = values[start + lane][index]
          if outcomes[place][index] > 0.5 { positive.include(value) } else { negative.include(value) }
        }
      }
    }
    return (positive, negative)
  }
}
