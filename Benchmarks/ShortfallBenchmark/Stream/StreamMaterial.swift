internal import Foundation
internal import MarketData
internal import Markets

/// What the stream benchmark needs: a model that reads every feature, and the lines of a stream.
struct StreamMaterial {
  static let marketCount = 4
  /// The configuration of the model's training.
  static let recipe = packageFolder.appendingPathComponent("Benchmarks/stream-model.yaml").path

  /// The directory of the model.
  let model: String
  /// The file of the model's trees in LightGBM's format.
  let trees: String
  /// The file of the lines.
  let lines: String
  /// The number of lines.
  let lineCount: Int
  /// The bytes of the lines.
  let byteCount: Int

  /// Simulates markets into a folder and trains the model on an earlier part of their lives with the program itself.
  init(in folder: URL, program: String, lineCount: Int) throws {
    let recording = folder.appendingPathComponent("training.jsonl")
    _ = try Self.write(50_000, cadence: .seconds(20), seed: 7, timeDivisor: 1, to: recording)
    model = folder.appendingPathComponent("model").path
    _ = try outputOfProcess(program, ["train", "--config", Self.recipe, "--data", recording.path, "--output", model])
    trees = folder.appendingPathComponent("trees.txt").path
    _ = try outputOfProcess(program, ["export", "--model", model, "--format", "lightgbm", "--output", trees])
    let stream = folder.appendingPathComponent("stream.jsonl")
    // Books that are ten seconds apart in the simulation come a hundred times as fast: ten a second in each market.
    byteCount = try Self.write(lineCount, cadence: .seconds(10), seed: 9, timeDivisor: 100, to: stream)
    lines = stream.path
    self.lineCount = lineCount
  }

  /// Writes the first lines to a file and returns their number.
  func writeHead(_ count: Int, to file: URL) throws -> Int {
    let text = try Data(contentsOf: URL(fileURLWithPath: lines))
    let head = text.split(separator: UInt8(ascii: "\n"), maxSplits: count).prefix(count)
    try Data(head.joined(separator: [UInt8(ascii: "\n")]) + [UInt8(ascii: "\n")]).write(to: file)
    return head.count
  }

  /// Writes simulated books as canonical lines and returns the number of bytes.
  private static func write(
    _ count: Int, cadence: TimeSpan, seed: UInt64, timeDivisor: Int64, to file: URL
  ) throws -> Int {
    var recorder = SimulatedRecorder()
    recorder.cadence = cadence
    let configuration = try SimulationConfiguration(
      seed: seed, instruments: Array(SimulatedInstrument.catalogue.prefix(marketCount)), recorder: recorder)
    let start = SimulationConfiguration.standardStart
    let writer = CanonicalLineWriter()
    var bytes: [UInt8] = []
    for simulated in SimulatedMarkets(configuration: configuration).prefix(count) {
      let snapshot = simulated.snapshot
      let age = (snapshot.time - start).nanoseconds / timeDivisor
      writer.append(
        BookSnapshot(time: start + TimeSpan(nanoseconds: age), market: snapshot.market, book: snapshot.book), to: &bytes
      )
    }
    try Data(bytes).write(to: file)
    return bytes.count
  }
}
