/// What a model said of the rows of a dataset; NaN and nil where it said nothing.
///
/// All lists have one place for each row.
package struct SideForecasts: Sendable {
  /// The probability of a depth shortfall that a policy goes by.
  package var probabilities: [Double]
  /// The model's own probability, before anything that makes it conservative.
  package var points: [Double]
  /// Whether the shortfall followed, by the thresholds that the model knew; nil where that is unknown.
  ///
  /// From the future.
  package var events: [Bool?]
  /// Whether the row's book was in shortfall already, by the thresholds that the model knew.
  package var inShortfall: [Bool?]
  /// The depth below which the row's side was in shortfall, as the model knew it, in quote currency.
  package var thresholds: [Double]
  /// For each size of position the quantile of the close-out loss at the highest level of the model, as a fraction of
  /// notional, not falling with the size.
  package var losses: [[Double]]
  /// The past of each row's market side as the model knew it.
  package var histories: [SideHistory?]

  /// Nothing, of so many rows and sizes of position.
  package init(count: Int, rungCount: Int) {
    let undefined = [Double](repeating: .nan, count: count)
    (probabilities, points, thresholds) = (undefined, undefined, undefined)
    events = [Bool?](repeating: nil, count: count)
    inShortfall = events
    losses = [[Double]](repeating: undefined, count: rungCount)
    histories = [SideHistory?](repeating: nil, count: count)
  }

  /// Puts what was said of some rows in their place.
  mutating func replace(_ rows: Range<Int>, with said: SideForecasts) {
    probabilities.replaceSubrange(rows, with: said.probabilities)
    points.replaceSubrange(rows, with: said.points)
    events.replaceSubrange(rows, with: said.events)
    inShortfall.replaceSubrange(rows, with: said.inShortfall)
    thresholds.replaceSubrange(rows, with: said.thresholds)
    for rung in losses.indices { losses[rung].replaceSubrange(rows, with: said.losses[rung]) }
    histories.replaceSubrange(rows, with: said.histories)
  }
}
