import Foundation
import Markets
import TestRecordings
import Testing

extension CommandLineTests {
  @Suite("explain")
  struct Explaining {
    private static let instant = SimulatedBooks.split + .days(1)

    private static func run(_ options: [String], data: String = SimulatedBooks.file) throws -> Invocation {
      try Invocation.run(
        [
          "explain", "--model", try TrainedModel.simulated.get(), "--data", data, "--from", "\(SimulatedBooks.split)",
        ] + options)
    }

    private static func explained(_ options: [String]) throws -> Invocation {
      let run = try Self.run(options)
      #expect(run.status == 0, "\(run.errors)")
      return run
    }

    @Test("the JSON has every documented key, and its sums are the log-odds")
    func json() throws {
      let report = try JSON(try Self.explained(["--json", "--at", "\(Self.instant)"]).output)
      #expect(
        report.keys == [
          "provenance", "model", "logOdds", "rows", "base", "tolerance", "largestGap", "importance", "snapshots",
        ])
      #expect(
        report["rows"]?.keys == [
          "from", "to", "markets", "sides", "count", "known", "positives", "prevalence",
        ])
      #expect(report["provenance"]?.text == "SIMULATED")
      #expect(report["logOdds"]?.text == "calibrated")
      let inputs = try #require(report["importance"]).list
      #expect(inputs.count == 6)
      for input in inputs {
        #expect(
          input.keys == [
            "feature", "unit", "direction", "meanAbsoluteContribution", "meanContribution", "raising", "lowering",
            "share", "splits", "gain",
          ])
      }
      let snapshots = try #require(report["snapshots"]).list
      #expect(snapshots.count == 6)
      for snapshot in snapshots { try Self.expectSum(of: snapshot) }
    }

    private static func expectSum(of snapshot: JSON) throws {
      #expect(
        snapshot.keys == [
          "asked", "time", "market", "side", "probability", "logOdds", "base", "gap", "inShortfall", "outcome",
          "contributions",
        ])
      let contributions = try #require(snapshot["contributions"]).list
      var sum = try #require(snapshot["base"]?.number)
      for step in contributions {
        #expect(step.keys == ["feature", "unit", "value", "contribution", "runningSum"])
        sum += try #require(step["contribution"]?.number)
        #expect(step["runningSum"]?.number == sum)
      }
      let logOdds = try #require(snapshot["logOdds"]?.number)
      #expect(abs(sum - logOdds) <= 1e-9)
      let probability = try #require(snapshot["probability"]?.number)
      #expect(abs(probability - 1 / (1 + exp(-logOdds))) < 1e-12)
      #expect(try #require(snapshot["time"]?.text) <= "\(instant)")
      #expect(snapshot["asked"]?.text == "\(instant)")
    }

    @Test("without --at there is the window's table only; with it one table for each market's sides")
    func tables() throws {
      func headings(_ run: Invocation) -> Int { run.lines.count { $0.hasPrefix("SIMULATED · ") } }
      #expect(try headings(Self.explained([])) == 1)
      #expect(try headings(Self.explained(["--at", "\(Self.instant)"])) == 7)
      let twice = ["--at", "\(Self.instant)", "--at", "\(Self.instant + .hours(3))", "--market", "SIM-ETH"]
      #expect(try headings(Self.explained(twice)) == 5)
      let one = try Self.explained(["--at", "\(Self.instant)", "--market", "SIM-ETH", "--side", "buy"])
      #expect(headings(one) == 2)
      #expect(one.text.contains("SIM-ETH buy at ") && !one.text.contains("SIM-BTC"))
    }

    @Test("Markdown has bars, and --reasons takes the smaller inputs together")
    func markdown() throws {
      let run = try Self.explained(["--markdown", "--reasons", "2", "--at", "\(Self.instant)"])
      #expect(run.lines.filter { $0.contains("4 other inputs") }.count == 7)
      #expect(run.lines.allSatisfy { $0.hasPrefix("|") || !$0.contains(" | ") })
      #expect(run.lines.count { $0.hasPrefix("**SIMULATED · ") } == 7)
    }

    @Test("the picture is written beside the text")
    func picture() throws {
      let file = Scratch.path("explanation.svg")
      let run = try Self.explained(["--picture", file, "--at", "\(Self.instant)"])
      #expect(run.text.hasPrefix("SIMULATED · "))
      let svg = try String(contentsOfFile: file, encoding: .utf8)
      #expect(svg.hasPrefix("<svg ") && svg.contains("SIM-XRP buy at "))
    }

    @Test("explaining twice gives the same bytes, on one processor too", .enabled(if: Invocation.taskset != nil))
    func twice() throws {
      let arguments = ["--json", "--at", "\(Self.instant)"]
      let whole = try Self.explained(arguments).output
      let single = try Invocation.run(
        [
          "explain", "--model", try TrainedModel.simulated.get(), "--data", SimulatedBooks.file, "--from",
          "\(SimulatedBooks.split)",
        ] + arguments, cores: "0")
      #expect(single.status == 0, "\(single.errors)")
      #expect(single.output == whole)
    }

    @Test("an instant before every scored book exits 1 and names both")
    func noSuchInstant() throws {
      let run = try Self.run(["--at", "2020-01-01"])
      #expect(run.status == 1)
      #expect(run.errors.contains("no book is scored at or before 2020-01-01T00:00:00Z"), "\(run.errors)")
      #expect(!run.errors.contains("bug"))
      #expect(run.output.isEmpty)
    }

    @Test("a market that the model does not know exits 1 and is named beside the known ones")
    func unknownMarket() throws {
      let run = try Self.run(["--market", "SIM-DOGE"])
      #expect(run.status == 1)
      for name in ["SIM-DOGE", "SIM-BTC", "SIM-ETH", "SIM-XRP"] { #expect(run.errors.contains(name), "\(run.errors)") }
      #expect(run.output.isEmpty)
    }

    @Test("a window without books exits 1 and says what was read last")
    func emptyWindow() throws {
      let run = try Invocation.run([
        "explain", "--model", try TrainedModel.simulated.get(), "--data", SimulatedBooks.file, "--from", "2031-01-01",
      ])
      #expect(run.status == 1)
      #expect(run.errors.contains("no book in the window"), "\(run.errors)")
    }

    @Test(
      "wrong usage exits 64",
      arguments: [
        ["--json", "--markdown"], ["--reasons", "0"], ["--side", "hold"], ["--market", ""], ["--at", "yesterday"],
        ["--to", "2001-01-01"],
      ])
    func usage(options: [String]) throws {
      let run = try Self.run(options)
      #expect(run.status == 64, "\(options): \(run.errors)")
      #expect(run.output.isEmpty)
    }

    @Test("evaluate draws how far the model can be believed, beside the baselines that are asked for")
    func reliability() throws {
      let file = Scratch.path("reliability.svg")
      func evaluate(_ options: [String]) throws -> Invocation {
        try Invocation.run(
          [
            "evaluate", "--model", try TrainedModel.simulated.get(), "--data", SimulatedBooks.file, "--from",
            "\(SimulatedBooks.split)", "--json",
          ] + options)
      }
      let drawn = try evaluate(["--picture", file, "--against", "climatology", "--against", "ewmaVolatility"])
      #expect(drawn.status == 0, "\(drawn.errors)")
      let svg = try String(contentsOfFile: file, encoding: .utf8)
      for word in ["SIMULATED", "climatology", "ewmaVolatility", "precision and recall"] { #expect(svg.contains(word)) }
      #expect(!svg.contains("currentDepth"))
      #expect(try drawn.output == evaluate([]).output)

      let unknown = try evaluate(["--picture", file, "--against", "nobody"])
      #expect(unknown.status == 1)
      #expect(unknown.errors.contains("nobody") && unknown.errors.contains("currentDepth"), "\(unknown.errors)")
      #expect(unknown.output.isEmpty)
      #expect(try evaluate(["--against", "climatology"]).status == 64)
    }
  }
}
