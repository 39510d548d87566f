import Foundation
import Markets
import TestRecordings
import Testing

extension CommandLineTests {
  @Suite("score, watched")
  struct Watched {
    private let metrics = Scratch.path("shard.prom")

    /// Lines of 900 books, with some that are none and one that comes too late.
    private static let input = Result {
      var lines = SimulatedBooks.snapshots.prefix(900).map { SimulatedBooks.lines([$0]) }
      lines.append(SimulatedBooks.lines(SimulatedBooks.snapshots.prefix(1)))
      for _ in 0..<3 {
        lines.append(Array(#"{"time":1,"market":"A","bids":[[2,1],[1,0]],"asks":[]}"#.utf8) + [0x0a])
        lines.append(Array(#"{"time":1,"market":"A","bids":[],"asks":[[3,1],[4,1],[5,0]]}"#.utf8) + [0x0a])
      }
      lines.append(Array("no book\n".utf8))
      return try Scratch.file("stream.jsonl", lines.flatMap(\.self))
    }

    @Test("the metrics at the end say what was read, scored, refused and written, by market")
    func counts() throws {
      let state = Scratch.path("state")
      let run = try Invocation.run(
        [
          "score", "--model", try TrainedModel.simulated.get(), "--metrics", metrics, "--metrics-label", "shard=eu",
          "--state", state, "--checkpoint-every", "300",
        ], input: Self.input.get())
      try #require(run.status == 0, "\(run.errors)")
      let found = try Metrics(path: metrics)
      let first = try #require(SimulatedBooks.snapshots.first)
      #expect(found[#"shortfall_lines_total{shard="eu"}"#] == 908)
      #expect(found[#"shortfall_answer_bytes_total{shard="eu"}"#] == Double(run.output.count))
      #expect(found[#"shortfall_lines_rejected_total{field="bids[].size",shard="eu"}"#] == 3)
      #expect(found[#"shortfall_lines_rejected_total{field="asks[].size",shard="eu"}"#] == 3)
      #expect(found[#"shortfall_lines_rejected_total{field="record",shard="eu"}"#] == 1)
      let late = #"shortfall_books_unscored_total{market="\#(first.market)",reason="out-of-order",shard="eu"}"#
      #expect(found[late] == 1)
      var scored = 0.0
      for market in Set(SimulatedBooks.snapshots.map(\.market)) {
        let books = SimulatedBooks.snapshots.prefix(900).filter { $0.market == market }
        let last = try #require(books.last)
        let labels = #"{market="\#(market)",shard="eu"}"#
        scored += found["shortfall_books_scored_total" + labels] ?? 0
        let time = try #require(found["shortfall_book_time_seconds" + labels])
        #expect(time == Double(last.time.nanoseconds) / 1e9)
        let age = try #require(found["shortfall_book_age_seconds" + labels])
        #expect(abs(Date().timeIntervalSince1970 - time - age) < 600)
        #expect(found["shortfall_market_warming_seconds" + labels] ?? -1 >= 0)
      }
      #expect(scored == Double(run.lines.count { $0.contains(#""sell":{"#) }))
      #expect(found[#"shortfall_checkpoints_total{result="failed",shard="eu"}"#] == 0)
      #expect(found[#"shortfall_checkpoints_total{result="kept",shard="eu"}"#] ?? 0 >= 2)
      let size = try FileManager.default.attributesOfItem(atPath: state)[.size] as? Double
      let said = try #require(found[#"shortfall_checkpoint_bytes{shard="eu"}"#])
      // The file has a first line and a digest besides.
      #expect(try said < #require(size) && #require(size) < said + 100)
      let current = try FileManager.default.destinationOfSymbolicLink(
        atPath: try TrainedModel.simulated.get() + "/current")
      let artefact = URL(fileURLWithPath: current).lastPathComponent
      // The digest is that of the model's file, as the manifest and a ledger have it.
      let manifest = try JSON(
        Data(contentsOf: URL(filePath: try TrainedModel.simulated.get() + "/current/manifest.json")))
      let file = try #require(manifest["files"]?.list.first { $0["name"]?.text == "model.json" })
      let digest = try #require(file["sha256"]?.text)
      let labels = #"{name="simulated",digest="\#(digest)",artefact="\#(artefact)",shard="eu"}"#
      #expect(found["shortfall_model_info" + labels] == 1)
      #expect(found[#"shortfall_run_failed{shard="eu"}"#] == 0)
      #expect(found[#"shortfall_process_resident_memory_bytes{shard="eu"}"#] ?? 1e9 > 1e6)
      #expect(found.kinds["shortfall_lines_total"] == "counter")
      #expect(!found.kinds.keys.contains { $0.contains("latency") })
    }

    @Test("an idle stream goes on to say how old its books are, and counts reloads")
    func idle() throws {
      let feed = try Feed([
        "score", "--model", try TrainedModel.simulated.get(), "--metrics", metrics, "--metrics-every", "20ms",
      ])
      let snapshot = try #require(SimulatedBooks.snapshots.first)
      try feed.wait { FileManager.default.fileExists(atPath: metrics) }
      #expect(try Metrics(path: metrics)["shortfall_lines_total"] == 0)
      try feed.send([SimulatedBooks.lines([snapshot])])
      let age = #"shortfall_book_age_seconds{market="\#(snapshot.market)"}"#
      try feed.wait { try Metrics(path: metrics)[age] != nil }
      let first = try #require(try Metrics(path: metrics)[age])
      try feed.wait { try Metrics(path: metrics)[age] ?? 0 > first + 0.1 }
      try feed.signal(SIGHUP, awaiting: "took up model")
      try feed.wait { try Metrics(path: metrics)[#"shortfall_reloads_total{result="taken"}"#] == 1 }
      #expect(try feed.end(with: SIGTERM).status == 0)
      #expect(try Metrics(path: metrics)["shortfall_lines_total"] == 1)
    }

    @Test("metrics that cannot be written at the start end it with 1, and the file is named")
    func unwritable() throws {
      let path = Scratch.path("nowhere") + "/shard.prom"
      let run = try Invocation.run(["score", "--model", try TrainedModel.simulated.get(), "--metrics", path])
      #expect(run.status == 1)
      #expect(run.errors.contains(path), "\(run.errors)")
    }

    @Test("a run that fails says so in the metrics, wherever it failed")
    func failed() throws {
      let model = try TrainedModel.simulated.get()
      let full = try Invocation.run(
        ["score", "--model", model, "--metrics", metrics, "--output", "/dev/full"], input: Self.input.get())
      #expect(full.status == 1, "\(full.errors)")
      #expect(try Metrics(path: metrics)["shortfall_run_failed"] == 1)
      #expect(try Metrics(path: metrics)["shortfall_lines_total"] ?? 0 > 0)
      #expect(
        try Invocation.run(["score", "--model", model, "--metrics", metrics], input: Self.input.get()).status == 0)
      #expect(try Metrics(path: metrics)["shortfall_run_failed"] == 0)
      let damaged = try Scratch.file("score.state", "no state")
      let failing = [
        ["--model", model, "--state", damaged], ["--model", Scratch.path("nowhere")],
        ["--model", model, "--replay", "max", "--data", Scratch.path("no-books")],
        ["--model", model, "--replay", "max", "--data", Scratch.path("no-lines"), "--venue", "bybit"],
      ]
      for more in failing {
        try FileManager.default.removeItem(atPath: metrics)
        #expect(try Invocation.run(["score", "--metrics", metrics] + more, input: Self.input.get()).status == 1)
        #expect(try Metrics(path: metrics)["shortfall_run_failed"] == 1)
      }
    }

    @Test("a stream whose venue is not the one that was named says so once, and counts what it passes over")
    func wrongVenue() throws {
      let message = #"{"channel":"l2Book","data":{"coin":"A","time":1,"levels":[[],[]]}}"# + "\n"
      func run(_ count: Int, of line: String? = nil, venue: String, isReplayed: Bool = false) throws -> [JSON] {
        let lines = try Scratch.file("lines.jsonl", String(repeating: line ?? message, count: count))
        let run = try Invocation.run(
          [
            "score", "--model", try TrainedModel.simulated.get(), "--venue", venue, "--log-format", "json", "--metrics",
            metrics,
          ] + (isReplayed ? ["--replay", "max", "--data", lines] : []), input: isReplayed ? nil : lines)
        #expect(run.status == 0)
        return try run.errors.split(separator: "\n").map { try JSON($0) }
          .filter { $0["message"]?.text?.contains("another venue's lines?") == true }
      }
      for (count, told) in [(2_500, 1_000.0), (3, 3)] {
        let said = try run(count, venue: "bybit")
        #expect(said.count == 1)
        #expect(said.first?["venue"]?.text == "bybit" && said.first?["lines"]?.number == told, "\(said)")
        #expect(said.first?["level"]?.text == "warning")
        #expect(try Metrics(path: metrics)["shortfall_lines_passed_over_total"] == Double(count))
        let rejected = try run(count, of: "of no venue\n", venue: "bybit")
        #expect(rejected.map { $0["lines"]?.number } == [told], "\(rejected)")
        let replayed = try run(count, venue: "bybit", isReplayed: true)
        for key in ["level", "message", "venue"] {
          #expect(replayed.map { $0[key]?.text } == said.map { $0[key]?.text })
        }
        #expect(replayed.map { $0["lines"]?.number } == [told])
      }
      #expect(try run(2_500, venue: "hyperliquid").isEmpty)
      #expect(try run(2_500, venue: "hyperliquid", isReplayed: true).isEmpty)
    }

    @Test("statistics name every stage, at intervals and at the end, and go into the metrics")
    func statistics() throws {
      let feed = try Feed([
        "score", "--model", try TrainedModel.simulated.get(), "--stats", "20ms", "--metrics", metrics,
        "--metrics-every", "20ms", "--log-format", "json",
      ])
      try feed.send(SimulatedBooks.snapshots.prefix(200).map { SimulatedBooks.lines([$0]) })
      try feed.wait { try feed.errors().contains(#""message":"latency, latest""#) }
      try feed.wait {
        try Metrics(path: metrics)[#"shortfall_stage_latency_seconds_count{stage="line"}"#] == 200
      }
      let run = try feed.end(with: nil)
      #expect(run.status == 0)
      let records = try run.errors.split(separator: "\n").map { try JSON($0) }
      let all = records.filter { $0["message"]?.text == "latency, all" }
      let stages = ["read", "parse", "features", "score", "answer", "write", "line"]
      #expect(all.compactMap { $0["stage"]?.text } == stages)
      for record in all {
        // Answers to lines that came together are written together.
        let count = try #require(record["count"]?.number)
        #expect(record["stage"]?.text == "write" ? (1...200).contains(count) : count == 200)
        guard case .object(let members) = record else { continue }
        let names = ["p50_us", "p90_us", "p99_us", "p99.9_us", "max_us"]
        let quantiles = names.map { members[$0]?.number ?? -1 }
        #expect(quantiles == quantiles.sorted() && quantiles[0] >= 0 && quantiles[4] > 0, "\(record)")
      }
      let found = try Metrics(path: metrics)
      #expect(found.kinds["shortfall_stage_latency_seconds"] == "summary")
      let whole = try #require(found[#"shortfall_stage_latency_seconds{stage="line",quantile="0.5"}"#])
      #expect(whole > 0 && whole < 30)
    }

    @Test("statistics and metrics change no answer")
    func sameAnswers() throws {
      let model = try TrainedModel.simulated.get()
      let plain = try Invocation.run(["score", "--model", model], input: Self.input.get())
      let watched = try Invocation.run(
        ["score", "--model", model, "--stats", "10ms", "--metrics", metrics, "--metrics-every", "10ms"],
        input: Self.input.get())
      #expect(plain.status == 0 && watched.status == 0)
      #expect(plain.output == watched.output)
      #expect(plain.errors.isEmpty)
    }

    @Test("messages are one JSON object a line when asked for, failures too, and none below the level")
    func log() throws {
      let model = try TrainedModel.simulated.get()
      let feed = try Feed(["score", "--model", model, "--log-format", "json"])
      try feed.signal(SIGHUP, awaiting: "took up model")
      let records = try feed.end(with: nil).errors.split(separator: "\n").map { try JSON($0) }
      #expect(records.count == 1)
      #expect(records.first?.keys == ["time", "level", "message"])
      #expect(records.first?["level"]?.text == "notice")
      let quiet = try Feed(["score", "--model", model, "--log-level", "error", "--stats", "10ms"])
      try quiet.send([SimulatedBooks.lines(SimulatedBooks.snapshots.prefix(1))])
      #expect(try quiet.end(with: nil).errors.isEmpty)
      let missing = Scratch.path("no-model")
      let failed = try Invocation.run(["score", "--model", missing, "--log-format", "json"])
      #expect(failed.status == 1)
      #expect(try JSON(failed.errors)["message"]?.text?.contains(missing) == true)
    }

    @Test(
      "options that do not go together are usage errors",
      arguments: [
        ["--metrics-every", "1s"], ["--metrics-label", "a=b"], ["--stats", "0s"], ["--stats", "often"],
        ["--metrics", "x", "--metrics-label", "a-b=c"], ["--metrics", "x", "--metrics-label", "ab"],
        ["--metrics", "x", "--metrics-label", "a=b", "--metrics-label", "a=c"], ["--log-format", "xml"],
        ["--log-level", "loud"],
      ])
    func usage(options: [String]) throws {
      #expect(try Invocation.run(["score", "--model", "x"] + options).status == 64)
    }
  }
}
