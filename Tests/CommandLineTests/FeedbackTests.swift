import Foundation
import Sampling
import TestRecordings
import Testing

extension CommandLineTests {
  @Suite("a stream that learns from the outcomes of what it said")
  struct Feedback {
    private static let input = Result {
      try Scratch.file("stream.jsonl", SimulatedBooks.lines(SimulatedBooks.snapshots.prefix(900)))
    }

    private let state = Scratch.path("state")
    private let output = Scratch.path("answers.jsonl")
    private let outcomes = Scratch.path("outcomes.jsonl")

    private func run(_ more: [String] = []) throws -> Invocation {
      try Invocation.run(try arguments(more), input: try Self.input.get())
    }

    private func arguments(_ more: [String]) throws -> [String] {
      ["score", "--model", try TrainedModel.closeOut.get(), "--reasons", "0"] + more
    }

    @Test("adapted quantiles stand beside the model's, which stay as they are, and outcomes are a line each")
    func answers() throws {
      let plain = try run()
      let followed = try run([
        "--feedback", "--outcome-spacing", "0s", "--adaptation-step", "0.1", "--outcomes", outcomes,
      ])
      #expect(plain.status == 0 && followed.status == 0, "\(followed.errors)")
      #expect(plain.lines.count == 900 && followed.lines.count == 900)
      var moved = 0
      for (line, other) in zip(plain.lines, followed.lines) {
        let (side, adapted) = (try #require(try JSON(line)["sell"]), try #require(try JSON(other)["sell"]))
        let losses = try #require(side["closeOutQuantiles"]?.list).compactMap { $0["loss"]?.number }
        #expect(adapted["closeOutQuantiles"]?.list.compactMap { $0["loss"]?.number } == losses)
        #expect(side["adaptedCloseOutQuantiles"] == nil && adapted["recalibratedProbability"] == nil)
        let values = try #require(adapted["adaptedCloseOutQuantiles"]?.list).compactMap { $0["loss"]?.number }
        #expect(values.count == 2 && values[0] <= values[1])
        if values != losses { moved += 1 }
      }
      #expect(moved > 700)
      let lines = try String(contentsOfFile: outcomes, encoding: .utf8).split(separator: "\n")
      #expect(lines.count > 1_500 && lines.count <= 1_800)
      let first = try JSON(lines[0])
      #expect(first["until"] != nil && first["closeOuts"]?.list.first?["quantiles"]?.list.count == 2)
    }

    @Test("killed at random points and started again, answers and outcomes are those of one that never stopped")
    func killed() throws {
      let following = [
        "--feedback", "--recalibration", "--state", state, "--output", output, "--outcomes", outcomes, "--resume",
        "replayed", "--checkpoint-every", "20",
      ]
      let begin = ContinuousClock.now
      #expect(try run(following).status == 0)
      let length = (ContinuousClock.now - begin) / .seconds(1)
      let expected = try [output, outcomes].map { try Data(contentsOf: URL(filePath: $0)) }
      for path in [state, output, outcomes] { try FileManager.default.removeItem(atPath: path) }
      var generator = SeededGenerator(seed: 77)
      var kills = 0
      for _ in 0..<25 {
        let running = try Running(try arguments(following), input: try Self.input.get())
        usleep(UInt32(generator.uniform() * length * 1e6))
        running.kill()
        if try running.finished().wasKilled { kills += 1 }
      }
      #expect(kills > 5)
      #expect(try run(following).status == 0)
      #expect(try [output, outcomes].map { try Data(contentsOf: URL(filePath: $0)) } == expected)
    }

    @Test("the outcomes become tables of coverage and a picture, and say that they were simulated")
    func coverage() throws {
      #expect(try run(["--feedback", "--recalibration", "--outcomes", outcomes]).status == 0)
      let picture = Scratch.path("coverage.svg")
      let shown = try Invocation.run(["coverage", "--outcomes", outcomes, "--markdown", "--picture", picture])
      #expect(shown.status == 0, "\(shown.errors)")
      #expect(shown.text.contains("**SIMULATED · coverage of the loss of closing out 100,000, as said**"))
      #expect(shown.text.contains("| SIM-BTC | sell |") && shown.text.contains("| 2025-01 |"))
      #expect(try String(contentsOfFile: picture, encoding: .utf8).hasPrefix("<svg"))
      let missing = try Invocation.run(["coverage", "--outcomes", outcomes, "--notional", "7"])
      #expect(missing.status == 1 && missing.errors.contains("no outcome of the size 7"))
    }

    @Test(
      "options of feedback need it, and what is no outcome is named",
      arguments: [
        ["--adaptation-step", "0.1"], ["--outcomes", "x"], ["--outcome-spacing", "1m"], ["--recalibration"],
        ["--feedback", "--adaptation-step", "0"], ["--feedback", "--adaptation-step", "2"],
      ])
    func usage(options: [String]) throws {
      #expect(try Invocation.run(["score", "--model", "none"] + options).status == 64)
      let wrong = try Scratch.file("wrong.jsonl", "{\"time\":1}\n")
      let shown = try Invocation.run(["coverage", "--outcomes", wrong])
      #expect(shown.status == 1 && shown.errors.contains("wrong.jsonl:1: record: it is no matured outcome"))
    }
  }
}
