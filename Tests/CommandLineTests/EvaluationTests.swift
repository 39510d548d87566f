import Foundation
import Markets
import TestRecordings
import Testing

extension CommandLineTests {
  @Suite("evaluate")
  struct Evaluation {
    private static func run(
      data: [String] = [SimulatedBooks.file], from: String? = "\(SimulatedBooks.split)",
      _ options: [String] = ["--json"]
    ) throws -> Invocation {
      let window = from.map { ["--from", $0] } ?? []
      let run = try Invocation.run(
        ["evaluate", "--model", try TrainedModel.simulated.get(), "--data"] + data + window + options)
      #expect(run.status == 0, "\(run.errors)")
      return run
    }

    @Test("the JSON has every documented key for every market, population and scorer")
    func documentedKeys() throws {
      let report = try JSON(try Self.run().output)
      let markets = try #require(report["markets"]).keys
      #expect(markets == ["SIM-BTC", "SIM-ETH", "SIM-XRP"])
      #expect(report["provenance"]?.text?.uppercased() == "SIMULATED")
      for section in ["overall"] + markets.map({ "markets.\($0)" }) {
        for population in ["onset", "state"] {
          let scores = try #require(report["\(section).\(population)"])
          let rows = try #require(scores["rows"]?.number)
          let positives = try #require(scores["positives"]?.number)
          #expect(try #require(scores["prevalence"]?.number) == positives / rows)
          #expect(scores["episodes"] != nil)
          let baselines = try #require(scores["baselines"]).keys
          #expect(baselines.isSuperset(of: ["currentDepth", "climatology", "persistence", "ewmaVolatility"]))
          for scorer in ["model"] + baselines.map({ "baselines.\($0)" }) {
            try Self.expectCard(try #require(scores[scorer]), place: "\(section).\(population).\(scorer)")
          }
        }
      }
    }

    private static func expectCard(_ card: JSON, place: String) throws {
      for metric in [
        "averagePrecision", "rocArea", "brierSkill", "logLoss", "calibrationSlope", "observedToExpected",
      ] {
        let estimate = try #require(card[metric], "\(place).\(metric)")
        #expect(estimate.keys == ["value", "low", "high"], "\(place).\(metric)")
        if let low = estimate["low"]?.number, let high = estimate["high"]?.number { #expect(low <= high) }
      }
      #expect(card["episodes"] != nil, "\(place)")
    }

    @Test("books before --from warm the features up and are not scored")
    func warmUp() throws {
      let file = Scratch.path("rows.csv")
      let report = try JSON(try Self.run(["--json", "--rows", file]).output)
      let expected = SimulatedBooks.snapshots.count { $0.time >= SimulatedBooks.split } * 2
      let rows = try #require(report["overall.state.rows"]?.number)
      let censored = try #require(report["overall.state.censored"]?.number)
      #expect(rows + censored == Double(expected))
      let written = try String(contentsOfFile: file, encoding: .utf8).split(separator: "\n").dropFirst()
      #expect(written.count == expected)
      #expect(written.allSatisfy { $0 >= "\(SimulatedBooks.split)" })

      // The same rows score differently when nothing came before them: the windows are empty then.
      let late = try Scratch.file(
        "late.jsonl", SimulatedBooks.lines(SimulatedBooks.snapshots.filter { $0.time >= SimulatedBooks.split }))
      let cold = try JSON(try Self.run(data: [late]).output)
      #expect(cold["overall.state.rows"]?.number == rows)
      #expect(cold["overall.state.positives"] == report["overall.state.positives"])
      #expect(cold["overall.onset.model.logLoss"] != report["overall.onset.model.logLoss"])
    }

    @Test("judging twice gives the same bytes, and the model's directory stays as it was")
    func twice() throws {
      let before = try contents(of: try TrainedModel.simulated.get())
      #expect(try Self.run().output == Self.run().output)
      #expect(try contents(of: try TrainedModel.simulated.get()) == before)
    }

    @Test("a market that the model does not know is reported and left out")
    func unknownMarket() throws {
      let text = String(decoding: SimulatedBooks.lines(SimulatedBooks.snapshots), as: UTF8.self)
      let stranger = text.split(separator: "\n").filter { $0.contains("SIM-XRP") }
        .map { $0.replacingOccurrences(of: "SIM-XRP", with: "SIM-NEW") + "\n" }
      let file = try Scratch.file("stranger.jsonl", stranger.joined())
      let run = try Self.run(data: [SimulatedBooks.file, file])
      #expect(run.errors.contains("SIM-NEW"))
      let report = try JSON(run.output)
      #expect(report["markets"]?.keys == ["SIM-BTC", "SIM-ETH", "SIM-XRP"])
      #expect(
        try report["overall.state.rows"] == JSON(try Self.run().output)["overall.state.rows"])
    }

    @Test("a model without a single known market in the data is an error, not a report")
    func onlyUnknownMarkets() throws {
      let line = #"{"time":"2025-02-01T00:00:00Z","market":"OTHER","bids":[[1,1]],"asks":[[2,1]]}"#
      let run = try Invocation.run(
        [
          "evaluate", "--model", try TrainedModel.simulated.get(), "--data",
          try Scratch.file("other.jsonl", line + "\n"),
        ])
      #expect(run.status == 1)
      #expect(run.errors.contains("no book"))
      #expect(run.output.isEmpty)
    }
  }
}
