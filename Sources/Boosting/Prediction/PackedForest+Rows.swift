internal import Learning

extension PackedForest {
  /// The number of rows that are unfolded together, so that they and one tree stay in the nearest cache.
  static let blockRows = 32

  /// The base and the leaf values of consecutive rows, each added in the order of the trees.
  func sums(of matrix: FeatureMatrix, rows: Range<Int>, base: Double) -> [Double] {
    var sums = [Double](repeating: base, count: rows.count)
    var places = [Double](repeating: -.infinity, count: PackedForest.blockRows * slotCount)
    for start in stride(from: rows.lowerBound, to: rows.upperBound, by: PackedForest.blockRows) {
      let block = start..<min(start + PackedForest.blockRows, rows.upperBound)
      var span = places.mutableSpan
      unfold(matrix, rows: block, into: &span)
      var ends = sums.mutableSpan
      add(rowCount: block.count, unfolded: span.span, to: &ends, at: start - rows.lowerBound)
    }
    return sums
  }

  private func unfold(_ matrix: FeatureMatrix, rows: Range<Int>, into places: inout MutableSpan<Double>) {
    let values = matrix.values.span
    let (slotCount, columnCount) = (slotCount, columnCount)
    for column in 0..<columnCount {
      let start = column * matrix.rowCount + rows.lowerBound
      for group in stride(from: 0, to: rows.count, by: PackedForest.lanes) {
        for lane in 0..<min(PackedForest.lanes, rows.count - group) {
          PackedForest.unfold(
            values[unchecked: start &+ group &+ lane], column: column, columnCount: columnCount,
            lane: group &* slotCount &+ lane, stride: PackedForest.lanes, in: &places)
        }
      }
    }
  }

  /// Adds every tree's leaf values to the sums of a block; lanes beyond its rows walk over what an earlier block left.
  private func add(
    rowCount: Int, unfolded places: Span<Double>, to sums: inout MutableSpan<Double>, at first: Int
  ) {
    let nodes = pairs.span.bytes
    let groupPlaces = PackedForest.lanes * slotCount
    for tree in 0..<treeCount {
      let root = roots[tree]
      for group in 0..<((rowCount + 7) / 8) {
        let lane = group * 8
        let places = places.extracting(unchecked: (group &* groupPlaces)..<((group &+ 1) &* groupPlaces))
        var walk = Walk(from: root)
        while walk.advance({ PackedForest.step($0, nodes, places, lane: $1) }) {}
        let ends = walk.ends
        for row in 0..<min(PackedForest.lanes, rowCount - lane) {
          sums[unchecked: first + lane + row] += PackedForest.threshold(at: ends[row], in: nodes)
        }
      }
    }
  }
}
