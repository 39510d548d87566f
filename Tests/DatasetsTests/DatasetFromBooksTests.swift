import Datasets
import Features
import Labels
import Markets
import Sampling
import Testing

/// From books to rows, the way training does it.
@Suite struct DatasetFromBooksTests {
  private func books(count: Int) throws -> [BookSnapshot] {
    var generator = SeededGenerator(seed: 17)
    let names = try ["LTC", "ETH"].map(market)
    return try (0..<count).map { index in
      let mid = 100 + generator.normal()
      let size = generator.exponential(mean: 10) + 0.1
      return BookSnapshot(
        time: at(index / 2 * 60), market: names[index % 2],
        book: try OrderBook(
          bids: [BookLevel(price: mid - 0.1, size: size), BookLevel(price: mid - 2, size: 5)],
          asks: index % 31 == 0
            ? [] : [BookLevel(price: mid + 0.1, size: size / 2), BookLevel(price: mid + 3, size: 5)]))
    }
  }

  @Test func featuresAndLabelsMeetAtTheirSnapshot() throws {
    let task = try ShortfallTask(
      band: BasisPoints(100), horizon: .minutes(10), latency: .zero, occupancy: .anySnapshot,
      threshold: .relativeToMedian(0.4), minimumSnapshots: 3)
    let books = try books(count: 400)
    let probe = OutcomeProbe(task: task)
    let observations = books.map(probe.observe)
    let thresholds = DepthThresholds.fitted(task.threshold, to: observations)
    var pipeline = FeaturePipeline(configuration: .standard)
    let rows = books.map { pipeline.observe($0) }
    var builder = DatasetBuilder(schema: pipeline.schema)
    for name in try ["LTC", "ETH"].map(market) {
      var labeler = OutcomeLabeler(task: task, thresholds: try #require(thresholds[name]))
      let positions = books.indices.filter { books[$0].market == name }
      var labels: [BySide<LabeledOrigin>] = []
      for position in positions { labels += labeler.observe(observations[position]) }
      labels += labeler.finish()
      for (position, label) in zip(positions, labels) {
        try builder.append(row: rows[position], labels: label, observation: observations[position])
      }
    }
    let data = builder.build()
    try #require(data.count == 2 * books.count)
    #expect(data.times == data.times.sorted())
    for row in 0..<data.count {
      let position = try #require(
        books.firstIndex { $0.time == data.times[row] && $0.market == data.markets[data.marketIndices[row]] })
      let expected = rows[position].values[data.sides[row]]
      #expect(data.features(ofRow: row).map(\.bitPattern) == expected.map(\.bitPattern))
      #expect((data.inShortfall[row] == nil) == !rows[position].isScorable)
    }
    #expect(data.events.contains(true) && data.events.contains(false) && data.events.contains(nil))
    #expect(data.depths[0] > 0 || data.depths[0].isNaN)
  }
}
