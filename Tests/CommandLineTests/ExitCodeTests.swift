import Foundation
import TestRecordings
import Testing

extension CommandLineTests {
  @Suite("Exit codes and messages")
  struct ExitCodes {
    @Test(
      "wrong usage exits 64",
      arguments: [
        ["nonsense"], ["train"], ["evaluate", "--model", "x"], ["score"], ["score", "--model", "x", "--reasons", "-1"],
        ["inspect", "--format", "morse", "x"], ["features", "--config", "x"], ["recommend", "--model", "x"],
        ["evaluate", "--model", "x", "--data", "y", "--from", "tomorrow"],
        ["evaluate", "--model", "x", "--data", "y", "--from", "2025-02-01", "--to", "2025-01-01"],
        ["simulate", "--output", "x", "--duration", "long"],
        ["tune", "--config", "x", "--data", "y", "--journal", "z"],
        ["tune", "--config", "x", "--data", "y", "--journal", "z", "--budget", "0s"],
        ["tune", "--config", "x", "--data", "y", "--journal", "z", "--budget", "1m", "--trials", "0"],
      ])
    func usage(arguments: [String]) throws {
      let run = try Invocation.run(arguments)
      #expect(run.status == 64, "\(arguments): \(run.errors)")
      #expect(run.output.isEmpty)
      #expect(!run.errors.isEmpty)
    }

    @Test(
      "files of a stream that are one another's, or would replace a device, exit 64 and are named",
      arguments: [
        (["--output", "same", "--metrics", "./same"], "--output and --metrics"),
        (["--output", "same", "--state", "x/../same"], "--output and --state"),
        (["--output", "same", "--rejected", "./same"], "--output and --rejected"),
        (["--feedback", "--outcomes", "same", "--ledger", "./same"], "--outcomes and --ledger"),
        (["--metrics", "/dev/null"], "--metrics /dev/null"), (["--state", "/dev/full"], "--state /dev/full"),
      ])
    func sharedFiles(options: [String], words: String) throws {
      let run = try Invocation.run(["score", "--model", "x"] + options)
      #expect(run.status == 64 && run.errors.contains(words), "\(run.errors)")
    }

    @Test("help and version exit 0", arguments: [["--help"], ["train", "--help"], ["--version"]])
    func help(arguments: [String]) throws {
      #expect(try Invocation.run(arguments).status == 0)
    }

    @Test("a missing file or model exits 1 and is named")
    func missing() throws {
      let path = Scratch.path("not-there")
      let commands = [
        ["inspect", path], ["convert", "--data", path], ["score", "--model", path],
        ["evaluate", "--model", path, "--data", path],
        ["train", "--config", path, "--data", path, "--output", Scratch.path("out")],
        ["train", "--config", TrainedModel.configuration, "--data", path, "--output", Scratch.path("out")],
        ["features", "--config", path, "--data", path],
        ["tune", "--config", path, "--data", path, "--journal", Scratch.path("journal"), "--budget", "1m"],
      ]
      for command in commands {
        let run = try Invocation.run(command)
        #expect(run.status == 1, "\(command): \(run.errors)")
        #expect(run.errors.contains(path), "\(command): \(run.errors)")
        #expect(!run.errors.contains("bug"), "\(command): \(run.errors)")
        #expect(run.output.isEmpty)
      }
    }

    @Test("an output that cannot be written is refused before the work, exits 1 and is named")
    func unwritable() throws {
      let file = Scratch.path("no-folder") + "/result"
      let commands = [
        ["backtest", "--config", TrainedModel.configuration, "--data", SimulatedBooks.file, "--from", "2025-02-01"],
        [
          "tune", "--config", TrainedModel.configuration, "--data", SimulatedBooks.file, "--journal",
          Scratch.path("journal"), "--budget", "1h",
        ],
        ["export", "--format", "lightgbm", "--model", try TrainedModel.simulated.get()],
        ["report", "--backtest", Scratch.path("no-report")],
      ]
      for output in [file, NSTemporaryDirectory()] {
        for command in commands {
          let begin = ContinuousClock.now
          let run = try Invocation.run(command + ["--output", output])
          #expect(run.status == 1, "\(command): \(run.errors)")
          #expect(run.errors.contains("\(output): cannot write: "), "\(command): \(run.errors)")
          #expect(ContinuousClock.now - begin < .seconds(10))
        }
      }
    }

    /// A change to the configuration, and what the message must say: the line, the setting, the reason.
    private static let faults: [(old: String, new: String, line: Int, words: [String])] = [
      ("name: simulated", "name: simulated\nsurprise: 1", 2, ["surprise", "unknown setting", "known ones"]),
      ("  minimumSnapshots: 3", "  minimumSnapshot: 3", 9, ["task.minimumSnapshot", "unknown setting"]),
      ("  band: 100bp", "  bnad: 100bp", 2, ["task.band", "missing"]),
      ("horizon: 2h", "horizon: soon", 4, ["task.horizon", "length of time"]),
      ("folds: 3", "folds: many", 29, ["validation.folds", "whole number"]),
      ("calibration: none", "calibration: magic", 27, ["calibration", "magic", "platt"]),
      ("penalties: [10, 100]", "penalties: [10, -1]", 26, ["model.penalties", "-1"]),
    ]

    @Test("a wrong setting exits 1 with the file, the line, the setting and the reason", arguments: 0..<7)
    func configuration(index: Int) throws {
      let fault = Self.faults[index]
      let text = SimulatedBooks.training()
      try #require(text.contains(fault.old))
      let file = try Scratch.file("wrong.yaml", text.replacingOccurrences(of: fault.old, with: fault.new))
      let run = try Invocation.run(
        ["train", "--config", file, "--data", SimulatedBooks.file, "--output", Scratch.path("out")])
      #expect(run.status == 1)
      #expect(run.errors.contains("\(file):\(fault.line): "), "\(run.errors)")
      for word in fault.words { #expect(run.errors.contains(word), "\(run.errors)") }
    }

    @Test("an input that the features do not produce exits 1 and is named")
    func unknownInput() throws {
      let text = SimulatedBooks.training().replacingOccurrences(of: "- depth_50bp", with: "- depth_51bp")
      let run = try Invocation.run([
        "train", "--config", try Scratch.file("input.yaml", text), "--data", SimulatedBooks.file, "--output",
        Scratch.path("out"),
      ])
      #expect(run.status == 1)
      #expect(run.errors.contains("depth_51bp"))
    }

    /// A recording whose third line is bad.
    private static func damagedRecording() throws -> String {
      var lines = SimulatedBooks.snapshots.prefix(6).map { SimulatedBooks.lines([$0]) }
      lines.insert(Array(#"{"time":1736121600000000000,"market":"A","bids":[[1,"x"]],"asks":[]}"#.utf8) + [0x0a], at: 2)
      return try Scratch.file("damaged.jsonl", lines.flatMap(\.self))
    }

    @Test(
      "a bad record stops a strict reading with 1, its file, line and field",
      arguments: [["inspect"], ["convert", "--data"], ["features", "--config", "", "--data"]])
    func strict(command: [String]) throws {
      let file = try Self.damagedRecording()
      let arguments = command.map { $0.isEmpty ? TrainedModel.configuration : $0 } + [file, "--strict"]
      let run = try Invocation.run(arguments)
      #expect(run.status == 1)
      #expect(run.errors.contains("\(file):3: bids"), "\(run.errors)")
    }

    @Test("without --strict a bad record is counted, named and left out")
    func lenient() throws {
      let file = try Self.damagedRecording()
      let run = try Invocation.run(["convert", "--data", file])
      #expect(run.status == 0)
      #expect(run.errors.contains("\(file):3: bids"), "\(run.errors)")
      #expect(run.errors.contains("rejected 1 record"), "\(run.errors)")
      #expect(Array(run.output) == SimulatedBooks.lines(SimulatedBooks.snapshots.prefix(6)))
    }

    @Test("inspect writes JSON that parses and text that names every market")
    func inspect() throws {
      let json = try Invocation.run(["inspect", SimulatedBooks.file, "--json"])
      #expect(json.status == 0)
      let markets = try #require(try JSON(json.output)["markets"]).list
      #expect(markets.compactMap { $0["market"]?.text } == ["SIM-BTC", "SIM-ETH", "SIM-XRP"])
      let counted = try markets.map { try #require($0["snapshots"]?.number) }.reduce(0, +)
      #expect(counted == Double(SimulatedBooks.snapshots.count))
      let text = try Invocation.run(["inspect", SimulatedBooks.file])
      #expect(text.status == 0)
      for market in ["SIM-BTC", "SIM-ETH", "SIM-XRP"] { #expect(text.text.contains(market)) }
    }

    @Test("the catalogue of the features names the columns of the matrix, in their order")
    func describe() throws {
      let described = try Invocation.run(["features", "--config", TrainedModel.configuration, "--describe", "--json"])
      #expect(described.status == 0)
      let definitions = try #require(try JSON(described.output)["definitions"]).list
      let books = try Scratch.file("few.jsonl", SimulatedBooks.lines(SimulatedBooks.snapshots.prefix(9)))
      let matrix = try Invocation.run(["features", "--config", TrainedModel.configuration, "--data", books])
      let header = try #require(matrix.lines.first).split(separator: ",").map(String.init)
      #expect(Array(header.dropFirst(3).prefix(definitions.count)) == definitions.compactMap { $0["name"]?.text })
      #expect(header[definitions.count + 3] == "depth")
      for key in ["unit", "definition", "direction", "family", "source"] {
        #expect(definitions.allSatisfy { $0[key] != nil }, "\(key)")
      }
    }

    @Test("a damaged model is refused by name", arguments: ["model.json", "card.md", "training.yaml", "manifest.json"])
    func damagedModel(name: String) throws {
      let copy = Scratch.path("damaged-model")
      let source = URL(fileURLWithPath: try TrainedModel.simulated.get() + "/current").resolvingSymlinksInPath().path
      try FileManager.default.copyItem(atPath: source, toPath: copy)
      #expect(try Invocation.run(["score", "--model", copy]).status == 0)
      var bytes = try Data(contentsOf: URL(fileURLWithPath: "\(copy)/\(name)"))
      bytes[bytes.count / 2] ^= 1
      try bytes.write(to: URL(fileURLWithPath: "\(copy)/\(name)"))
      let run = try Invocation.run(["score", "--model", copy])
      #expect(run.status == 1)
      #expect(run.errors.contains("\(copy)/"), "\(run.errors)")
    }
  }
}
