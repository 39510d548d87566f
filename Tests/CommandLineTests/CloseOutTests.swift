import Foundation
import TestRecordings
import Testing

extension CommandLineTests {
  @Suite("a model with close-out quantiles and an interval")
  struct CloseOut {
    @Test("a scored line carries both probabilities and rising quantiles, and the multiplier goes by the largest")
    func score() throws {
      let input = try Scratch.file("stream.jsonl", SimulatedBooks.lines(SimulatedBooks.snapshots.prefix(40)))
      let run = try Invocation.run(["score", "--model", try TrainedModel.closeOut.get()], input: input)
      #expect(run.status == 0, "\(run.errors)")
      for line in run.lines {
        let side = try #require(try JSON(line)["sell"])
        let high = try #require(side["probabilityHigh"]?.number)
        #expect(try #require(side["probabilityLow"]?.number) < high)
        let largest = max(high, try #require(side["probability"]?.number))
        // The standard curve: a target of 1 %, a tail index of 0.4, at most three times.
        #expect(abs(try #require(side["multiplier"]?.number) - min(3, max(1, pow(largest / 0.01, 0.4)))) < 1e-9)
        let quantiles = try #require(side["closeOutQuantiles"]?.list)
        #expect(quantiles.compactMap { $0["level"]?.number } == [0.9, 0.95])
        let losses = quantiles.compactMap { $0["loss"]?.number }
        #expect(losses.count == 2 && losses[0] > 0 && losses[0] <= losses[1])
        let ladder = try #require(side["closeOutLadder"]?.list)
        #expect(ladder.compactMap { $0["level"]?.number } == [0.9, 0.95])
        let rungs = ladder.compactMap { $0["losses"]?.list.first }
        #expect(rungs.compactMap { $0["notional"]?.number } == [100_000, 100_000])
        #expect(rungs.compactMap { $0["loss"]?.number } == losses)
      }
    }

    @Test("evaluate prints the quantiles' table, and their scores in JSON")
    func evaluate() throws {
      let arguments = [
        "evaluate", "--model", try TrainedModel.closeOut.get(), "--data", SimulatedBooks.file, "--from",
        "\(SimulatedBooks.split)",
      ]
      let text = try Invocation.run(arguments)
      #expect(text.status == 0, "\(text.errors)")
      #expect(text.text.contains("SIMULATED · quantiles of the close-out loss of 100,000 within 2h"))
      let json = try JSON(try Invocation.run(arguments + ["--json"]).text)
      #expect(json["overall.onset.rows"]?.number != nil)
      #expect(["scale", "boosting"].contains(json["closeOut.chosen"]?.text))
      let scores = try #require(json["closeOut.scores"]?.list)
      #expect(scores.count == 6)
      for score in scores {
        #expect(score.keys == ["forecaster", "level", "rows", "days", "pinball", "pinballSaved", "coverage", "mean"])
      }
    }

    @Test("a model without them writes neither")
    func absent() throws {
      let arguments = [
        "evaluate", "--model", try TrainedModel.simulated.get(), "--data", SimulatedBooks.file, "--json",
      ]
      #expect(try JSON(try Invocation.run(arguments).text)["closeOut"] == nil)
    }

    @Test("recommend shows the conservative probability")
    func recommend() throws {
      let policy = """
        multiplier: {target: 0.01, tailIndex: 0.4, maximum: 3}
        hysteresis: {raiseAbove: 0.05, releaseBelow: 0.02, confirmations: 1}
        rateLimits: {up: 0.05, down: 0.005}
        bounds: {floor: 0.004, cap: 0.06}
        default: {tiers: [{notional: 0, maintenance: 0.01}]}
        """
      let run = try Invocation.run([
        "recommend", "--model", try TrainedModel.closeOut.get(), "--policy", try Scratch.file("policy.yaml", policy),
        "--data", SimulatedBooks.file, "--output-format", "json",
      ])
      #expect(run.status == 0, "\(run.errors)")
      for line in try run.lines.map({ try JSON($0) }) {
        #expect(try #require(line["probabilityHigh"]?.number) > 0)
      }
    }
  }
}
