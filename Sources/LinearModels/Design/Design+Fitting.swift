public import Learning
internal import Parallelism

extension Design {
  /// Fits medians, scales and means to the rows of the examples.
  ///
  /// - Throws: `unknownColumn` when an expansion names a column that is not there; `noRows`.
  /// - Complexity: O(rows · terms), on all cores.
  public static func fitted(
    to examples: TrainingExamples, configuration: DesignConfiguration
  ) throws(FitFailure) -> Design {
    try fitted(to: examples.matrix, groups: examples.groups, configuration: configuration)
  }

  /// Fits medians, scales and means to the rows of a matrix, each in its group.
  static func fitted(
    to matrix: FeatureMatrix, groups rowGroups: [Int], configuration: DesignConfiguration
  ) throws(FitFailure) -> Design {
    guard matrix.rowCount > 0 else { throw .noRows }
    var wanted: [WantedTerm] = matrix.columnNames.indices.map { WantedTerm(column: $0, expansion: nil) }
    for expansion in configuration.expansions {
      guard let column = matrix.columnNames.firstIndex(of: expansion.column) else {
        throw .unknownColumn(expansion.column)
      }
      wanted.append(WantedTerm(column: column, expansion: expansion))
    }
    // A group number beyond all reason gets the medians over all rows instead of a table of its size.
    let groupCount = rowGroups.reduce(0) { $1 < 4_096 ? max($0, $1 + 1) : $0 }
    let groups = rowGroups.map { Int32(truncatingIfNeeded: $0 >= 0 && $0 < groupCount ? $0 : groupCount) }
    let order = RowsByGroup(groups, groupCount: groupCount)
    let columns = concurrentMap(Array(0..<matrix.columnCount)) { column in
      ColumnStatistics(of: matrix, column: column, groups: groups, order: order, configuration: configuration)
    }
    let unscaled = Design(
      configuration: configuration, columnNames: matrix.columnNames, groupCount: groupCount,
      medians: columns.flatMap(\.medians), scales: columns.map { $0.scale ?? 1 }, terms: [], dropped: [])
    let measured = concurrentMap(wanted) { term in
      unscaled.measure(term, statistics: columns[term.column], matrix: matrix, places: groups)
    }
    return Design(
      configuration: configuration, columnNames: matrix.columnNames, groupCount: groupCount,
      medians: unscaled.medians, scales: unscaled.scales, terms: measured.compactMap { try? $0.get() },
      dropped: measured.compactMap { result in
        if case .failure(let dropped) = result { dropped.term } else { nil }
      })
  }

  private struct WantedTerm: Sendable {
    let column: Int
    let expansion: DesignConfiguration.Expansion?
  }

  private struct Dropped: Error {
    let term: DroppedTerm
  }

  private func measure(
    _ wanted: WantedTerm, statistics: ColumnStatistics, matrix: FeatureMatrix, places: [Int32]
  ) -> Result<Term, Dropped> {
    let name = Self.name(column: columnNames[wanted.column], expansion: wanted.expansion)
    if !statistics.isDefined { return .failure(Dropped(term: DroppedTerm(name: name, reason: .undefined))) }
    let plain = Term(column: wanted.column, expansion: wanted.expansion, scale: 1, mean: 0)
    let values = values(of: plain, in: matrix, places: places, rows: 0..<matrix.rowCount)
    let moments = Moments(of: values)
    // Each further column is scaled too, so that one penalty means the same for all.
    let scale = wanted.expansion != nil && configuration.scaling == .standardDeviation ? moments.deviation : 1
    guard statistics.scale != nil, moments.deviation > 0, moments.deviation.isFinite else {
      return .failure(Dropped(term: DroppedTerm(name: name, reason: .constant)))
    }
    return .success(
      Term(column: wanted.column, expansion: wanted.expansion, scale: scale, mean: moments.mean / scale))
  }
}

/// The rows of each group, in order.
private struct RowsByGroup: Sendable {
  let groupCount: Int
  private let rows: [Int]
  private let starts: [Int]

  /// Sorts the rows by their places among the groups; the last place is that of rows without a group.
  init(_ places: [Int32], groupCount: Int) {
    var starts = [Int](repeating: 0, count: groupCount + 2)
    for place in places { starts[Int(place) + 1] += 1 }
    for index in 1..<starts.count { starts[index] += starts[index - 1] }
    var next = starts
    var rows = [Int](repeating: 0, count: places.count)
    for (row, place) in places.enumerated() {
      rows[next[Int(place)]] = row
      next[Int(place)] += 1
    }
    self.groupCount = groupCount
    self.rows = rows
    self.starts = starts
  }

  func rows(ofGroup group: Int) -> ArraySlice<Int> { rows[starts[group]..<starts[group + 1]] }
}

/// The medians and the scale of one raw column.
private struct ColumnStatistics: Sendable {
  /// The median of each group, then that over all rows; zero where nothing is defined.
  let medians: [Double]
  /// Whether any row has a finite value.
  let isDefined: Bool
  /// The standard deviation of the centred values, or nil when they are all the same; 1 where nothing is scaled.
  let scale: Double?

  init(
    of matrix: FeatureMatrix, column index: Int, groups: [Int32], order: RowsByGroup, configuration: DesignConfiguration
  ) {
    let column = matrix.values.span.extracting((index * matrix.rowCount)..<((index + 1) * matrix.rowCount))
    var all = matrix.column(index).filter { $0.isFinite }
    isDefined = !all.isEmpty
    let pooled = median(reordering: &all) ?? 0
    var medians = [Double](repeating: pooled, count: order.groupCount + 1)
    if configuration.centring != .pooledMedian {
      for group in 0..<order.groupCount {
        var values: [Double] = []
        values.reserveCapacity(order.rows(ofGroup: group).count)
        for row in order.rows(ofGroup: group) {
          let value = column[row]
          if value.isFinite { values.append(value) }
        }
        medians[group] = median(reordering: &values) ?? pooled
      }
    }
    var centred: [Double] = []
    centred.reserveCapacity(all.count)
    // In the order of the rows, whose sums must not depend on the selection above.
    for row in column.indices where column[row].isFinite {
      let centre = configuration.centring == .none ? 0 : medians[Int(groups[row])]
      centred.append(column[row] - centre)
    }
    let moments = Moments(of: centred)
    let varies = moments.deviation > 0 && moments.deviation.isFinite
    scale = varies ? (configuration.scaling == .none ? 1 : moments.deviation) : nil
    self.medians = medians
  }
}

/// The mean and the standard deviation (divisor n) of values, by two passes; zero for none.
struct Moments {
  let mean: Double
  let deviation: Double

  init(of values: [Double]) {
    let count = Double(max(1, values.count))
    let mean = laneSum(of: values.span) { $0 } / count
    let squares = laneSum(of: values.span) { ($0 - mean) * ($0 - mean) }
    let deviation = (squares / count).squareRoot()
    self.mean = mean
    // Equal values can leave a rest of rounding in the mean.
    self.deviation = deviation > abs(mean) * 1e-13 ? deviation : 0
  }
}

/// Σ f(x) in four lanes side by side, which a fixed order of sums allows the processor to overlap.
@inline(__always)
private func laneSum(of values: Span<Double>, _ term: (Lane) -> Lane) -> Double {
  var sums = Lane.zero
  var index = 0
  while index + Lane.scalarCount <= values.count {
    sums += term(Lane(values[index], values[index + 1], values[index + 2], values[index + 3]))
    index += Lane.scalarCount
  }
  var rest = 0.0
  while index < values.count {
    rest += term(Lane(repeating: values[index]))[0]
    index += 1
  }
  return sums.sum() + rest
}
