internal import Features
internal import Foundation
internal import Labels
internal import Margining
internal import MarketData
internal import Markets
internal import ModelStore
internal import Workflows

/// Reads every book.
func readBooks(_ paths: [String]) throws -> PassResult {
  var result = PassResult()
  let recording = try Recording(paths: paths, strictness: .stop)
  try recording.forEachBatch(of: 2_048) { snapshots in
    for snapshot in snapshots { result.count(snapshot) }
  }
  result.bytes = recording.digests.reduce(0) { $0 + $1.byteCount }
  return result
}

/// Reads every book and computes its features, one after the other.
func extractFeatures(_ paths: [String], _ configuration: FeatureConfiguration) throws -> PassResult {
  var result = PassResult()
  var pipeline = FeaturePipeline(configuration: configuration)
  let shared = SharedFeatures(configuration)
  let recording = try Recording(paths: paths, strictness: .stop)
  try recording.forEachBatch(of: 2_048) { snapshots in
    for snapshot in snapshots {
      result.snapshots += 1
      result.fingerprint += shared.sum(of: pipeline.observe(snapshot))
    }
  }
  result.bytes = recording.digests.reduce(0) { $0 + $1.byteCount }
  return result
}

/// Reads every book and computes its features, the markets side by side.
func extractFeaturesInParallel(_ paths: [String], _ configuration: FeatureConfiguration) throws -> PassResult {
  var result = PassResult()
  let task = try ShortfallTask(band: BasisPoints(100), horizon: .hours(2), threshold: .relativeToMedian(0.4))
  var pass = FeaturePass(features: configuration, task: task)
  let shared = SharedFeatures(configuration)
  let recording = try Recording(paths: paths, strictness: .stop)
  try pass.run(over: recording) { observation in
    result.snapshots += 1
    result.fingerprint += shared.sum(of: observation.row)
  }
  result.bytes = recording.digests.reduce(0) { $0 + $1.byteCount }
  return result
}

/// Sends a simulated stream through writer, parser and features; nothing of it is kept.
func followStream(ofSnapshots count: Int, _ configuration: FeatureConfiguration) throws -> PassResult {
  var result = PassResult()
  var pipeline = FeaturePipeline(configuration: configuration)
  let shared = SharedFeatures(configuration)
  let writer = CanonicalLineWriter()
  var parser = CanonicalLineParser()
  var line: [UInt8] = []
  for simulated in SimulatedMarkets(configuration: try fastMarkets()).prefix(count) {
    line.removeAll(keepingCapacity: true)
    writer.append(simulated.snapshot, to: &line)
    result.snapshots += 1
    result.bytes += line.count
    result.fingerprint += shared.sum(of: pipeline.observe(try parser.parse(line)))
  }
  return result
}

/// Scores canonical lines as `shortfall score` does, except that the answers go nowhere.
func scoreLines(_ paths: [String]) throws -> PassResult {
  guard let model = ShippedModel.directory, let path = paths.first, let file = FileHandle(forReadingAtPath: path) else {
    throw BenchmarkFailure.nothingToScore
  }
  var result = PassResult()
  var scorer = OnlineScorer(try StoredModel.load(model).artefact, reasonCount: 5)
  let writer = ScoreLine(curve: .standard)
  var parser = CanonicalLineParser()
  var lines = LineReader(fileDescriptor: file.fileDescriptor, name: path)
  while case .bytes(let line)? = try lines.next() {
    result.snapshots += 1
    result.bytes += line.count + 1
    result.fingerprint += Double(writer.bytes(scorer.score(try parser.parse(line))).count)
  }
  return result
}

extension PassResult {
  /// Counts a book in.
  mutating func count(_ snapshot: BookSnapshot) {
    snapshots += 1
    for level in snapshot.book.bids { fingerprint += level.notional }
    for level in snapshot.book.asks { fingerprint += level.notional }
  }
}
