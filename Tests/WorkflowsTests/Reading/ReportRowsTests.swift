import Configuration
import Features
import Foundation
import MarketData
import Markets
import Sampling
import TestRecordings
import Testing
import Workflows

/// Rows of recordings with trades, figures and forced executions beside the books.
@Suite("Rows with reports")
struct ReportRowsTests {
  private let configuration: TrainingConfiguration
  private let events = Array(SimulatedReports.events.prefix(9_000))

  init() throws {
    configuration = try TrainingConfiguration(yaml: SimulatedReports.training, file: "reports.yaml")
  }

  private var online: [RowBits] {
    var pipeline = FeaturePipeline(configuration: configuration.features)
    return events.compactMap { pipeline.observe($0) }.map(RowBits.init)
  }

  @Test("batches and lanes equal the online pipeline bit for bit, however events are cut into batches")
  func batches() throws {
    let expected = online
    try #require(expected.count > 1_000)
    for seed in [1, 2] as [UInt64] {
      var generator = SeededGenerator(seed: seed)
      var pass = FeaturePass(features: configuration.features, task: configuration.task)
      var rest = events[...]
      var rows: [RowBits] = []
      while !rest.isEmpty {
        let size = 1 + generator.index(below: generator.index(below: 4) == 0 ? 900 : 12)
        rows += pass.extract(Array(rest.prefix(size))).map { RowBits($0.row) }
        rest = rest.dropFirst(size)
      }
      #expect(rows == expected)
    }
  }

  @Test("a recording gives the rows of the stream, reports in the books' file or in one of their own")
  func recordings() throws {
    let isBook = { (event: MarketEvent) in event.snapshot != nil }
    let together = [try Scratch.file("together.jsonl", SimulatedReports.lines(events))]
    let apart = [
      try Scratch.file("books.jsonl", SimulatedReports.lines(events.filter(isBook))),
      try Scratch.file("reports.jsonl", SimulatedReports.lines(events.filter { !isBook($0) })),
    ]
    for paths in [together, apart] {
      var pass = FeaturePass(features: configuration.features, task: configuration.task)
      var rows: [RowBits] = []
      try pass.run(over: try Recording(paths: paths, strictness: .stop)) { rows.append(RowBits($0.row)) }
      #expect(rows == online)
    }
  }

  @Test("features that read no reports are the same with and without them")
  func passedOver() throws {
    let plain = try TrainingConfiguration(yaml: SimulatedBooks.training(), file: "plain.yaml")
    var with = FeaturePass(features: plain.features, task: plain.task)
    var without = FeaturePass(features: plain.features, task: plain.task)
    #expect(
      with.extract(events).map { RowBits($0.row) }
        == without.extract(events.compactMap(\.snapshot)).map { RowBits($0.row) })
  }

  @Test("the window of a recording holds reports too, and only books count as snapshots")
  func window() throws {
    let path = try Scratch.file("events.jsonl", SimulatedReports.lines(events))
    let (from, to) = (events[500].time, events[4_000].time)
    let recording = try Recording(paths: [path], from: from, to: to)
    var found: [MarketEvent] = []
    try recording.forEachEventBatch(of: 100) { found += $0 }
    #expect(found == events.filter { $0.time >= from && $0.time < to })
    #expect(recording.snapshotCount == found.count { $0.snapshot != nil })
  }
}
