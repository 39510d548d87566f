import Foundation
import Markets
import Sampling
import TestRecordings
import Testing

extension CommandLineTests {
  @Suite("score, watched by drift monitors")
  struct StreamDrift {
    private static let input = Result {
      try Scratch.file("stream.jsonl", SimulatedBooks.lines(SimulatedBooks.snapshots))
    }

    private func run(_ more: [String]) throws -> Invocation {
      let run = try Invocation.run(try arguments(more), input: try Self.input.get())
      try #require(run.status == 0, "\(run.errors)")
      return run
    }

    private func arguments(_ more: [String]) throws -> [String] {
      [
        "score", "--model", try TrainedModel.closeOut.get(), "--reasons", "0", "--feedback", "--outcome-spacing", "0s",
        "--log-format", "json",
      ] + more
    }

    /// What the log says of monitors, in the order of the stream, without the time of the wall clock.
    private func notices(_ errors: String) throws -> [String] {
      try errors.split(separator: "\n").map { try JSON($0) }
        .filter { $0["message"]?.text == "a drift monitor speaks" }.map { record in
          #expect(record["level"]?.text == "warning")
          let names = ["known_at", "market", "series", "monitor", "direction", "evidence", "threshold"]
          return names.map { "\(record[$0].map { "\($0)" } ?? "none")" }.joined(separator: " ")
        }
    }

    @Test("they say on the stream what monitor finds in the ledger of every book, and are counted")
    func agreement() throws {
      let plan = try DriftPlans.file(threshold: 2)
      let ledger = Scratch.path("ledger.sqlite")
      let metrics = Scratch.path("shard.prom")
      let watched = try run([
        "--monitors", plan, "--ledger", ledger, "--ledger-every", "0s", "--metrics", metrics,
      ])
      let said = try notices(watched.errors)
      let monitored = try Invocation.run([
        "monitor", "--ledger", ledger, "--monitors", plan, "--output-format", "json",
      ])
      let signals = try #require(try JSON(monitored.output)["monitors.signals"]).list
      #expect(said.count > 10 && said.count == signals.count, "\(said.count) and \(signals.count)")
      for market in Set(SimulatedBooks.snapshots.map(\.market)) {
        for series in ["calibrationResidual", "missExcess"] {
          let found = signals.filter {
            $0["said.market"]?.text == market.text && $0["said.series"]?.text == series
          }.compactMap { $0["said.signal.statistic"]?.number }
          let own = said.filter { $0.contains(market.text) && $0.contains(series) }
          #expect(own.count == found.count)
          let name = #"shortfall_drift_signals_total{market="\#(market)",series="\#(series)",monitor="CUSUM"}"#
          #expect(try Metrics(path: metrics)[name] ?? 0 == Double(found.count))
        }
      }
      // Monitors listen; the answers are what they were.
      #expect(watched.output == (try run([])).output)
    }

    @Test("killed and started again, they go on with what they had seen; another plan begins anew")
    func resumed() throws {
      let plan = try DriftPlans.file(threshold: 2)
      let whole = try notices(try run(["--monitors", plan]).errors)
      let kept = [
        "--monitors", plan, "--state", Scratch.path("state"), "--output", Scratch.path("answers.jsonl"), "--resume",
        "replayed", "--checkpoint-every", "100",
      ]
      var said: [String] = []
      var generator = SeededGenerator(seed: 4)
      for _ in 0..<8 {
        let running = try Running(try arguments(kept), input: try Self.input.get())
        usleep(UInt32(20_000 + generator.uniform() * 150_000))
        running.kill()
        said += try notices(try running.finished().errors)
      }
      said += try notices(try run(kept).errors)
      // What was said between a state and its kill is said once more.
      #expect(Set(said) == Set(whole) && said.count >= whole.count)
      let other = try DriftPlans.file(threshold: 3)
      var swapped = kept
      swapped[1] = other
      #expect(try run(swapped).status == 0)
      #expect(try run(Array(kept[2...])).status == 0)
    }

    @Test("monitors need feedback, a plan that can be read, and a market of the model")
    func refused() throws {
      let plan = try DriftPlans.file(threshold: 2)
      #expect(try Invocation.run(["score", "--model", "x", "--monitors", plan]).status == 64)
      let unreadable = try Scratch.file("plan.json", "{}")
      let stranger = try DriftPlans.file(threshold: 2, markets: [try #require(MarketName("ELSEWHERE"))])
      for (path, reason) in [(unreadable, "does not hold drift monitors"), (stranger, "watch no market of the model")] {
        let run = try Invocation.run(try arguments(["--monitors", path]), input: try Self.input.get())
        #expect(run.status == 1 && run.errors.contains(reason) && run.errors.contains(path), "\(run.errors)")
      }
    }
  }
}
