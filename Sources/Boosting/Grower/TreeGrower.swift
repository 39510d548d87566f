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
  private let partial: [SharedMemory<SIMD2<Int64>>]

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
    partial = (1..<max(pool.threads, 2)).map { _ in
      SharedMemory(count: matrix.columnCount * Histogram.stride, repeating: .zero)
    }
  }

  /// Grows a tree on some rows and columns.
  func grow(
    rows: some Collection<Int>, columns: [Int], derivatives: SharedMemory<SIMD2<Int32>>
  ) -> GrowingTree {
    let place = partition.start(with: rows)
    let sum = self.sum(of: partition.rows(at: place), derivatives)
    var tree = GrowingTree(nodes: [node(at: place, sum: sum, bounds: ValueBounds(), depth: 0)])
    if mayBeSplit(tree.nodes[0]) {
      let number = shelf.take()
      count(place, derivatives, into: number)
      tree.nodes[0].histogram = number
      search(&tree.nodes[0], columns: columns)
    }
    var open = [0]
    while tree.splits.count + 1 < configuration.leaves {
      guard let best = open.max(by: { isLess(tree.nodes[$0], than: tree.nodes[$1], $0, $1) }),
        let candidate = tree.nodes[best].candidate
      else { break }
      split(best, by: candidate, in: &tree, columns: columns, derivatives)
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
    _ index: Int, by candidate: SplitCandidate, in tree: inout GrowingTree, columns: [Int],
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
    if tree.splits.count + 1 < configuration.leaves {
      inherit(parent.histogram, &left, &right, columns: columns, derivatives)
    } else {
      shelf.giveBack(parent.histogram)
    }
    tree.nodes[index].histogram = nil
    tree.nodes[index].candidate = nil
    tree.nodes[index].children = (tree.nodes.count, tree.nodes.count + 1)
    tree.nodes += [left, right]
  }

  /// Gives the children that can be split a histogram and a candidate: the smaller one's is counted, the larger one's is
  /// the parent's less that.
  private func inherit(
    _ histogram: Int?, _ left: inout GrowingNode, _ right: inout GrowingNode, columns: [Int],
    _ derivatives: SharedMemory<SIMD2<Int32>>
  ) {
    let isLeftSmaller = left.place.range.count <= right.place.range.count
    var (smaller, larger) = isLeftSmaller ? (left, right) : (right, left)
    if let histogram, mayBeSplit(smaller) || mayBeSplit(larger) {
      let number = shelf.take()
      count(smaller.place, derivatives, into: number)
      subtract(number, from: histogram)
      (smaller.histogram, larger.histogram) = (number, histogram)
      if mayBeSplit(smaller) { search(&smaller, columns: columns) }
      if mayBeSplit(larger) { search(&larger, columns: columns) }
    } else {
      shelf.giveBack(histogram)
    }
    (left, right) = isLeftSmaller ? (smaller, larger) : (larger, smaller)
  }

  private func sum(
    of rows: UnsafeBufferPointer<UInt32>, _ derivatives: SharedMemory<SIMD2<Int32>>
  ) -> SIMD2<Int64> {
    rows.reduce(.zero) { $0 &+ rules.units.sum(of: derivatives.base[Int($1)]) }
  }

  private func count(_ place: RowPartition.Place, _ derivatives: SharedMemory<SIMD2<Int32>>, into number: Int) {
    let size = matrix.columnCount * Histogram.stride
    let target = shelf[number]
    let histograms = UncheckedSendable([target] + partial.map(\.base))
    let (units, matrix) = (rules.units, self.matrix)
    let all = UncheckedSendable(partition.rows(at: place))
    let threads = pool.threads
    pool.run(threads) { piece, _ in
      let own = histograms.value[piece]
      own.update(repeating: .zero, count: size)
      let rows = all.value
      let share = (rows.count * piece / threads)..<(rows.count * (piece + 1) / threads)
      Histogram.add(
        UnsafeBufferPointer(rebasing: rows[share]), of: matrix, derivatives: derivatives.base, units: units, to: own)
    }
    for other in partial.prefix(threads - 1) {
      for place in 0..<size { target[place] &+= other.base[place] }
    }
  }

  private func subtract(_ smaller: Int, from larger: Int) {
    let (part, whole) = (shelf[smaller], shelf[larger])
    for place in 0..<(matrix.columnCount * Histogram.stride) { whole[place] &-= part[place] }
  }

  private func search(_ node: inout GrowingNode, columns: [Int]) {
    guard let number = node.histogram else { return }
    let search = SplitSearch(rules: rules, total: node.sum, bounds: node.bounds)
    let histogram = shelf[number]
    for column in columns {
      let candidate = search.best(
        column: column, histogram: histogram + column * Histogram.stride, bins: matrix.columns[column].count,
        constraint: constraints[column])
      if let candidate, candidate.precedes(node.candidate) { node.candidate = candidate }
    }
  }
}
