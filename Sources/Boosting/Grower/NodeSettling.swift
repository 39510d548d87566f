internal import Parallelism

/// A node whose histogram is completed and searched column by column.
struct SettlingNode {
  let search: SplitSearch
  let histogram: UnsafeMutablePointer<SIMD2<Int64>>
}

/// Finishes the histograms of two children, column by column, and searches each while its places are at hand.
///
/// The counted one is added up over the threads, the other one is the parent's less that.
struct NodeSettling: @unchecked Sendable {
  let matrix: BinnedMatrix
  let constraints: [MonotoneConstraint]
  /// What the threads counted; all zero again afterwards.
  let parts: [UnsafeMutablePointer<SIMD2<Int64>>]
  /// The child that was counted; nil when it cannot be split.
  let counted: SettlingNode?
  /// The child that gets the rest, whose histogram is still the parent's; nil when it cannot be split.
  let rest: SettlingNode?

  /// Settles a column and writes its best splits.
  func settle(
    _ column: Int, counted countedSplit: UnsafeMutablePointer<ColumnSplit>,
    rest restSplit: UnsafeMutablePointer<ColumnSplit>
  ) {
    let bins = matrix.columns[column].count
    let start = column * Histogram.stride
    settle(start..<(start + bins))
    settle((start + Int(ColumnBins.missing))..<(start + Histogram.stride))
    countedSplit.pointee = split(of: counted, column: column, bins: bins)
    restSplit.pointee = split(of: rest, column: column, bins: bins)
  }

  private func settle(_ places: Range<Int>) {
    let first = parts[0]
    for other in parts.dropFirst() {
      for place in places {
        first[place] &+= other[place]
        other[place] = .zero
      }
    }
    if let counted {
      for place in places { counted.histogram[place] = first[place] }
    }
    if let rest {
      for place in places { rest.histogram[place] &-= first[place] }
    }
    for place in places { first[place] = .zero }
  }

  private func split(of node: SettlingNode?, column: Int, bins: Int) -> ColumnSplit {
    guard let node else { return ColumnSplit() }
    return node.search.best(
      histogram: node.histogram + column * Histogram.stride, bins: bins, constraint: constraints[column])
  }
}
