public import Labels
public import Markets

extension Dataset {
  /// The same rows and features under other labels, as another choice of thresholds gives them.
  ///
  /// `labels` holds the origins of each market in their order, those with a mid only: one for each pair of rows. The
  /// feature values are shared, not copied.
  ///
  /// - Throws: `DatasetFault.notOneOrigin` at the first row without a label of its market and instant.
  /// - Complexity: O(n).
  public func relabelled(
    _ labels: [MarketName: [BySide<LabeledOrigin>]]
  ) throws(DatasetFault) -> Dataset {
    var rows = RowLabels()
    var positions = [BySide<Int>](repeating: BySide(sell: 0, buy: 0), count: markets.count)
    for row in 0..<count {
      let (index, side) = (marketIndices[row], sides[row])
      let own = labels[markets[index]] ?? []
      let position = positions[index][side]
      guard position < own.count, own[position][side].time == times[row] else {
        throw .notOneOrigin(market: markets[index], time: times[row])
      }
      positions[index][side] = position + 1
      rows.append(own[position][side], side: side, depth: depths[row])
    }
    return Dataset(schema: schema, rows: rows, values: values)
  }
}
