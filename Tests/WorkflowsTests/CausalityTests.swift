import Configuration
import Features
import Labels
import MarketData
import Markets
import Sampling
import TestRecordings
import Testing
import Workflows

/// A way to compute features: books in, one row of columns for each book out.
typealias FeatureComputation = ([BookSnapshot]) -> [[Double]]

/// The names of the columns that change when the books after some cut are taken away; empty for honest features.
func columnsThatKnowTheFuture(
  _ snapshots: [BookSnapshot], names: [String], cuts: [Int], _ compute: FeatureComputation
) -> [String] {
  let whole = compute(snapshots)
  var guilty: Set<Int> = []
  for cut in cuts {
    for (row, reference) in zip(compute(Array(snapshots[..<cut])), whole) {
      for column in names.indices where row[column].bitPattern != reference[column].bitPattern {
        guilty.insert(column)
      }
    }
  }
  return guilty.sorted().map { names[$0] }
}

@Suite("Features know nothing of the future")
struct CausalityTests {
  private let configuration: TrainingConfiguration
  private let snapshots = SimulatedBooks.snapshots

  init() throws {
    configuration = try TrainingConfiguration(yaml: SimulatedBooks.training(), file: "simulated.yaml")
  }

  private static func sellRows(_ configuration: FeatureConfiguration) -> FeatureComputation {
    { books in
      var pipeline = FeaturePipeline(configuration: configuration)
      return books.map { pipeline.observe($0).values.sell }
    }
  }

  private func batched(_ books: ArraySlice<BookSnapshot>, seed: UInt64) -> [FeaturePass.Observation] {
    var generator = SeededGenerator(seed: seed)
    var pass = FeaturePass(features: configuration.features, task: configuration.task)
    var rest = books
    var observations: [FeaturePass.Observation] = []
    while !rest.isEmpty {
      let size = 1 + generator.index(below: generator.index(below: 4) == 0 ? 900 : 12)
      observations += pass.extract(Array(rest.prefix(size)))
      rest = rest.dropFirst(size)
    }
    return observations
  }

  @Test("a pass over the beginning gives the beginning of the whole, however it is cut into batches")
  func prefixes() throws {
    try #require(snapshots.count > 3_000)
    var pipeline = FeaturePipeline(configuration: configuration.features)
    let online = snapshots.map { RowBits(pipeline.observe($0)) }
    for (seed, end) in [1, 2, 97, 1_000, 2_501, snapshots.count].enumerated() {
      let observations = batched(snapshots[..<end], seed: UInt64(seed))
      #expect(observations.map { RowBits($0.row) } == Array(online[..<end]), "the first \(end) books")
    }
  }

  @Test("what a recording's files hold after an instant changes no row and no observation before it")
  func recordings() throws {
    func observations(_ path: String, to end: Timestamp) throws -> ([RowBits], [OutcomeObservation]) {
      var pass = FeaturePass(features: configuration.features, task: configuration.task)
      var rows: [RowBits] = []
      var outcomes: [OutcomeObservation] = []
      try pass.run(over: try Recording(paths: [path])) { observation in
        guard observation.row.time < end else { return }
        rows.append(RowBits(observation.row))
        outcomes.append(observation.outcome)
      }
      return (rows, outcomes)
    }
    let past = try Scratch.file("past.jsonl", SimulatedBooks.lines(snapshots.filter { $0.time < SimulatedBooks.split }))
    let short = try observations(past, to: .distantFuture)
    let long = try observations(SimulatedBooks.file, to: SimulatedBooks.split)
    #expect(short.0.count > 2_000)
    #expect(short.0 == long.0)
    #expect(short.1 == long.1)
  }

  @Test("no column of the pipeline knows the future")
  func honestPipeline() {
    let books = Array(snapshots[..<1_200])
    let names = FeatureSchema(configuration: configuration.features).names
    let guilty = columnsThatKnowTheFuture(
      books, names: names, cuts: [300, 640, 1_199], Self.sellRows(configuration.features))
    #expect(guilty == [])
  }

  @Test("a planted feature that looks ahead is caught, by name, however faint", arguments: [1, 3, 60])
  func plantedFeature(lead: Int) {
    let books = Array(snapshots[..<1_200])
    let names = FeatureSchema(configuration: configuration.features).names
    let honest = Self.sellRows(configuration.features)
    let guilty = columnsThatKnowTheFuture(books, names: names + ["planted"], cuts: [300, 640, 1_199]) { books in
      let rows = honest(books)
      return rows.indices.map { index in
        let future = index + lead < rows.count ? rows[index + lead][0] : 0
        return rows[index] + [rows[index][0] + 1e-9 * future]
      }
    }
    #expect(guilty == ["planted"])
  }

  @Test("a column that was scaled by the whole recording is caught")
  func scaledByTheWhole() {
    let books = Array(snapshots[..<1_200])
    let honest = Self.sellRows(configuration.features)
    let guilty = columnsThatKnowTheFuture(books, names: ["raw", "scaled"], cuts: [1_199]) { books in
      let column = honest(books).map { $0[0] }
      let mean = column.reduce(0, +) / Double(column.count)
      return column.map { [$0, $0 - mean] }
    }
    #expect(guilty == ["scaled"])
  }

  @Test(
    "on the recorded books too: batches and lanes equal the online pipeline bit for bit",
    .enabled(if: RecordedData.hasSpot, Comment(rawValue: RecordedData.absence)))
  func recordedBooks() throws {
    let stream = try RecordedStream(paths: [RecordedData.spot])
    let books = try stream.next(limit: 1_500).compactMap { event in
      if case .snapshot(let snapshot) = event { snapshot } else { nil }
    }
    try #require(books.count == 1_500)
    var pipeline = FeaturePipeline(configuration: configuration.features)
    let online = books.map { RowBits(pipeline.observe($0)) }
    #expect(batched(books[...], seed: 5).map { RowBits($0.row) } == online)
    #expect(batched(books[..<777], seed: 6).map { RowBits($0.row) } == Array(online[..<777]))
  }
}
