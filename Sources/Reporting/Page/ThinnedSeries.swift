internal import Markets

/// The rows of a long series that a picture draws.
///
/// Time is cut into equal stretches; of each, the rows with the smallest and the largest figure of every column are kept,
/// and besides them the first row, the last row and every row that must be seen.
package enum ThinnedSeries {
  /// The kept rows, rising; all of them when there are no more than `limit`.
  ///
  /// `times` rise, in seconds; columns may be shorter than `times` and hold nil, which is never the smallest or largest.
  /// Linear in rows times columns, but for one sort of what is kept.
  package static func rows(times: [Double], columns: [[Double?]], required: [Int], stretches: Int, limit: Int) -> [Int]
  {
    guard times.count > limit, let first = times.first, let last = times.last, last > first, stretches > 0 else {
      return Array(times.indices)
    }
    var kept = Set(required.filter { times.indices.contains($0) })
    kept.formUnion([0, times.count - 1])
    for column in columns {
      var extremes: (stretch: Int, least: Int, most: Int)?
      for (row, value) in zip(times.indices, column) {
        guard let value, value.isFinite else { continue }
        let share = max(0, min(1, (times[row] - first) / (last - first)))
        let stretch = min(stretches - 1, Int(share * Double(stretches)))
        guard let current = extremes, current.stretch == stretch else {
          if let extremes { kept.formUnion([extremes.least, extremes.most]) }
          extremes = (stretch, row, row)
          continue
        }
        if value < (column[current.least] ?? .infinity) { extremes?.least = row }
        if value > (column[current.most] ?? -.infinity) { extremes?.most = row }
      }
      if let extremes { kept.formUnion([extremes.least, extremes.most]) }
    }
    return kept.sorted()
  }

  /// What is drawn of a series, in words.
  ///
  /// - Parameter figures: What the smallest and the largest of are kept, such as `loss and margin`.
  static func note(drawn: Int, of total: Int, stretches: Int, figures: String) -> String {
    if drawn == total { return "Every one of the \(Figures.count(total)) snapshots is drawn." }
    return """
      Of \(Figures.count(total)) snapshots \(Figures.count(drawn)) are drawn: time is cut into \(Figures.count(stretches)) \
      equal stretches, and of each the smallest and the largest \(figures) are kept, besides the first and the last snapshot \
      and every one whose loss is above a drawn margin; the lines between them are straight.
      """
  }
}
