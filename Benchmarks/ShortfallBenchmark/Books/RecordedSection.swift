internal import Features
internal import Foundation

/// Where the recorded set lies.
enum RecordedSet {
  /// Its folder, unless it is absent.
  static var folder: String? {
    let data =
      ProcessInfo.processInfo.environment["SHORTFALL_RECORDED_DATA"]
      ?? packageFolder.deletingLastPathComponent().appendingPathComponent("shared/data").path
    return [data + "/kraken-binned", data].first { !files(in: $0).isEmpty }
  }

  /// The gzip files of binned books in a folder, in name order.
  static func files(in folder: String) -> [String] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return names.filter { $0.hasSuffix(".csv.gz") }.sorted().map { folder + "/" + $0 }
  }

  /// Inflates the beginning of each file into another folder, for the twin, which reads plain text only.
  ///
  /// - Parameter seconds: how much of the recording, from the first book of each file on.
  static func extract(_ files: [String], first seconds: Int, to folder: URL) throws -> [String] {
    try files.map { file in
      let text = String(decoding: try outputOfProcess("/usr/bin/env", ["gzip", "-dc", file]), as: UTF8.self)
      var end: Int?
      let lines = text.utf8.split(separator: UInt8(ascii: "\n"))
      let kept = lines.prefix { line in
        guard let time = Int(String(decoding: line.prefix { $0 != UInt8(ascii: ",") }, as: UTF8.self)) else {
          return true
        }
        end = end ?? time + seconds
        return time < end ?? time
      }
      let target = folder.appendingPathComponent(String(URL(fileURLWithPath: file).lastPathComponent.dropLast(3)))
      try Data(text.utf8[..<(kept.last?.endIndex ?? text.utf8.startIndex)] + [UInt8(ascii: "\n")]).write(to: target)
      return target.path
    }
  }
}

/// Reading and features on the recorded set, and on its first weeks beside the twin.
func recordedSection(pairs: Int) throws {
  guard let folder = RecordedSet.folder else {
    return print("\nRECORDED BOOKS, REAL: skipped, because there is no recorded set; see SHORTFALL_RECORDED_DATA")
  }
  let files = RecordedSet.files(in: folder)
  let shared = SharedFeatures(.standard)
  guard shared.areComplete else { throw BenchmarkFailure.unknownFeatures }
  print("\nRECORDED BOOKS, REAL, as stored: gzip, \(files.count) markets\n\n" + PassLine.header)
  let runs = (pairs + 1) / 2
  let all = "\(shared.productCount) features a side"
  for (name, pass) in [
    ("reading", Pass.reading), ("reading + \(all), one thread", .features),
    ("reading + \(all), all cores", .featuresInParallel),
  ] {
    print(PassLine(name: name, product: try (0..<runs).map { _ in try measured(pass, paths: files) }).text)
  }
  try withTemporaryFolder { folder in
    let days = 14
    let paths = try RecordedSet.extract(files, first: days * 86_400, to: folder)
    print("\nRECORDED BOOKS, REAL, the first \(days) days as plain text\n\n" + PassLine.header)
    let reading = try pairedResults(.reading, twin: .plainReading, pairs: runs, paths: paths)
    print(PassLine(name: "reading", product: reading.product, twin: reading.twin).text)
    let features = try pairedResults(.features, twin: .plainFeatures, pairs: runs, paths: paths)
    print(PassLine(name: "reading + \(all)", product: features.product, twin: features.twin).text)
    print("  (the twin computes \(shared.names.count) of them)")
  }
}

/// The folder of the package.
var packageFolder: URL {
  (0..<4).reduce(URL(fileURLWithPath: #filePath)) { folder, _ in folder.deletingLastPathComponent() }
}

/// Hands over a folder that is removed afterwards.
func withTemporaryFolder(_ body: (URL) throws -> Void) throws {
  let folder = FileManager.default.temporaryDirectory.appendingPathComponent("shortfall-benchmark-\(UUID())")
  try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(at: folder) }
  try body(folder)
}
