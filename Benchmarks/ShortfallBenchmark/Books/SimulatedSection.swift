internal import Features
internal import Foundation
internal import MarketData
internal import Markets

/// The model that comes with the product.
enum ShippedModel {
  /// Its directory, unless it is absent.
  static var directory: String? {
    let directory = packageFolder.appendingPathComponent("Models/kraken-spot-2h").path
    return FileManager.default.fileExists(atPath: directory) ? directory : nil
  }
}

/// Three simulated markets with a book a second each, under the names that the shipped model knows.
func fastMarkets() throws -> SimulationConfiguration {
  var recorder = SimulatedRecorder()
  recorder.cadence = .seconds(1)
  let names = ["ETHUSDT", "LTCUSDT", "XRPUSDT"].compactMap { MarketName($0) }
  let instruments = zip(SimulatedInstrument.standard, names).map { instrument, name in
    var renamed = instrument
    renamed.name = name
    return renamed
  }
  return try SimulationConfiguration(instruments: instruments, step: .seconds(1), recorder: recorder)
}

/// Parsing, features and scores on a simulated stream of canonical JSON lines.
func simulatedSection(snapshots: Int, pairs: Int) throws {
  try withTemporaryFolder { folder in
    let file = folder.appendingPathComponent("books.jsonl")
    var bytes: [UInt8] = []
    let writer = CanonicalLineWriter()
    for simulated in SimulatedMarkets(configuration: try fastMarkets()).prefix(snapshots) {
      writer.append(simulated.snapshot, to: &bytes)
    }
    try Data(bytes).write(to: file)
    let size = bytes.count / snapshots
    print("\nSIMULATED BOOKS, JSON lines of 20 levels a side, \(size) bytes a line, 3 markets\n\n" + PassLine.header)
    let runs = (pairs + 1) / 2
    let shared = SharedFeatures(.streaming)
    let all = "\(shared.productCount) features a side"
    let reading = try pairedResults(.reading, twin: .plainReading, pairs: runs, paths: [file.path])
    print(PassLine(name: "reading", product: reading.product, twin: reading.twin).text)
    let features = try pairedResults(
      .features, twin: .plainFeatures, pairs: runs, paths: [file.path], pace: .streaming)
    print(PassLine(name: "reading + \(all)", product: features.product, twin: features.twin).text)
    print("  (the twin computes \(shared.names.count) of them)")
    guard ShippedModel.directory != nil else { return print("scores: skipped, because there is no shipped model") }
    let scoring = try (0..<runs).map { _ in try measured(.scoring, paths: [file.path]) }
    print(PassLine(name: "line → shipped model → line with 5 reasons", product: scoring).text)
  }
}

/// The peak memory of ever longer simulated streams.
func memorySection(snapshots: Int) throws {
  print("\nMEMORY BY LENGTH OF THE STREAM, SIMULATED, windows up to 30 min\n\n" + PassLine.header)
  for factor in [1, 4, 16] {
    let result = try measured(.endlessStream, pace: .streaming, snapshots: factor * snapshots)
    print(PassLine(name: "write + parse + features", product: [result]).text)
  }
}
