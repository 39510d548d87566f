internal import Datasets
internal import Markets
internal import ModelStore
internal import Validation

extension TrainingRates {
  /// The event rates of a dataset's rows of known outcome.
  init(_ dataset: Dataset) {
    func rates(_ rows: [Int]) -> ByPopulation<Double> {
      func rate(_ rows: [Int]) -> Double {
        rows.isEmpty ? 0 : Double(rows.count { dataset.events[$0] == true }) / Double(rows.count)
      }
      return ByPopulation(onset: rate(rows.filter { dataset.inShortfall[$0] == false }), state: rate(rows))
    }
    let known = (0..<dataset.count).filter { dataset.events[$0] != nil }
    self.init(
      overall: rates(known),
      markets: dataset.markets.indices.map { index in
        Entry(market: dataset.markets[index], rates: rates(known.filter { dataset.marketIndices[$0] == index }))
      })
  }
}
