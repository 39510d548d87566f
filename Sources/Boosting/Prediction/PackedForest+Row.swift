extension PackedForest {
  /// The widest row whose unfolded form lies on the stack.
  static let stackColumns = 255

  /// The base and the leaf values of one row, added in the order of the trees.
  ///
  /// Nothing is allocated for up to ``stackColumns`` columns.
  ///
  /// - Precondition: `row` has `columnCount` values.
  func sum(of row: Span<Double>, base: Double) -> Double {
    if columnCount <= PackedForest.stackColumns {
      var places = InlineArray<511, Double>(repeating: 0)
      var span = places.mutableSpan
      return sum(of: row, base: base, unfoldedIn: &span)
    }
    var places = [Double](repeating: 0, count: slotCount)
    var span = places.mutableSpan
    return sum(of: row, base: base, unfoldedIn: &span)
  }

  @inline(__always)
  private func sum(of row: Span<Double>, base: Double, unfoldedIn places: inout MutableSpan<Double>) -> Double {
    for column in 0..<columnCount {
      PackedForest.unfold(
        row[unchecked: column], column: column, columnCount: columnCount, lane: 0, stride: 1, in: &places)
    }
    places[unchecked: 2 * columnCount] = -.infinity
    var sum = base
    let (nodes, places) = (pairs.span.bytes, places.span)
    for tree in stride(from: 0, to: roots.count, by: PackedForest.lanes) {
      var walk = Walk(from: roots, at: tree)
      while walk.advance({ place, _ in PackedForest.step(place, nodes, places) }) {}
      let ends = walk.ends
      for lane in 0..<min(PackedForest.lanes, treeCount - tree) {
        sum += PackedForest.threshold(at: ends[lane], in: nodes)
      }
    }
    return sum
  }

  /// The place after one step from a place, for the only row that is unfolded.
  @inline(__always)
  private static func step(_ place: Int, _ nodes: RawSpan, _ row: Span<Double>) -> Int {
    let (way, threshold) = (way(at: place, in: nodes), threshold(at: place, in: nodes))
    let goesRight = !(row[unchecked: Int(way.slot) / lanes] <= threshold)
    return Int(way.first) &+ (goesRight ? 1 : 0)
  }
}
