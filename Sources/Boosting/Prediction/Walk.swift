extension PackedForest {
  /// Eight ways down, of rows or of trees, that are followed side by side.
  struct Walk {
    private var (a, b, c, d, e, f, g, h): (Int, Int, Int, Int, Int, Int, Int, Int)

    /// A walk of eight rows down one tree.
    @inline(__always)
    init(from root: Int) {
      (a, b, c, d, e, f, g, h) = (root, root, root, root, root, root, root, root)
    }

    /// A walk of one row down eight trees, whose roots stand from `index` on.
    @inline(__always)
    init(from roots: [Int], at index: Int) {
      (a, b, c, d) = (roots[index], roots[index + 1], roots[index + 2], roots[index + 3])
      (e, f, g, h) = (roots[index + 4], roots[index + 5], roots[index + 6], roots[index + 7])
    }

    /// The places that are reached.
    var ends: InlineArray<8, Int> {
      @inline(__always) get { [a, b, c, d, e, f, g, h] }
    }

    /// Children lie behind their parents, so the sum stands still only when every way has ended.
    private var progress: Int {
      @inline(__always) get { a &+ b &+ c &+ d &+ e &+ f &+ g &+ h }
    }

    /// Takes one step, given how to from a place in a lane; returns whether any way had not ended.
    @inline(__always)
    mutating func advance(_ step: (Int, Int) -> Int) -> Bool {
      let before = progress
      a = step(a, 0)
      b = step(b, 1)
      c = step(c, 2)
      d = step(d, 3)
      e = step(e, 4)
      f = step(f, 5)
      g = step(g, 6)
      h = step(h, 7)
      return progress != before
    }
  }
}
