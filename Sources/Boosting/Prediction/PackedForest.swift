/// Trees as one flat array of nodes of 16 bytes, made to be walked without branches.
///
/// The two children of a split lie side by side, and a leaf leads to itself, so that a step is the same for splits and
/// leaves: `node = first + (value <= threshold ? 0 : 1)`. NaN needs no question of its own: a row is unfolded before the
/// walk into its values with NaN as −∞, which goes left at every threshold, and its values as they are, where NaN fails
/// every comparison and goes right; a split reads the one that suits its side for missing values.
///
/// The numbers of two siblings are interleaved, threshold beside threshold and way beside way, so that a node's place,
/// counted in words of eight bytes, plus the outcome of the comparison is the place of the next node.
struct PackedForest: Sendable {
  /// Where a node looks, and where it leads.
  struct Way {
    /// The place in the unfolded row that is asked, times `lanes`; at a leaf the last place, which holds −∞.
    var slot: UInt32
    /// The place of the left child, just before that of the right one; a leaf's own place.
    var first: UInt32

    /// Both as one word, for one load.
    var bits: UInt64 { UInt64(slot) | UInt64(first) << 32 }

    init(slot: UInt32, first: UInt32) {
      self.slot = slot
      self.first = first
    }

    @inline(__always)
    init(bits: UInt64) {
      slot = UInt32(truncatingIfNeeded: bits)
      first = UInt32(truncatingIfNeeded: bits &>> 32)
    }
  }

  /// Two siblings, of which a root has an idle one: the bits of their thresholds, or of the values of leaves, then those of
  /// their ways.
  ///
  /// Vectors are aligned to their size, so that no pair lies in two lines of the cache.
  typealias Pair = SIMD4<UInt64>

  /// How many trees, or rows, are walked side by side, so that their loads overlap.
  static let lanes = 8

  /// The nodes of all trees, the last pair idle.
  let pairs: [Pair]
  /// The place of each tree's root, filled up with idle leaves to a multiple of `lanes`.
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
    self.columnCount = columnCount
    treeCount = trees.count
    var packing = Packing(columnCount: columnCount)
    var roots = trees.map { packing.append($0) }
    let idle = packing.appendPair()
    while roots.count % PackedForest.lanes != 0 { roots.append(idle) }
    self.roots = roots
    pairs = packing.pairs
  }

  /// Unfolds a value of the row in a lane.
  @inline(__always)
  static func unfold(
    _ value: Double, column: Int, columnCount: Int, lane: Int, stride: Int, in places: inout MutableSpan<Double>
  ) {
    places[unchecked: column &* stride &+ lane] = value.isNaN ? -.infinity : value
    places[unchecked: (columnCount &+ column) &* stride &+ lane] = value
  }

  /// The place after one step from a place, for the row in a lane.
  @inline(__always)
  static func step(_ place: Int, _ nodes: RawSpan, _ row: Span<Double>, lane: Int) -> Int {
    let (way, threshold) = (way(at: place, in: nodes), threshold(at: place, in: nodes))
    let goesRight = !(row[unchecked: Int(way.slot) &+ lane] <= threshold)
    return Int(way.first) &+ (goesRight ? 1 : 0)
  }

  @inline(__always)
  static func threshold(at place: Int, in nodes: RawSpan) -> Double {
    nodes.unsafeLoad(fromUncheckedByteOffset: place &* 8, as: Double.self)
  }

  @inline(__always)
  static func way(at place: Int, in nodes: RawSpan) -> Way {
    Way(bits: nodes.unsafeLoad(fromUncheckedByteOffset: place &* 8 &+ 16, as: UInt64.self))
  }
}
