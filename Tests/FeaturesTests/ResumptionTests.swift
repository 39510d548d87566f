import Checkpoints
import Features
import Markets
import Sampling
import Testing

@Suite("Feature pipeline, resumed")
struct ResumptionTests {
  private func state(of pipeline: inout FeaturePipeline) throws -> [UInt8] {
    var archive = StateArchive()
    try archive.exchange(&pipeline)
    return archive.bytes
  }

  private func restored(_ bytes: [UInt8], _ configuration: FeatureConfiguration) throws -> FeaturePipeline {
    var archive = StateArchive(reading: bytes)
    var pipeline = FeaturePipeline(configuration: configuration)
    try archive.exchange(&pipeline)
    try archive.finish()
    return pipeline
  }

  private static let configurations: [FeatureConfiguration] = [
    .standard, .streaming, (try? FeatureConfiguration(referenceMarket: MarketName("B"))) ?? .standard,
    (try? FeatureConfiguration(windows: [.seconds(1), .hours(1)], thinMultiples: [0.2, 0.4, 0.6, 0.8])) ?? .standard,
  ]

  @Test("stopped at random moments, it goes on as if it never had, bit for bit", arguments: 0..<4)
  func resumes(number: Int) throws {
    let configuration = Self.configurations[number]
    let meanStep = configuration == .streaming ? 2.0 : 600
    let stream = try randomStream(seed: UInt64(31 + number), count: 3_000, meanStep: meanStep)
    var whole = FeaturePipeline(configuration: configuration)
    var stopped = whole
    var generator = SeededGenerator(seed: UInt64(number))
    var resumptions = 0
    for (index, snapshot) in stream.enumerated() {
      let expected = bits(whole.observe(snapshot))
      try #require(bits(stopped.observe(snapshot)) == expected, "snapshot \(index), resumed \(resumptions) times")
      guard generator.happens(withProbability: index < 20 ? 0.5 : 0.02) else { continue }
      let bytes = try state(of: &stopped)
      stopped = try restored(bytes, configuration)
      #expect(try state(of: &stopped) == bytes)
      resumptions += 1
    }
    #expect(resumptions > 30)
  }

  @Test("keeping the state changes nothing")
  func harmless() throws {
    let stream = try randomStream(seed: 41, count: 500)
    var watched = FeaturePipeline(configuration: .standard)
    let rows = try stream.map { snapshot in
      _ = try state(of: &watched)
      return bits(watched.observe(snapshot))
    }
    #expect(rows == NamedRows(stream).rows.map(bits))
  }

  @Test("the state is bounded by the snapshots in the windows, not by the stream")
  func bounded() throws {
    let stream = try randomStream(seed: 51, count: 12_000, meanStep: 2, trouble: .none)
    var pipeline = FeaturePipeline(configuration: .streaming)
    var sizes: [Int] = []
    for (index, snapshot) in stream.enumerated() {
      _ = pipeline.observe(snapshot)
      if index % 2_000 == 1_999 { sizes.append(try state(of: &pipeline).count) }
    }
    // Windows of half an hour hold about 720 of these snapshots.
    let largest = try #require(sizes.max())
    let smallest = try #require(sizes.min())
    #expect(largest < smallest * 5 / 4)
    #expect(largest < 720 * 700)
  }

  @Test("the state of other windows, bands or half-written states are refused")
  func refused() throws {
    var pipeline = FeaturePipeline(configuration: .standard)
    for snapshot in try randomStream(seed: 61, count: 100) { _ = pipeline.observe(snapshot) }
    let bytes = try state(of: &pipeline)
    let others = [
      try FeatureConfiguration(windows: [.hours(1), .hours(2)]),
      try FeatureConfiguration(bands: [BasisPoints(100)]),
      try FeatureConfiguration(families: [.depth]),
    ]
    for other in others {
      #expect(throws: StateFault.self) { try restored(bytes, other) }
    }
    for length in stride(from: 0, to: bytes.count, by: 97) {
      #expect(throws: StateFault.self) { try restored(Array(bytes.prefix(length)), .standard) }
    }
  }

  @Test("a damaged state never stops the process, neither on reading nor afterwards")
  func damaged() throws {
    let stream = try randomStream(seed: 71, count: 150)
    var pipeline = FeaturePipeline(configuration: .standard)
    for snapshot in stream.prefix(100) { _ = pipeline.observe(snapshot) }
    let bytes = try state(of: &pipeline)
    var generator = SeededGenerator(seed: 72)
    var refused = 0
    for _ in 0..<300 {
      var wrong = bytes
      wrong[generator.index(below: wrong.count)] ^= 1 << UInt8(generator.index(below: 8))
      guard var taken = try? restored(wrong, .standard) else {
        refused += 1
        continue
      }
      for snapshot in stream.suffix(50) { _ = taken.observe(snapshot) }
    }
    #expect(refused > 0)
  }

  @Test("the tracker of liquidity goes on too, bit for bit")
  func tracker() throws {
    let stream = try randomStream(seed: 81, markets: ["A"], count: 2_000, meanStep: 60)
    let blank = LiquidityTracker(band: BasisPoints(100), horizon: .hours(2), halfLife: .hours(1))
    var whole = blank
    var stopped = blank
    for (index, snapshot) in stream.enumerated() {
      let conditions = whole.observe(snapshot)
      #expect(stopped.observe(snapshot) == conditions, "snapshot \(index)")
      if index % 37 != 0 { continue }
      var written = StateArchive()
      try written.exchange(&stopped)
      var archive = StateArchive(reading: written.bytes)
      stopped = blank
      try archive.exchange(&stopped)
    }
  }
}
