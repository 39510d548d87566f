import Foundation
import Markets
import TestRecordings
import Testing

extension CommandLineTests {
  @Suite("score, as a stream")
  struct Stream {
    @Test("scoring the simulated books as a stream equals the feature matrix bit for bit")
    func simulatedFeatures() throws {
      try expectEqualFeatures(
        configuration: TrainedModel.configuration, model: try TrainedModel.simulated.get(), data: SimulatedBooks.file,
        atLeast: 8_000)
    }

    @Test(
      "scoring the recorded books as a stream equals the feature matrix bit for bit",
      .enabled(if: RecordedData.hasSpot, Comment(rawValue: RecordedData.absence)))
    func recordedFeatures() throws {
      try expectEqualFeatures(
        configuration: TrainedModel.recordedConfiguration, model: try TrainedModel.recorded.get(),
        data: RecordedData.spot, window: ["--to", "2025-07-15"], atLeast: 4_000)
    }

    @Test(
      "and in the cascade of October 2025, when books had one side only",
      .enabled(if: RecordedData.hasSpot, Comment(rawValue: RecordedData.absence)))
    func cascadeFeatures() throws {
      let cascade = try Invocation.run(
        ["convert", "--data", RecordedData.spot, "--from", "2025-10-09", "--to", "2025-10-13"])
      #expect(cascade.status == 0, "\(cascade.errors)")
      try expectEqualFeatures(
        configuration: TrainedModel.recordedConfiguration, model: try TrainedModel.recorded.get(),
        data: try Scratch.file("cascade.jsonl", cascade.output), atLeast: 2_000)
    }

    /// Compares `convert | score --features` with `features` on the same books, row by row.
    private func expectEqualFeatures(
      configuration: String, model: String, data: String, window: [String] = [], atLeast leastRows: Int
    ) throws {
      let converted = try Invocation.run(["convert", "--data", data] + window)
      #expect(converted.status == 0, "\(converted.errors)")
      let books = try Scratch.file("books.jsonl", converted.output)
      let scored = try Invocation.run(["score", "--model", model, "--features", "--reasons", "0"], input: books)
      #expect(scored.status == 0, "\(scored.errors)")
      let streamed = try scored.lines.compactMap(FeatureRows.scored).flatMap(\.self)
      let matrix = try Invocation.run(["features", "--config", configuration, "--data", data] + window)
      #expect(matrix.status == 0, "\(matrix.errors)")
      let written = try FeatureRows.matrix(matrix.lines)
      #expect(scored.lines.count == converted.lines.count)
      #expect(streamed.count >= leastRows)
      #expect(streamed.count == written.count)
      let differing = zip(streamed, written).filter { $0 != $1 }
      #expect(differing.isEmpty, "\(differing.count) rows differ, first \(differing.prefix(1))")
    }

    @Test("each line is answered before the next is written")
    func flushed() throws {
      let process = Process()
      let (input, output) = (Pipe(), Pipe())
      process.executableURL = URL(fileURLWithPath: Invocation.program)
      process.arguments = ["score", "--model", try TrainedModel.simulated.get()]
      process.standardInput = input
      process.standardOutput = output
      process.standardError = FileHandle.nullDevice
      try process.run()
      for snapshot in SimulatedBooks.snapshots.prefix(4) {
        try input.fileHandleForWriting.write(contentsOf: Data(SimulatedBooks.lines([snapshot])))
        // A program that holds its answer back until more input comes would leave this waiting for ever.
        var answer = Data()
        while answer.last != UInt8(ascii: "\n") {
          let piece = output.fileHandleForReading.availableData
          try #require(!piece.isEmpty)
          answer += piece
        }
        #expect(try JSON(answer)["market"]?.text == snapshot.market.text)
        #expect(process.isRunning)
      }
      try input.fileHandleForWriting.close()
      process.waitUntilExit()
      #expect(process.terminationStatus == 0)
    }
  }
}

/// One side's features at one instant, bit by bit; undefined values are nil.
private struct FeatureRows: Equatable {
  let time: Substring
  let market: Substring
  let side: Substring
  let bits: [UInt64?]

  /// Both sides of a scored line; nil when the line has no score.
  static func scored(_ line: Substring) throws -> [FeatureRows]? {
    if line.contains(#""sell":null,"buy":null"#) { return nil }
    let head = line.split(separator: "\"", maxSplits: 8)
    let start = try #require(line.range(of: #""features":{"sell":["#)).upperBound
    let lists = line[start...].split(separator: #"],"buy":["#)
    try #require(lists.count == 2 && lists[1].hasSuffix("]}}"))
    return zip(["sell", "buy"], [lists[0], lists[1].dropLast(3)]).map { side, list in
      FeatureRows(
        time: head[3], market: head[7], side: side,
        bits: list.split(separator: ",").map { Double($0)?.bitPattern })
    }
  }

  /// The rows of a feature matrix with its labels.
  static func matrix(_ lines: [Substring]) throws -> [FeatureRows] {
    let columns = try #require(lines.first).split(separator: ",")
    let end = try #require(columns.firstIndex(of: "depth"))
    return lines.dropFirst().map { line in
      let cells = line.split(separator: ",", omittingEmptySubsequences: false)
      return FeatureRows(
        time: cells[0], market: cells[1], side: cells[2], bits: cells[3..<end].map { Double($0)?.bitPattern })
    }
  }
}
