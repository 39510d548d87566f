import Foundation
import Sampling
import TestRecordings
import Testing

extension CommandLineTests {
  @Suite("score with recommendations")
  struct StreamRecommendations {
    private static func policy(form: String) throws -> String {
      try Scratch.file(
        "policy.yaml",
        """
        form: \(form)
        multiplier: {target: 0.05}
        conditional: {historyShare: 0.2, concentration: {refill: 1000000}}
        hysteresis: {raiseAbove: 0.06, releaseBelow: 0.03, confirmations: 1, coolDown: 2h}
        rateLimits: {up: 0.1, down: 0.02}
        bounds: {floor: 0.005, cap: 0.5}
        markets:
          SIM-BTC:
            tiers: [{notional: 0, maintenance: 0.02}, {notional: 50000, maintenance: 0.03}]
        default:
          tiers: [{notional: 0, maintenance: 0.02}, {notional: 100000, maintenance: 0.025}]
        """)
    }

    private static func model(form: String) throws -> String {
      form == "conditional" ? try TrainedModel.closeOut.get() : try TrainedModel.simulated.get()
    }

    private struct Place: Hashable {
      let market: String
      let side: String
      let notional: Double
    }

    /// The maintenance and initial margins that lines leave in force.
    private static func margins(
      _ lines: [JSON], _ read: (JSON) -> [(notional: JSON?, margin: JSON?, initial: JSON?)]
    ) throws -> [Place: [Double]] {
      var margins: [Place: [Double]] = [:]
      for line in lines {
        let (market, side) = (try #require(line["market"]?.text), try #require(line["side"]?.text))
        for tier in read(line) {
          let place = Place(market: market, side: side, notional: try #require(tier.notional?.number))
          margins[place] = [try #require(tier.margin?.number), try #require(tier.initial?.number)]
        }
      }
      return margins
    }

    @Test("the margins in force at the end are those of recommend", arguments: ["probability", "conditional"])
    func sameAsRecommend(form: String) throws {
      let policy = try Self.policy(form: form)
      let path = Scratch.path("recommendations.jsonl")
      let run = try Invocation.run(
        ["score", "--model", try Self.model(form: form), "--policy", policy, "--recommendations", path],
        input: SimulatedBooks.file)
      #expect(run.status == 0, "\(run.errors)")
      let stream = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n").map { try JSON($0) }
      let answer = try Invocation.run([
        "recommend", "--model", try Self.model(form: form), "--policy", policy, "--data", SimulatedBooks.file,
        "--output-format", "json",
      ])
      #expect(answer.status == 0, "\(answer.errors)")
      let expected = try Self.margins(try answer.lines.map { try JSON($0) }) { line in
        [(line["fromNotional"], line["recommended"], line["initial"])]
      }
      let found = try Self.margins(stream) { line in
        (line["tiers"]?.list ?? []).map { ($0["fromNotional"], $0["after"], $0["initialAfter"]) }
      }
      #expect(found == expected && expected.count == 12)
      let scheduled = [0.02, 0.025, 0.03]
      #expect(expected.values.contains { !scheduled.contains($0[0]) }, "margins must have moved to test anything")
    }

    @Test(
      "killed at random points of a replay and started again, the recommendations are those of one that never stopped")
    func killed() throws {
      let (state, output, path) = (Scratch.path("state"), Scratch.path("answers"), Scratch.path("recommendations"))
      let fixed = [
        "score", "--model", try TrainedModel.simulated.get(), "--policy", try Self.policy(form: "probability"),
      ]
      let arguments =
        fixed + [
          "--recommendations", path, "--state", state, "--output", output, "--resume", "replayed",
          "--checkpoint-every", "20",
        ]
      let whole = Scratch.path("whole")
      let begin = ContinuousClock.now
      let first = try Invocation.run(fixed + ["--recommendations", whole], input: SimulatedBooks.file)
      let length = (ContinuousClock.now - begin) / .seconds(1)
      #expect(first.status == 0, "\(first.errors)")
      var generator = SeededGenerator(seed: 11)
      var kills = 0
      for _ in 0..<60 where kills < 15 {
        let running = try Running(arguments, input: SimulatedBooks.file)
        usleep(UInt32(generator.uniform() * length * 1e6))
        running.kill()
        let run = try running.finished()
        if run.wasKilled {
          kills += 1
        } else {
          #expect(run.status == 0, "\(run.errors)")
          for path in [state, output, path] { try FileManager.default.removeItem(atPath: path) }
        }
      }
      #expect(kills == 15)
      let last = try Invocation.run(arguments, input: SimulatedBooks.file)
      #expect(last.status == 0, "\(last.errors)")
      #expect(FileManager.default.contents(atPath: path) == FileManager.default.contents(atPath: whole))
      #expect(FileManager.default.contents(atPath: output) == first.output)
    }

    @Test("without a policy or a schedule nothing is recommended, and it says so")
    func refused() throws {
      let model = try TrainedModel.simulated.get()
      let path = Scratch.path("recommendations")
      #expect(try Invocation.run(["score", "--model", model, "--recommendations", path]).status == 64)
      let bare = try Scratch.file(
        "bare.yaml",
        """
        multiplier: {target: 0.01}
        hysteresis: {raiseAbove: 0.05, releaseBelow: 0.02}
        rateLimits: {up: 0.05, down: 0.005}
        bounds: {floor: 0.004, cap: 0.06}
        """)
      let run = try Invocation.run(["score", "--model", model, "--policy", bare, "--recommendations", path])
      #expect(run.status == 1 && run.errors.contains("no market of the model has a schedule"), "\(run.errors)")
    }
  }
}
