extension PackedForest {
  /// Pairs of nodes while trees are put into them.
  struct Packing {
    private(set) var pairs: [Pair] = []
    private let leafSlot: UInt32
    private let columnCount: Int

    init(columnCount: Int) {
      self.columnCount = columnCount
      leafSlot = UInt32(PackedForest.lanes * 2 * columnCount)
    }

    /// Adds two leaves of value 0 and returns the place of the first.
    mutating func appendPair() -> Int {
      let place = 4 * pairs.count
      pairs.append(Pair())
      for place in [place, place + 1] {
        set(threshold: 0, at: place)
        set(way: Way(slot: leafSlot, first: UInt32(place)), at: place)
      }
      return place
    }

    /// Adds a tree and returns the place of its root.
    mutating func append(_ tree: RegressionTree) -> Int {
      let root = appendPair()
      if tree.splits.isEmpty { set(threshold: tree.leaves[0].value, at: root) }
      // A split stands before the splits below it, so its place is known when it is reached.
      var places = [Int](repeating: root, count: tree.splits.count)
      for (index, split) in tree.splits.enumerated() {
        let children = appendPair()
        let slot = split.missing == .left ? split.column : columnCount + split.column
        set(threshold: split.threshold, at: places[index])
        set(way: Way(slot: UInt32(PackedForest.lanes * slot), first: UInt32(children)), at: places[index])
        for (child, place) in [(split.left, children), (split.right, children + 1)] {
          if child >= 0 { places[child] = place } else { set(threshold: tree.leaves[~child].value, at: place) }
        }
      }
      return root
    }

    private mutating func set(threshold: Double, at place: Int) {
      pairs[place / 4][place % 4] = threshold.bitPattern
    }

    private mutating func set(way: Way, at place: Int) {
      pairs[place / 4][place % 4 + 2] = way.bits
    }
  }
}
