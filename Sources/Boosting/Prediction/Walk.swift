extension PackedForest {
  /// Eight rows on their way down one tree.
  struct Walk {
    private var (a, b, c, d, e, f, g, h): (Int, Int, Int, Int, Int, Int, Int, Int)

    @inline(__always)
    init(from root: Int) {
      (a, b, c, d, e, f, g, h) = (root, root, root, root, root, root, root, root)
    }

    /// The nodes that the rows have reached.
    var ends: InlineArray<8, Int> {
      @inline(__always) get { [a, b, c, d, e, f, g, h] }
    }

    /// Children lie behind their parents, so the sum stands still only when every walk has ended.
    private var progress: Int {
      @inline(__always) get { a &+ b &+ c &+ d &+ e &+ f &+ g &+ h }
    }

    @inline(__always)
    mutating func step(_ nodes: Span<Node>, _ places: Span<Double>) -> Bool {
      let before = progress
      a = PackedForest.step(a, nodes, places, lane: 0)
      b = PackedForest.step(b, nodes, places, lane: 1)
      c = PackedForest.step(c, nodes, places, lane: 2)
      d = PackedForest.step(d, nodes, places, lane: 3)
      e = PackedForest.step(e, nodes, places, lane: 4)
      f = PackedForest.step(f, nodes, places, lane: 5)
      g = PackedForest.step(g, nodes, places, lane: 6)
      h = PackedForest.step(h, nodes, places, lane: 7)
      return progress != before
    }
  }
}
