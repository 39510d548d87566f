/// Trees as one flat array of nodes of 16 bytes, made to be walked without branches.
///
/// The two children of a split lie side by side, and a leaf leads to itself, so that a step is the same for splits and
/// leaves: `node = first + (value <= threshold ? 0 : 1)`. NaN needs no question of its own: a row is unfolded before the
/// walk into its values with NaN as −∞, which goes left at every threshold, and its values as they are, where NaN fails
/// every comparison and goes right; a split reads the one that suits its side for missing values.
struct PackedForest: Sendable {
  /// A split, or a leaf.
  struct Node {
    /// The largest value that goes left; the value of a leaf.
    var threshold: Double
    /// The place in the unfolded row that is asked; at a leaf the last place, which holds −∞.
    var slot: UInt32
    /// The left child, before the right one; a leaf itself.
    var first: UInt32
  }

  /// How many trees, or rows, are walked side by side, so that their loads overlap.
  static let lanes = 8

  /// The nodes of all trees, the last one an idle leaf.
  let nodes: [Node]
  /// The root of each tree, filled up with idle leaves to a multiple of `lanes`.
  let roots: [Int]
  /// The number of trees.
  let treeCount: Int
  /// The number of columns.
  let columnCount: Int

  /// The number of places of an unfolded row.
  var slotCount: Int { 2 * columnCount + 1 }

  /// Packs trees over columns.
  ///
  /// - Complexity: O(splits).
  init(_ trees: [RegressionTree], columnCount: Int) {
    var nodes: [Node] = []
    nodes.reserveCapacity(trees.reduce(1) { $0 + $1.splits.count + $1.leaves.count })
    var roots: [Int] = []
    for tree in trees {
      roots.append(nodes.count)
      PackedForest.append(tree, columnCount: columnCount, to: &nodes)
    }
    let idle = nodes.count
    PackedForest.append(leaf: 0, columnCount: columnCount, to: &nodes)
    while roots.count % PackedForest.lanes != 0 { roots.append(idle) }
    self.nodes = nodes
    self.roots = roots
    self.treeCount = trees.count
    self.columnCount = columnCount
  }

  private static func append(_ tree: RegressionTree, columnCount: Int, to nodes: inout [Node]) {
    // Places are given to children in the order of the splits, so a split's place is known when it is reached.
    var places = [Int](repeating: nodes.count, count: tree.splits.count)
    append(leaf: tree.leaves[0].value, columnCount: columnCount, to: &nodes)
    for (index, split) in tree.splits.enumerated() {
      nodes[places[index]] = Node(
        threshold: split.threshold,
        slot: UInt32(lanes * (split.missing == .left ? split.column : columnCount + split.column)),
        first: UInt32(nodes.count))
      for child in [split.left, split.right] {
        if child >= 0 { places[child] = nodes.count }
        append(leaf: child >= 0 ? 0 : tree.leaves[~child].value, columnCount: columnCount, to: &nodes)
      }
    }
  }

  private static func append(leaf value: Double, columnCount: Int, to nodes: inout [Node]) {
    nodes.append(Node(threshold: value, slot: UInt32(lanes * 2 * columnCount), first: UInt32(nodes.count)))
  }

  /// Unfolds a value of the row in a lane.
  @inline(__always)
  static func unfold(
    _ value: Double, column: Int, columnCount: Int, lane: Int, stride: Int, in places: inout MutableSpan<Double>
  ) {
    places[unchecked: column &* stride &+ lane] = value.isNaN ? -.infinity : value
    places[unchecked: (columnCount &+ column) &* stride &+ lane] = value
  }

  /// The node after one step from a node, for the row in a lane.
  @inline(__always)
  static func step(_ node: Int, _ nodes: Span<Node>, _ places: Span<Double>, lane: Int) -> Int {
    let asked = nodes[unchecked: node]
    let goesRight = !(places[unchecked: Int(asked.slot) &+ lane] <= asked.threshold)
    return Int(asked.first) &+ (goesRight ? 1 : 0)
  }
}
