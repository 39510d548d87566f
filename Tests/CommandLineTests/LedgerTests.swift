import Foundation
import Ledger
import Markets
import TestRecordings
import Testing

extension CommandLineTests {
  @Suite("score --ledger and monitor")
  struct LedgerTests {
    private static func score(
      _ books: String, ledger: String, model: String? = nil, _ options: [String] = []
    ) throws -> Invocation {
      try Invocation.run(
        [
          "score", "--model", try model ?? TrainedModel.closeOut.get(), "--feedback", "--outcome-spacing", "0s",
          "--ledger", ledger, "--ledger-every", "0s",
        ] + options, input: books)
    }

    /// The whole recording's ledger, with the model itself in its own shadow, and the answers beside it.
    private static let scored = Result {
      let ledger = Scratch.path("ledger.sqlite")
      let run = try score(
        SimulatedBooks.file, ledger: ledger, ["--challenger", try TrainedModel.closeOut.get()])
      #expect(run.status == 0, "\(run.errors)")
      return (ledger: ledger, answers: run.output)
    }

    private static func monitor(_ ledger: String, _ options: [String] = []) throws -> JSON {
      let run = try Invocation.run(["monitor", "--ledger", ledger, "--output-format", "json"] + options)
      #expect(run.status == 0, "\(run.errors)")
      return try JSON(run.output)
    }

    private static let window = ["--from", "\(SimulatedBooks.split)"]

    @Test("its figures are those that evaluate gives of the same rows")
    func agreement() throws {
      let monitored = try Self.monitor(try Self.scored.get().ledger, Self.window)
      let run = try Invocation.run(
        [
          "evaluate", "--model", try TrainedModel.closeOut.get(), "--data", SimulatedBooks.file, "--json",
        ] + Self.window)
      let evaluated = try JSON(run.output)
      #expect(monitored["counts.warming"]?.number == 0)
      for section in ["overall", "markets.SIM-BTC", "markets.SIM-ETH", "markets.SIM-XRP"] {
        for population in ["onset", "state"] {
          let scores = "\(section).\(population)"
          for figure in [
            "rows", "censored", "positives", "prevalence", "days", "referenceRate", "evidence", "episodes",
          ] {
            #expect(
              monitored["evaluation.\(scores).\(figure)"] == evaluated["\(scores).\(figure)"], "\(scores).\(figure)")
          }
          #expect(monitored["evaluation.\(scores).model"] == evaluated["\(scores).model"], "\(scores)")
        }
      }
      // The coverage of what the model said is what evaluate finds of the route that the model chose.
      let fixed = try #require(monitored["coverage"]).list.filter {
        $0["role"]?.text == "champion" && $0["score.forecaster"]?.text == "fixed"
      }
      let chosen = try #require(evaluated["closeOut.chosen"]?.text)
      let scores = try #require(evaluated["closeOut.scores"]).list.filter { $0["forecaster"]?.text == chosen }
      #expect(fixed.count == 2)
      for (own, other) in zip(fixed, scores) {
        for figure in ["level", "rows", "days", "coverage", "mean", "pinball"] {
          #expect(own["score.\(figure)"] == other[figure], "\(figure)")
        }
      }
    }

    @Test("a challenger that is the champion differs by nothing, and is no reason to change")
    func ownShadow() throws {
      let (ledger, answers) = try Self.scored.get()
      let challenger = try #require(try Self.monitor(ledger, Self.window)["challenger"])
      #expect(challenger["scores.differences.champion.logLoss.value"]?.number == 0)
      #expect(challenger["scores.differences.champion.brierSkill.high"]?.number == 0)
      #expect(challenger["gate.skill"]?.number == 0)
      #expect(challenger["verdict"]?.text != "promote")
      // Neither ledger nor challenger shows in the answers.
      let plain = try Invocation.run(
        [
          "score", "--model", try TrainedModel.closeOut.get(), "--feedback", "--outcome-spacing", "0s",
        ], input: SimulatedBooks.file)
      #expect(plain.output == answers)
    }

    @Test("each book is recorded once, and rows a minute apart by default")
    func spacing() throws {
      let (path, _) = try Self.scored.get()
      let all = try Ledger(path, for: .reading).rows(in: LedgerWindow()).rows
      #expect(all.count == SimulatedBooks.snapshots.count * 2)
      let coarse = Scratch.path("coarse.sqlite")
      let run = try Invocation.run(
        [
          "score", "--model", try TrainedModel.closeOut.get(), "--feedback", "--outcome-spacing", "0s", "--ledger",
          coarse, "--ledger-every", "1h",
        ], input: SimulatedBooks.file)
      #expect(run.status == 0, "\(run.errors)")
      let hourly = try Ledger(coarse, for: .reading).rows(in: LedgerWindow()).rows
      #expect(hourly.count < all.count / 3)
      #expect(Set(hourly.map(\.origin)).isSubset(of: Set(all.map(\.origin))))
      #expect(hourly.count { $0.outcome != nil } > hourly.count * 9 / 10)
    }

    @Test("killed at many points and resumed, the ledger is that of a process that never stopped")
    func kill() throws {
      let whole = try Self.scored.get().ledger
      let ledger = Scratch.path("killed.sqlite")
      let state = Scratch.path("killed.state")
      let arguments = [
        "score", "--model", try TrainedModel.closeOut.get(), "--feedback", "--outcome-spacing", "0s", "--ledger",
        ledger,
        "--ledger-every", "0s", "--challenger", try TrainedModel.closeOut.get(), "--state", state, "--resume",
        "replayed",
        "--checkpoint-every", "50", "--output", Scratch.path("killed.jsonl"),
      ]
      for attempt in 0..<6 {
        let running = try Running(arguments, input: SimulatedBooks.file)
        usleep(UInt32(30_000 + 25_000 * attempt))
        running.kill()
        _ = try running.finished()
      }
      let last = try Invocation.run(arguments, input: SimulatedBooks.file)
      #expect(last.status == 0, "\(last.errors)")
      let (one, other) = (try Ledger(whole, for: .reading), try Ledger(ledger, for: .reading))
      #expect(try one.rows(in: LedgerWindow()).rows == other.rows(in: LedgerWindow()).rows)
      #expect(try one.quantiles(in: LedgerWindow()) == other.quantiles(in: LedgerWindow()))
      #expect(try one.models() == other.models())
    }

    @Test("a challenger that does not fit the stream is refused with the reason")
    func stranger() throws {
      let run = try Self.score(
        "/dev/null", ledger: Scratch.path("refused.sqlite"), model: try TrainedModel.simulated.get(),
        ["--challenger", try TrainedModel.closeOut.get()])
      #expect(run.status == 1)
      #expect(run.errors.contains("the challenger does not fit"))
    }

    @Test("what is no ledger is an error that names the file, and an empty one says so")
    func foreign() throws {
      let text = try Scratch.file("words.sqlite", String(repeating: "no pages here\n", count: 100))
      let refused = try Self.score(SimulatedBooks.file, ledger: text)
      #expect(refused.status == 1)
      #expect(refused.errors.contains(text))
      #expect(refused.output.isEmpty)
      let missing = try Invocation.run(["monitor", "--ledger", Scratch.path("none.sqlite")])
      #expect(missing.status == 1)
      #expect(missing.errors.contains("no such file"))
      let empty = Scratch.path("empty.sqlite")
      _ = try Ledger(empty, for: .writing)
      let silent = try Invocation.run(["monitor", "--ledger", empty])
      #expect(silent.status == 1)
      #expect(silent.errors.contains("no prediction"))
    }

    @Test("options that hang on others are refused without them")
    func usage() throws {
      let model = try TrainedModel.closeOut.get()
      for arguments in [
        ["--ledger", "x.sqlite"], ["--feedback", "--ledger-every", "1m"], ["--feedback", "--challenger", model],
        ["--feedback", "--ledger", "x.sqlite", "--ledger-every", "-1m"],
        ["--feedback", "--ledger", "x.sqlite", "--ledger-keep", "0s"],
      ] {
        #expect(try Invocation.run(["score", "--model", model] + arguments, input: "/dev/null").status == 64)
      }
      #expect(try Invocation.run(["monitor", "--ledger", "x.sqlite", "--period", "0s"]).status == 64)
    }
  }
}
