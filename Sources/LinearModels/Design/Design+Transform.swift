internal import Learning

extension Design {
  /// The centred, scaled and clipped value of a column, whose group stands at `place`.
  @inline(__always)
  func scaled(_ value: Double, column: Int, place: Int) -> Double {
    let median = medians[column * (groupCount + 1) + place]
    let defined = value.isFinite ? value : median
    let centred = configuration.centring == .none ? defined : defined - median
    let scaled = centred / scales[column]
    guard let clip = configuration.clip else { return scaled }
    return min(max(scaled, -clip), clip)
  }

  /// The value of a term, from the scaled value of its column.
  @inline(__always)
  func value(of term: Term, scaled: Double) -> Double {
    guard let expansion = term.expansion else { return scaled }
    return expansion.kind.value(at: scaled, knot: expansion.knot) / term.scale
  }

  /// Fills `output` with the terms of a row.
  ///
  /// - Precondition: `row` has a value for each raw column and `output` a place for each term.
  public func transform(row: Span<Double>, group: Int, into output: inout MutableSpan<Double>) {
    precondition(row.count == columnNames.count && output.count == terms.count, "the row must fit the design")
    let place = place(ofGroup: group)
    for index in terms.indices {
      let term = terms[index]
      output[index] = value(of: term, scaled: scaled(row[term.column], column: term.column, place: place))
    }
  }

  /// The values of a term for a range of rows.
  func values(of term: Term, in matrix: FeatureMatrix, places: [Int32], rows: Range<Int>) -> [Double] {
    let start = term.column * matrix.rowCount
    let medians = medians
    let base = term.column * (groupCount + 1)
    let (centres, scale) = (configuration.centring != .none, scales[term.column])
    let clip = configuration.clip ?? .infinity
    var output = [Double](repeating: 0, count: rows.count)
    for row in rows {
      let median = medians[base + Int(places[row])]
      let value = matrix.values[start + row]
      let defined = value.isFinite ? value : median
      let scaled = (centres ? defined - median : defined) / scale
      output[row - rows.lowerBound] = min(max(scaled, -clip), clip)
    }
    if let expansion = term.expansion {
      for index in output.indices {
        output[index] = expansion.kind.value(at: output[index], knot: expansion.knot) / term.scale
      }
    }
    return output
  }

  /// The places of the groups of rows; see ``place(ofGroup:)``.
  func places(of groups: [Int]) -> [Int32] {
    groups.map { Int32(truncatingIfNeeded: place(ofGroup: $0)) }
  }
}

extension DesignConfiguration.Expansion.Kind {
  /// The shape at the scaled value z.
  @inline(__always)
  func value(at scaled: Double, knot: Double) -> Double {
    switch self {
    case .hingeBelow: max(0, knot - scaled)
    case .hingeAbove: max(0, scaled - knot)
    case .square: (scaled - knot) * (scaled - knot)
    }
  }
}
