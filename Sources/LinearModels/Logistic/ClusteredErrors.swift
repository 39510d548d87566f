internal import LinearAlgebra
internal import Parallelism

/// The standard errors of coefficients when rows of one cluster depend on each other.
struct ClusteredErrors {
  /// The number of clusters.
  let clusterCount: Int
  /// The place of each row's cluster, clusters in rising order.
  private let places: [Int32]

  init(clusters: [Int]) {
    let distinct = Set(clusters).sorted()
    let placeOf = Dictionary(uniqueKeysWithValues: distinct.enumerated().map { ($1, Int32(truncatingIfNeeded: $0)) })
    clusterCount = distinct.count
    places = clusters.map { placeOf[$0] ?? 0 }
  }

  /// The standard errors of the sandwich A⁻¹ B A⁻¹, with B the sum over clusters of their scores' outer products.
  ///
  /// - Parameter inverse: A⁻¹, the inverse of the penalised information.
  /// - Returns: nil for fewer than two clusters or no more rows than coefficients.
  func standardErrors(
    of blocks: RowBlocks, coefficients: [Double], inverse: SymmetricMatrix, method: LogisticConfiguration.Method,
    execution: Execution
  ) -> [Double]? {
    let order = coefficients.count
    guard clusterCount > 1, blocks.rowCount > order else { return nil }
    let residuals = blocks.residuals(
      at: coefficients, inverse: method == .firth ? inverse : nil, execution: execution)
    let scores = concurrentMap(Array(0..<order)) { column in
      var sums = [Double](repeating: 0, count: clusterCount)
      blocks.forEachValue(ofColumn: column) { row, value in sums[Int(places[row])] += value * residuals[row] }
      return sums
    }
    var middle = SymmetricMatrix(order: order)
    for column in 0..<order {
      for row in column..<order {
        middle[row, column] = zip(scores[row], scores[column]).reduce(0) { $0 + $1.0 * $1.1 }
      }
    }
    let (groups, rows) = (Double(clusterCount), Double(blocks.rowCount))
    let correction = groups / (groups - 1) * (rows - 1) / (rows - Double(order))
    return (0..<order).map { index in
      let bread = (0..<order).map { inverse[$0, index] }
      let variance = zip(bread, middle.multiplied(by: bread)).reduce(0) { $0 + $1.0 * $1.1 }
      return max(0, variance * correction).squareRoot()
    }
  }
}

extension RowBlocks {
  /// The score residual of every row; with an inverse, Firth's.
  fileprivate func residuals(at coefficients: [Double], inverse: SymmetricMatrix?, execution: Execution) -> [Double] {
    let parts = map(execution) { chunk in
      var residuals: [Double] = []
      for block in 0..<chunk.blockCount {
        var lanes = chunk.lossResiduals(ofBlock: block, coefficients: coefficients)
        if let inverse {
          let prior = chunk.jeffreysResiduals(ofBlock: block, coefficients: coefficients, inverse: inverse)
          for lane in lanes.indices { lanes[lane] += prior[lane] }
        }
        for lane in lanes { for index in 0..<Lane.scalarCount { residuals.append(lane[index]) } }
      }
      return residuals.prefix(chunk.rowCount)
    }
    return parts.flatMap(\.self)
  }

  /// Calls `body` with each row's value of a column, in order.
  fileprivate func forEachValue(ofColumn column: Int, _ body: (Int, Double) -> Void) {
    for chunk in chunks {
      for row in 0..<chunk.rowCount {
        let (block, within) = row.quotientAndRemainder(dividingBy: Self.blockRows)
        let lane = (block * columnCount + column) * Self.blockLanes + within / Lane.scalarCount
        body(chunk.start + row, chunk.values[lane][within % Lane.scalarCount])
      }
    }
  }
}
