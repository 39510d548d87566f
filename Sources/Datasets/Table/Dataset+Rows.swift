import Features
public import Markets

/// Rows of interest, always in row order.
extension Dataset {
  /// The rows with an origin from `start` to before `end`; nil leaves that side open.
  ///
  /// - Complexity: O(log n).
  public func rows(from start: Timestamp? = nil, to end: Timestamp? = nil) -> Range<Int> {
    let first = start.map { firstRow(notBefore: $0) } ?? 0
    let last = end.map { firstRow(notBefore: $0) } ?? count
    return first..<max(first, last)
  }

  private func firstRow(notBefore time: Timestamp) -> Int {
    var low = 0
    var high = count
    while low < high {
      let middle = low + (high - low) / 2
      if times[middle] < time { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// The rows with a known depth-shortfall outcome and a known state at the origin, among `rows`.
  public func labelledRows(among rows: some Sequence<Int>) -> [Int] {
    rows.filter { events[$0] != nil && inShortfall[$0] != nil }
  }

  /// The labelled rows that were not in shortfall at the origin, among `rows`: what onset metrics are taken over.
  public func onsetRows(among rows: some Sequence<Int>) -> [Int] {
    rows.filter { events[$0] != nil && inShortfall[$0] == false }
  }

  /// The labelled rows that were in shortfall already at the origin, among `rows`.
  public func shortfallRows(among rows: some Sequence<Int>) -> [Int] {
    rows.filter { events[$0] != nil && inShortfall[$0] == true }
  }

  /// A dataset of some rows, in the given order; its markets, groups and columns are numbered as here.
  ///
  /// The rows must be in range and should be in row order, which the other operations rely on.
  ///
  /// - Complexity: O(rows · columns).
  public func selecting(rows: [Int]) -> Dataset {
    Dataset(
      schema: schema, markets: markets, times: rows.map { times[$0] }, marketIndices: rows.map { marketIndices[$0] },
      sides: rows.map { sides[$0] }, informationEnds: rows.map { informationEnds[$0] },
      events: rows.map { events[$0] }, censoringReasons: rows.map { censoringReasons[$0] },
      inShortfall: rows.map { inShortfall[$0] }, closeOutLosses: rows.map { closeOutLosses[$0] },
      closeOutDrifts: rows.map { closeOutDrifts[$0] }, closeOutLiquidities: rows.map { closeOutLiquidities[$0] },
      marginShortfalls: rows.map { marginShortfalls[$0] }, depths: rows.map { depths[$0] },
      thresholds: rows.map { thresholds[$0] }, values: values(rows: rows, columns: Array(0..<columnCount)))
  }
}

extension Dataset {
  /// Creates a dataset from rows in their final order and their values, column after column.
  init(schema: FeatureSchema, rows: RowLabels, values: [Double]) {
    let markets = Set(rows.names).sorted()
    let positions = Dictionary(uniqueKeysWithValues: zip(markets, markets.indices))
    self.init(
      schema: schema, markets: markets, times: rows.times, marketIndices: rows.names.map { positions[$0] ?? 0 },
      sides: rows.sides, informationEnds: rows.informationEnds, events: rows.events,
      censoringReasons: rows.censoringReasons, inShortfall: rows.inShortfall, closeOutLosses: rows.closeOutLosses,
      closeOutDrifts: rows.closeOutDrifts, closeOutLiquidities: rows.closeOutLiquidities,
      marginShortfalls: rows.marginShortfalls, depths: rows.depths, thresholds: rows.thresholds, values: values)
  }
}
