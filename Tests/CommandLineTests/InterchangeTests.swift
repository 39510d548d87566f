import Foundation
import Markets
import ModelStore
import TestRecordings
import Testing

extension CommandLineTests {
  @Suite("export and import")
  struct Interchange {
    private static let boosting = Result { try model(family: "boosting") }
    private static let blend = Result { try model(family: "blend") }

    private static func model(family: String) throws -> String {
      let text = SimulatedBooks.training(
        name: family, family: family, boosting: "{rounds: 8, leaves: 5, minimumRows: 40, learningRate: 0.3}")
      let directory = Scratch.path(family)
      let run = try Invocation.run([
        "train", "--config", try Scratch.file("\(family).yaml", text), "--data", SimulatedBooks.file, "--to",
        "\(SimulatedBooks.split)", "--output", directory,
      ])
      guard run.status == 0 else { throw TrainedModel.Untrained(errors: run.errors) }
      return directory
    }

    private static func exported() throws -> String {
      let file = Scratch.path("trees.txt")
      let run = try Invocation.run([
        "export", "--model", try boosting.get(), "--format", "lightgbm", "--output", file,
      ])
      guard run.status == 0, run.output.isEmpty else { throw TrainedModel.Untrained(errors: run.errors) }
      return file
    }

    /// The directory of an imported model.
    private static func imported() throws -> String {
      let output = Scratch.path("imported")
      let run = try Invocation.run([
        "import", "--lightgbm", try exported(), "--like", try boosting.get(), "--output", output,
      ])
      guard run.status == 0 else { throw TrainedModel.Untrained(errors: run.errors) }
      let name = try #require(try FileManager.default.contentsOfDirectory(atPath: "\(output)/artefacts").first)
      return "\(output)/artefacts/\(name)"
    }

    @Test("export writes the model to standard output or a file, and says on standard error what the columns are")
    func export() throws {
      let run = try Invocation.run(["export", "--model", try Self.boosting.get(), "--format", "lightgbm"])
      #expect(run.status == 0)
      #expect(run.text.hasPrefix("tree\nversion=v4\n"))
      #expect(run.text == (try String(contentsOfFile: try Self.exported(), encoding: .utf8)))
      #expect(run.errors.contains("8 trees") && run.errors.contains("depth_100bp"), "\(run.errors)")
    }

    @Test("an imported model says where it comes from, is not promoted, and serves every command")
    func everyCommand() throws {
      let output = Scratch.path("out")
      let run = try Invocation.run([
        "import", "--lightgbm", try Self.exported(), "--like", try Self.boosting.get(), "--output", output,
      ])
      #expect(run.status == 0, "\(run.errors)")
      #expect(run.text.hasPrefix("SIMULATED · model boosting-imported, imported\n"))
      #expect(run.text.hasSuffix("gate: not judged: nothing here has validated, calibrated or tested the trees\n"))
      #expect(run.errors.contains("did not promote"))
      #expect(!FileManager.default.fileExists(atPath: "\(output)/current"))

      let model = try Self.imported()
      let books = ["--data", SimulatedBooks.file]
      let start = ["--from", "\(SimulatedBooks.split)"]
      let end = ["--to", "\(SimulatedBooks.split + .hours(2))"]
      let commands: [(name: String, options: [String])] = [
        ("evaluate", books + start), ("score", []), ("timeline", books + start + end), ("features", books + start),
        ("explain", books + start), ("export", ["--format", "lightgbm"]),
      ]
      for (command, options) in commands {
        let run = try Invocation.run([command, "--model", model] + options, input: SimulatedBooks.file)
        #expect(run.status == 0, "\(command): \(run.errors)")
        #expect(!run.output.isEmpty)
      }
    }

    @Test("the imported twin of a model gives every line of the stream the same score")
    func sameScores() throws {
      let books = try Scratch.file("few.jsonl", SimulatedBooks.lines(SimulatedBooks.snapshots.prefix(300)))
      let runs = try [try Self.boosting.get(), try Self.imported()].map {
        try Invocation.run(["score", "--model", $0], input: books)
      }
      #expect(runs[0].lines.count == 300)
      for (one, other) in zip(runs[0].lines, runs[1].lines) {
        let (one, other) = (try JSON(one), try JSON(other))
        for side in ["sell", "buy"] {
          guard let expected = one["\(side).logOdds"]?.number else { continue }
          #expect(abs(try #require(other["\(side).logOdds"]?.number) - expected) <= 1e-12)
        }
      }
    }

    @Test("features --model writes inputs, log-odds and outcomes of the rows that are judged")
    func matrix() throws {
      let start = "\(SimulatedBooks.split)"
      let run = try Invocation.run([
        "features", "--model", try Self.blend.get(), "--data", SimulatedBooks.file, "--from", start,
      ])
      #expect(run.status == 0, "\(run.errors)")
      #expect(
        run.lines.first
          == """
          time,market,side,depth_100bp,ewma_depth_100bp_fast,depth_minimum_100bp_1h,ewma_volatility_fast,\
          others_weakest_depth_to_median_100bp,depth_50bp,log_odds,linear_log_odds,boosted_log_odds,in_shortfall,\
          depth_shortfall
          """)
      #expect(run.lines.count == 1 + 2 * SimulatedBooks.snapshots.count { $0.time >= SimulatedBooks.split })
      #expect(run.lines.dropFirst().allSatisfy { $0 >= start })
    }

    @Test("what cannot be exported exits 1 and says why and what can")
    func refusedExports() throws {
      let logistic = try Invocation.run([
        "export", "--model", try TrainedModel.simulated.get(), "--format", "lightgbm",
      ])
      #expect(logistic.status == 1 && logistic.output.isEmpty)
      #expect(logistic.errors.contains("logistic regression") && logistic.errors.contains("boosting"))
      let blend = ["export", "--model", try Self.blend.get(), "--format", "lightgbm"]
      let whole = try Invocation.run(blend)
      #expect(whole.status == 1 && whole.output.isEmpty)
      #expect(whole.errors.contains("not one tree model") && whole.errors.contains("--part boosted"))
      let part = try Invocation.run(blend + ["--part", "boosted"])
      #expect(part.status == 0 && part.text.hasPrefix("tree\n"))
      #expect(part.errors.contains("not written: the logistic regression"))
    }

    @Test("what cannot be imported exits 1, is named, and leaves nothing behind")
    func refusedImports() throws {
      let text = try String(contentsOfFile: try Self.exported(), encoding: .utf8)
      let renamed = text.replacingOccurrences(of: "depth_50bp", with: "depth_51bp")
      let absent = Scratch.path("not-there")
      let files: [(path: String, words: [String])] = [
        (absent, [absent, "cannot read"]),
        (try Scratch.file("renamed.txt", renamed), ["missing depth_50bp", "unknown depth_51bp"]),
        (try Scratch.file("cut.txt", String(text.prefix(text.count / 2))), ["cut.txt:"]),
        (
          try Scratch.file("other.txt", text.replacingOccurrences(of: "objective=binary", with: "objective=poisson")),
          ["objective"]
        ),
      ]
      for file in files {
        let output = Scratch.path("refused")
        let run = try Invocation.run([
          "import", "--lightgbm", file.path, "--like", try Self.boosting.get(), "--output", output,
        ])
        #expect(run.status == 1 && run.output.isEmpty)
        for word in file.words { #expect(run.errors.contains(word), "\(run.errors)") }
        #expect(!run.errors.contains("bug"))
        #expect(!FileManager.default.fileExists(atPath: output))
      }
      let run = try Invocation.run([
        "import", "--lightgbm", try Self.exported(), "--like", absent, "--output", Scratch.path("refused"),
      ])
      #expect(run.status == 1 && run.errors.contains("no model here"))
    }

    @Test(
      "wrong usage exits 64",
      arguments: [
        ["export", "--model", "x"], ["export", "--model", "x", "--format", "onnx"],
        ["export", "--model", "x", "--format", "lightgbm", "--part", "linear"], ["import", "--lightgbm", "x"],
        ["features", "--data", "x"], ["features", "--model", "x"],
        ["features", "--model", "x", "--config", "y", "--data", "z"], ["features", "--model", "x", "--describe"],
      ])
    func usage(arguments: [String]) throws {
      let run = try Invocation.run(arguments)
      #expect(run.status == 64, "\(arguments): \(run.errors)")
    }
  }
}
