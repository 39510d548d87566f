import Features
import Markets
import Testing

@Suite("Feature pipeline")
struct PipelineTests {
  @Test("deleting the future never changes a row", arguments: [1, 2, 3] as [UInt64])
  func causality(seed: UInt64) throws {
    let stream = try randomStream(seed: seed, count: 400)
    let full = NamedRows(stream).rows.map(bits)
    for length in [1, 7, 100, 399] {
      let prefix = NamedRows(Array(stream.prefix(length))).rows.map(bits)
      #expect(prefix == Array(full.prefix(length)))
    }
  }

  @Test("a row that somebody holds stays as it was, and the memory of one that is dropped leaves no trace in the next")
  func rowsAreApart() throws {
    let stream = try randomStream(seed: 12, count: 300)
    var holding = FeaturePipeline(configuration: .standard)
    var dropping = FeaturePipeline(configuration: .standard)
    var held: [(row: FeatureRow, bits: [UInt64])] = []
    for snapshot in stream {
      let row = holding.observe(snapshot)
      let rowBits = bits(row)
      #expect(bits(dropping.observe(snapshot)) == rowBits)
      held.append((row, rowBits))
    }
    #expect(held.allSatisfy { bits($0.row) == $0.bits })
  }

  @Test("stage one by market, then stage two in stream order, equals the pipeline bit for bit")
  func twoStages() async throws {
    let stream = try randomStream(seed: 11, count: 600)
    let configuration = try FeatureConfiguration(referenceMarket: MarketName("B"))
    let names = Set(stream.map(\.market)).sorted()
    let stageOne = await withTaskGroup(of: (MarketName, [MarketFeatures]).self) { group in
      for name in names {
        group.addTask {
          var extractor = MarketFeatureExtractor(configuration: configuration)
          return (name, stream.filter { $0.market == name }.map { extractor.observe($0) })
        }
      }
      var results: [MarketName: [MarketFeatures]] = [:]
      for await (name, features) in group { results[name] = features }
      return results
    }
    var positions: [MarketName: Int] = [:]
    var crossMarket = CrossMarketExtractor(configuration: configuration)
    let rows = try stream.map { snapshot in
      let position = positions[snapshot.market, default: 0]
      positions[snapshot.market] = position + 1
      return crossMarket.complete(try #require(stageOne[snapshot.market])[position])
    }
    #expect(rows.map(bits) == NamedRows(stream, configuration).rows.map(bits))
  }

  @Test("a past beyond the memory leaves nothing but rounding, even one of absurd sizes")
  func pastIsForgotten() throws {
    var stream = try randomStream(seed: 21, count: 40, trouble: .none)
    for index in stream.indices {
      let scaled = try book(
        stream[index].book.bids.map { ($0.price, $0.size * 1e12) },
        stream[index].book.asks.map { ($0.price * 1.001, $0.size * 1e12) })
      stream[index] = BookSnapshot(time: stream[index].time, market: stream[index].market, book: scaled)
    }
    let shift = FeatureConfiguration.standard.memory + FeatureConfiguration.standard.memory + .days(30)
    let later = try randomStream(seed: 22, count: 300, trouble: .none)
    let moved = later.map { BookSnapshot(time: $0.time + shift, market: $0.market, book: $0.book) }
    let withPast = NamedRows(stream + moved)
    let alone = NamedRows(moved)
    let recursive = [
      "ewma", "average_", "first_eigen", "absorption", "update", "gap", "stale", "last_", "lead", "of_vol",
    ]
    for (row, expected) in alone.rows.enumerated() where row > 10 {
      for (column, name) in alone.schema.names.enumerated() where !recursive.contains(where: name.contains) {
        let found = withPast.rows[stream.count + row].values.sell[column]
        #expect(agree(found, expected.values.sell[column], within: 1e-7), "\(name) \(row)")
      }
    }
  }

  @Test("books without a mid are not scorable and do not poison what follows")
  func oneSidedBooks() throws {
    let clean = try [0.0, 600, 1200, 1800].map { try snapshot($0, book(mid: 100 + $0 / 1000)) }
    let holes = try [(300.0, try book([(99, 1)], [])), (900, try book([], [])), (1200, try book([], [(101, 1)]))]
      .map { try snapshot($0.0, $0.1) }
    let mixed = [clean[0], holes[0], clean[1], holes[1], holes[2], clean[2], clean[3]]
    let result = NamedRows(mixed)
    #expect(result.rows.map(\.isScorable) == [true, false, true, false, false, true, true])
    let expected = NamedRows(clean)
    for name in expected.schema.names where !["time_since_update"].contains(name) {
      #expect(try agree(result.value(name), expected.value(name)), "\(name)")
    }
    #expect(try result.value("depth_100bp", row: 1).isNaN)
    #expect(try result.value("depth_change_100bp_1h", row: 3).isNaN)
    #expect(try result.value("realised_volatility_1h", row: 3) == result.value("realised_volatility_1h", row: 2))
  }

  @Test("equal and even falling times are safe")
  func awkwardTimes() throws {
    let times: [Double] = [0, 0, 0, 60, 60, 30, 60, 1e9, 1e9, 9.2e9, -9.2e9]
    let stream = try times.enumerated().flatMap { index, time in
      try ["A", "B"].map { try snapshot(time, book(mid: 100 + Double(index)), market: $0) }
    }
    let result = NamedRows(stream)
    #expect(result.rows.allSatisfy { $0.values.sell.count == result.schema.count })
    #expect(try result.value("last_return_intensity", row: 2).isNaN)
    #expect(result.rows.allSatisfy { row in row.values.sell.allSatisfy { !$0.isInfinite } })
  }

  @Test("no value is infinite on troubled streams")
  func finite() throws {
    for row in NamedRows(try randomStream(seed: 31, count: 1_000)).rows {
      #expect((row.values.sell + row.values.buy).allSatisfy { !$0.isInfinite })
    }
  }
}
