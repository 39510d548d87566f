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

  /// The sums of two rows, which are walked side by side and share what is loaded of the trees; the bits of one at a time.
  ///
  /// Nothing is allocated for up to ``stackColumns`` columns.
  ///
  /// - Precondition: Each row has `columnCount` values.
  func sums(of first: Span<Double>, _ second: Span<Double>, base: Double) -> (Double, Double) {
    guard columnCount <= PackedForest.stackColumns else {
      return (sum(of: first, base: base), sum(of: second, base: base))
    }
    var firstPlaces = InlineArray<511, Double>(repeating: 0)
    var secondPlaces = InlineArray<511, Double>(repeating: 0)
    var firstSpan = firstPlaces.mutableSpan
    var secondSpan = secondPlaces.mutableSpan
    unfold(first, into: &firstSpan)
    unfold(second, into: &secondSpan)
    var sums = (base, base)
    let nodes = pairs.span.bytes
    let (one, other) = (firstSpan.bytes, secondSpan.bytes)
    for tree in stride(from: 0, to: roots.count, by: PackedForest.lanes) {
      var walk = Walk(from: roots, at: tree)
      var otherWalk = walk
      var isUnderway = true
      while isUnderway {
        let moves = walk.advance { place, _ in PackedForest.step(place, nodes, one) }
        let otherMoves = otherWalk.advance { place, _ in PackedForest.step(place, nodes, other) }
        isUnderway = moves || otherMoves
      }
      let (ends, otherEnds) = (walk.ends, otherWalk.ends)
      for lane in 0..<min(PackedForest.lanes, treeCount - tree) {
        sums.0 += PackedForest.threshold(at: ends[lane], in: nodes)
        sums.1 += PackedForest.threshold(at: otherEnds[lane], in: nodes)
      }
    }
    return sums
  }

  @inline(__always)
  private func sum(of row: Span<Double>, base: Double, unfoldedIn places: inout MutableSpan<Double>) -> Double {
    unfold(row, into: &places)
    var sum = base
    let (nodes, places) = (pairs.span.bytes, places.bytes)
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

  @inline(__always)
  private func unfold(_ row: Span<Double>, into places: inout MutableSpan<Double>) {
    for column in 0..<columnCount {
      PackedForest.unfold(
        row[unchecked: column], column: column, columnCount: columnCount, lane: 0, stride: 1, in: &places)
    }
    places[unchecked: 2 * columnCount] = -.infinity
  }

  /// The place after one step from a place, for the only row that is unfolded.
  @inline(__always)
  private static func step(_ place: Int, _ nodes: RawSpan, _ row: RawSpan) -> Int {
    let (way, threshold) = (way(at: place, in: nodes), threshold(at: place, in: nodes))
    // A slot counts `lanes` values of eight bytes, which for a single row are as many bytes.
    let value = row.unsafeLoad(fromUncheckedByteOffset: Int(way.slot), as: Double.self)
    return Int(way.first) &+ (value <= threshold ? 0 : 1)
  }
}
