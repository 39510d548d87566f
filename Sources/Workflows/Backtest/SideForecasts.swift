/// What a model said of the rows of a dataset; NaN where it said nothing.
struct SideForecasts: Sendable {
  /// The probability of a depth shortfall that a policy goes by.
  private(set) var probabilities: [Double]
  /// The quantile of the close-out loss at the highest level of the model, as a fraction of notional.
  private(set) var losses: [Double]

  /// Nothing, of so many rows.
  init(count: Int) {
    self.init(
      probabilities: [Double](repeating: .nan, count: count), losses: [Double](repeating: .nan, count: count))
  }

  /// Creates forecasts; the lists must have one length.
  init(probabilities: [Double], losses: [Double]) {
    self.probabilities = probabilities
    self.losses = losses
  }

  /// Puts what was said of some rows in their place.
  mutating func replace(_ rows: Range<Int>, with said: SideForecasts) {
    probabilities.replaceSubrange(rows, with: said.probabilities)
    losses.replaceSubrange(rows, with: said.losses)
  }
}
