import Foundation
import Telemetry
import Testing
import Workflows

@Suite("A file of metrics")
struct MetricsFileTests {
  private static let age = MetricFamily.gauge("stream_age_seconds", "Age.", by: ["market"])
  private let folder = FileManager.default.temporaryDirectory.appendingPathComponent("metrics-\(UUID().uuidString)")

  private func sheet(markets: Int) -> MetricSheet {
    var sheet = MetricSheet()
    for market in 0..<markets { sheet.set(Self.age, ["M\(market)"], to: market) }
    return sheet
  }

  @Test("holds a whole sheet at every moment, and no other file is left beside it")
  func replaced() async throws {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = folder.appendingPathComponent("shard.prom").path
    let file = MetricsFile(path: path)
    let sheets = [sheet(markets: 3), sheet(markets: 2_000)]
    let texts = Set(sheets.map(\.text))
    try file.write(sheets[0])
    let reader = Task.detached {
      var torn = 0
      for _ in 0..<500 where !texts.contains(try String(contentsOfFile: path, encoding: .utf8)) { torn += 1 }
      return torn
    }
    for round in 0..<200 { try file.write(sheets[round % 2]) }
    #expect(try await reader.value == 0)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["shard.prom"])
  }

  @Test("names the file when it cannot be written")
  func failure() {
    let path = folder.appendingPathComponent("nowhere/shard.prom").path
    let failure = #expect(throws: MetricsFile.Failure.self) { try MetricsFile(path: path).write(sheet(markets: 1)) }
    #expect(failure?.description.contains(path) == true)
  }
}
