internal import Parallelism

/// Grows trees leaf by leaf, the split with the largest gain first.
final class TreeGrower {
  let matrix: BinnedMatrix
  let configuration: BoostingConfiguration
  let constraints: [MonotoneConstraint]
  let rules: SplitRules
  let pool: WorkerPool
  let partition: RowPartition
  private var shelf: HistogramShelf
  /// What each thread counts, zero between two counts.
  private let parts: [SharedMemory<SIMD2<Int64>>]
  private let benches: [Histogram.Bench]
  private let splits: SharedMemory<ColumnSplit>

  init(
    matrix: BinnedMatrix, configuration: BoostingConfiguration, constraints: [MonotoneConstraint], units: FixedPoint,
    pool: WorkerPool
  ) {
    self.matrix = matrix
    self.configuration = configuration
    self.constraints = constraints
    self.pool = pool
    rules = SplitRules(configuration, units: units)
    partition = RowPartition(count: matrix.rowCount)
    shelf = HistogramShelf(columns: matrix.columnCount)
    parts = (0..<pool.threads).map { _ in
      SharedMemory(count: matrix.columnCount * Histogram.stride, repeating: .zero)
    }
    benches = (0..<pool.threads).map { _ in Histogram.Bench(matrix) }
    splits = SharedMemory(count: 2 * matrix.columnCount, repeating: ColumnSplit())
  }

  /// Grows a tree on some rows and columns.
  func grow(_ draws: Draws, derivatives: SharedMemory<SIMD2<Int32>>) -> GrowingTree {
    let columns = ColumnGroups(draws.columns)
    let place = draws.rows.map(partition.start) ?? partition.startWithAll(pool: pool)
    var tree = GrowingTree(nodes: [
      node(at: place, sum: sum(at: place, derivatives), bounds: ValueBounds(), depth: 0)
    ])
    if mayBeSplit(tree.nodes[0]) {
      tree.nodes[0].histogram = shelf.take()
      count(place, columns, derivatives)
      var none: GrowingNode?
      settle(&tree.nodes[0], rest: &none, columns)
    }
    var open = [0]
    while tree.splits.count + 1 < configuration.leaves {
      guard let best = open.max(by: { isLess(tree.nodes[$0], than: tree.nodes[$1], $0, $1) }),
        let candidate = tree.nodes[best].candidate
      else { break }
      split(best, by: candidate, in: &tree, columns, derivatives)
      open.removeAll { $0 == best }
      open += [tree.nodes.count - 2, tree.nodes.count - 1]
    }
    for node in open { shelf.giveBack(tree.nodes[node].histogram) }
    return tree
  }

  /// Whether another node is to be split first: the one of larger gain, of equal ones the older.
  private func isLess(_ node: GrowingNode, than other: GrowingNode, _ index: Int, _ otherIndex: Int) -> Bool {
    let (gain, otherGain) = (node.candidate?.gain ?? -1, other.candidate?.gain ?? -1)
    return gain < otherGain || (gain == otherGain && index > otherIndex)
  }

  private func node(at place: RowPartition.Place, sum: SIMD2<Int64>, bounds: ValueBounds, depth: Int) -> GrowingNode {
    GrowingNode(place: place, sum: sum, bounds: bounds, depth: depth, value: rules.value(of: sum, within: bounds))
  }

  private func mayBeSplit(_ node: GrowingNode) -> Bool {
    rules.maySplit(node.sum) && node.depth < configuration.depth ?? .max
  }

  private func split(
    _ index: Int, by candidate: SplitCandidate, in tree: inout GrowingTree, _ columns: ColumnGroups,
    _ derivatives: SharedMemory<SIMD2<Int32>>
  ) {
    let parent = tree.nodes[index]
    let bins = matrix.byColumn.base + candidate.column * matrix.rowCount
    let places = partition.split(parent.place, bins: bins, upTo: candidate.bin, missing: candidate.missing, pool: pool)
    let rightSum = parent.sum &- candidate.left
    let values = (
      rules.value(of: candidate.left, within: parent.bounds), rules.value(of: rightSum, within: parent.bounds)
    )
    let bounds = parent.bounds.divided(at: values.0 / 2 + values.1 / 2, by: constraints[candidate.column])
    var left = node(at: places.left, sum: candidate.left, bounds: bounds.left, depth: parent.depth + 1)
    var right = node(at: places.right, sum: rightSum, bounds: bounds.right, depth: parent.depth + 1)
    tree.splits.append((index, candidate))
    let isLast = tree.splits.count + 1 >= configuration.leaves
    if let histogram = parent.histogram, !isLast, mayBeSplit(left) || mayBeSplit(right) {
      inherit(histogram, &left, &right, columns, derivatives)
    } else {
      shelf.giveBack(parent.histogram)
    }
    tree.nodes[index].histogram = nil
    tree.nodes[index].candidate = nil
    tree.nodes[index].children = (tree.nodes.count, tree.nodes.count + 1)
    tree.nodes += [left, right]
  }

  /// Gives the children that can be split a histogram and a candidate: the smaller one's is counted, the larger one's is
  /// the parent's less that, in the same memory.
  private func inherit(
    _ histogram: Int, _ left: inout GrowingNode, _ right: inout GrowingNode, _ columns: ColumnGroups,
    _ derivatives: SharedMemory<SIMD2<Int32>>
  ) {
    let isLeftSmaller = left.place.range.count <= right.place.range.count
    var smaller = isLeftSmaller ? left : right
    var larger: GrowingNode? = isLeftSmaller ? right : left
    if mayBeSplit(smaller) { smaller.histogram = shelf.take() }
    if let node = larger, mayBeSplit(node) { larger?.histogram = histogram } else { shelf.giveBack(histogram) }
    count(smaller.place, columns, derivatives)
    settle(&smaller, rest: &larger, columns)
    if let larger { (left, right) = isLeftSmaller ? (smaller, larger) : (larger, smaller) }
  }

  /// Counts the rows at a place into the threads' parts.
  private func count(_ place: RowPartition.Place, _ columns: ColumnGroups, _ derivatives: SharedMemory<SIMD2<Int32>>) {
    let (units, matrix, parts, benches) = (rules.units, self.matrix, self.parts, self.benches)
    let rows = UncheckedSendable(partition.rows(at: place))
    let total = rows.value.count
    // Some pieces more than threads, so that a thread that is held up leaves work to the others.
    let size = max(total / (pool.threads * 6), 2 * Histogram.block)
    pool.run((total + size - 1) / size) { piece, worker in
      let share = (piece * size)..<min((piece + 1) * size, total)
      Histogram.add(
        UnsafeBufferPointer(rebasing: rows.value[share]), of: matrix, columns: columns, derivatives: derivatives.base,
        units: units, on: benches[worker], to: parts[worker].base)
    }
  }

  /// Makes histograms of what was counted and finds the best splits.
  private func settle(_ counted: inout GrowingNode, rest: inout GrowingNode?, _ columns: ColumnGroups) {
    let settling = NodeSettling(
      matrix: matrix, constraints: constraints, parts: parts.map(\.base), counted: settling(counted),
      rest: rest.flatMap { self.settling($0) })
    let (splits, matrix) = (self.splits, self.matrix)
    pool.run(columns.columns.count) { piece, _ in
      let column = columns.columns[piece]
      settling.settle(column, counted: splits.base + column, rest: splits.base + matrix.columnCount + column)
    }
    for column in columns.columns {
      let found = splits.base[column].candidate(column: column)
      if let found, found.precedes(counted.candidate) { counted.candidate = found }
      let other = splits.base[matrix.columnCount + column].candidate(column: column)
      if let other, other.precedes(rest?.candidate) { rest?.candidate = other }
    }
  }

  private func settling(_ node: GrowingNode) -> SettlingNode? {
    node.histogram.map {
      SettlingNode(search: SplitSearch(rules: rules, total: node.sum, bounds: node.bounds), histogram: shelf[$0])
    }
  }

  private func sum(at place: RowPartition.Place, _ derivatives: SharedMemory<SIMD2<Int32>>) -> SIMD2<Int64> {
    let rows = UncheckedSendable(partition.rows(at: place))
    let (units, block) = (rules.units, 1 << 15)
    let blocks = (place.range.count + block - 1) / block
    let sums = SharedMemory<SIMD2<Int64>>(count: blocks, repeating: .zero)
    pool.run(blocks) { piece, _ in
      var sum = SIMD2<Int64>.zero
      for index in (piece * block)..<min((piece + 1) * block, rows.value.count) {
        sum &+= units.sum(of: derivatives.base[Int(rows.value[index])])
      }
      sums.base[piece] = sum
    }
    return (0..<blocks).reduce(.zero) { $0 &+ sums.base[$1] }
  }
}
