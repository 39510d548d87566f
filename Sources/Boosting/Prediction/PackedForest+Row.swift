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
    let (nodes, places) = (nodes.span, places.span)
    for tree in stride(from: 0, to: roots.count, by: PackedForest.lanes) {
      var (a, b, c, d) = (roots[tree], roots[tree + 1], roots[tree + 2], roots[tree + 3])
      var (e, f, g, h) = (roots[tree + 4], roots[tree + 5], roots[tree + 6], roots[tree + 7])
      while true {
        let before = a &+ b &+ c &+ d &+ e &+ f &+ g &+ h
        a = PackedForest.rowStep(a, nodes, places)
        b = PackedForest.rowStep(b, nodes, places)
        c = PackedForest.rowStep(c, nodes, places)
        d = PackedForest.rowStep(d, nodes, places)
        e = PackedForest.rowStep(e, nodes, places)
        f = PackedForest.rowStep(f, nodes, places)
        g = PackedForest.rowStep(g, nodes, places)
        h = PackedForest.rowStep(h, nodes, places)
        // Children lie behind their parents, so the sum of the places stands still only when every walk has ended.
        if a &+ b &+ c &+ d &+ e &+ f &+ g &+ h == before { break }
      }
      let ends: InlineArray<8, Int> = [a, b, c, d, e, f, g, h]
      for lane in 0..<min(PackedForest.lanes, treeCount - tree) { sum += nodes[unchecked: ends[lane]].threshold }
    }
    return sum
  }

  @inline(__always)
  private static func rowStep(_ node: Int, _ nodes: Span<Node>, _ places: Span<Double>) -> Int {
    let asked = nodes[unchecked: node]
    let goesRight = !(places[unchecked: Int(asked.slot >> 3)] <= asked.threshold)
    return Int(asked.first) &+ (goesRight ? 1 : 0)
  }
}
