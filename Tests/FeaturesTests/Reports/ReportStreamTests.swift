import Checkpoints
import Features
import Markets
import Sampling
import Testing

@Suite("Features of reports in a stream")
struct ReportStreamTests {
  @Test("deleting the future, reports too, never changes a row", arguments: [1, 2] as [UInt64])
  func causality(seed: UInt64) throws {
    let events = try randomEvents(seed: seed, count: 300)
    let configuration = try FeatureConfiguration.withReports()
    let full = ReportRows(events, configuration).rows.map(bits)
    for length in [1, 9, 100, 555] {
      let prefix = ReportRows(Array(events.prefix(length)), configuration).rows.map(bits)
      #expect(prefix == Array(full.prefix(prefix.count)))
    }
  }

  @Test("a report changes no row before its place, and some row after it")
  func place() throws {
    let events = try randomEvents(seed: 3, markets: ["A"], count: 60, meanStep: 60, trouble: .none)
    let configuration = try FeatureConfiguration.withReports()
    let plain = ReportRows(events, configuration).rows.map(bits)
    let middle = try #require(events.indices.first { $0 > events.count / 2 && events[$0].isBook })
    let rowsBefore = events[..<middle].count { $0.isBook }
    let time = Double(events[middle].time.nanoseconds) / 1e9
    for report in [try trade(time - 1, 100, 7, .sell), try liquidation(time - 1, .buy, 100, 7)] {
      var changed = events
      changed.insert(report, at: middle)
      let rows = ReportRows(changed, configuration).rows.map(bits)
      #expect(rows[..<rowsBefore] == plain[..<rowsBefore])
      #expect(rows[rowsBefore] != plain[rowsBefore])
    }
  }

  @Test("families that do not ask for reports never change with them, to the bit and in memory")
  func others() throws {
    let events = try randomEvents(seed: 5, count: 300)
    let books = events.filter(\.isBook)
    var (with, without) = (FeaturePipeline(configuration: .standard), FeaturePipeline(configuration: .standard))
    #expect(events.compactMap { with.observe($0) }.map(bits) == books.compactMap { without.observe($0) }.map(bits))
    #expect(try state(of: &with) == state(of: &without))
    let standard = FeatureSchema(configuration: .standard)
    #expect(standard.definitions.allSatisfy { ![.trades, .derivatives].contains($0.family) })
    let all = ReportRows(events, try FeatureConfiguration(families: FeatureFamily.allCases))
    let plain = ReportRows(events, .standard)
    for name in standard.names {
      for row in plain.rows.indices {
        #expect(try all.value(name, row: row).bitPattern == plain.value(name, row: row).bitPattern, "\(name)")
      }
    }
  }

  @Test("reports of one market say nothing of another")
  func otherMarkets() throws {
    let events = try randomEvents(seed: 7, markets: ["A", "B"], count: 300)
    let configuration = try FeatureConfiguration(families: [.trades, .derivatives])
    let alone = ReportRows(events.filter { $0.market.text == "A" }, configuration).rows.map(bits)
    let among = ReportRows(events, configuration).rows.filter { $0.market.text == "A" }.map(bits)
    #expect(alone == among)
  }

  @Test("stopped at random moments, between reports too, it goes on bit for bit")
  func resumes() throws {
    let configuration = try FeatureConfiguration.withReports()
    var whole = FeaturePipeline(configuration: configuration)
    var stopped = whole
    var generator = SeededGenerator(seed: 9)
    for (index, event) in try randomEvents(seed: 9, count: 1_500, meanStep: 60).enumerated() {
      let expected = whole.observe(event).map(bits)
      try #require(stopped.observe(event).map(bits) == expected, "event \(index)")
      guard generator.happens(withProbability: index < 20 ? 0.5 : 0.03) else { continue }
      var archive = StateArchive(reading: try state(of: &stopped))
      stopped = FeaturePipeline(configuration: configuration)
      try archive.exchange(&stopped)
      try archive.finish()
    }
  }

  @Test("a damaged state with reports never stops the process")
  func damaged() throws {
    let configuration = try FeatureConfiguration(families: [.trades, .derivatives])
    let events = try randomEvents(seed: 11, count: 150)
    var pipeline = FeaturePipeline(configuration: configuration)
    for event in events.prefix(200) { _ = pipeline.observe(event) }
    let bytes = try state(of: &pipeline)
    var generator = SeededGenerator(seed: 12)
    for _ in 0..<300 {
      var wrong = bytes
      wrong[generator.index(below: wrong.count)] ^= 1 << UInt8(generator.index(below: 8))
      var archive = StateArchive(reading: wrong)
      var taken = FeaturePipeline(configuration: configuration)
      guard (try? archive.exchange(&taken)) != nil else { continue }
      for event in events.suffix(60) { _ = taken.observe(event) }
    }
  }

  @Test("no value is infinite, whatever a venue states")
  func finite() throws {
    let configuration = try FeatureConfiguration.withReports()
    var events = try randomEvents(seed: 13, count: 300)
    for index in stride(from: 3, to: events.count, by: 11) {
      let time = Double(events[index].time.nanoseconds) / 1e9
      events.insert(try trade(time, 1e300, 1e300, .buy), at: index)
      events.insert(try figure(time, .indexPrice, 1e-300), at: index)
      events.insert(try figure(time, .openInterest, 1e308), at: index)
      events.insert(try liquidation(time, .sell, 1e200, 1e200), at: index)
      events.insert(try figure(time, .fundingRate, .nan), at: index)
    }
    for row in ReportRows(events, configuration).rows {
      #expect((row.values.sell + row.values.buy).allSatisfy { !$0.isInfinite })
    }
  }

  private func state(of pipeline: inout FeaturePipeline) throws -> [UInt8] {
    var archive = StateArchive()
    try archive.exchange(&pipeline)
    return archive.bytes
  }
}

extension MarketEvent {
  fileprivate var isBook: Bool { if case .book = self { true } else { false } }
}
