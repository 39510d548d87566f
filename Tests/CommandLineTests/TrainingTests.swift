import Foundation
import Markets
import ModelStore
import Sampling
import TestRecordings
import Testing

extension CommandLineTests {
  @Suite("train")
  struct Training {
    private static func arguments(_ configuration: String, output: String) -> [String] {
      ["train", "--config", configuration, "--data", SimulatedBooks.file, "--output", output]
    }

    @Test("the same data gives the same bytes, on one processor as on all", arguments: [String?.none, "0"])
    func identicalBytes(cores: String?) throws {
      let first = try contents(of: try TrainedModel.simulated.get())
      let directory = Scratch.path("again")
      let run = try Invocation.run(
        Self.arguments(TrainedModel.configuration, output: directory) + ["--to", "\(SimulatedBooks.split)"],
        cores: cores)
      #expect(run.status == 0, "\(run.errors)")
      let second = try contents(of: directory)
      #expect(first.keys.sorted() == second.keys.sorted())
      #expect(first.keys.contains("current"))
      for (name, bytes) in first { #expect(second[name] == bytes, "\(name)") }
    }

    @Test("the number of threads changes no byte of a blend, which evaluates, scores and recommends")
    func blend() throws {
      let configuration = try Scratch.file("blend.yaml", SimulatedBooks.training(family: "blend"))
      func trained(_ threads: String) throws -> String {
        let directory = Scratch.path("threads-\(threads)")
        let run = try Invocation.run(
          Self.arguments(configuration, output: directory)
            + ["--to", "\(SimulatedBooks.split)", "--threads", threads])
        #expect(run.status == 0, "\(run.errors)")
        #expect(run.text.contains("\npicked: blend, as the configuration says\n"))
        return directory
      }
      let directory = try trained("1")
      let one = try contents(of: directory)
      #expect(one.keys.contains("current"))
      for threads in ["2", "4"] { #expect(try contents(of: try trained(threads)) == one, "\(threads) threads") }

      let evaluation = try Invocation.run([
        "evaluate", "--model", directory, "--data", SimulatedBooks.file, "--from", "\(SimulatedBooks.split)", "--json",
      ])
      #expect(evaluation.status == 0, "\(evaluation.errors)")
      #expect(try #require(JSON(evaluation.output)["overall.onset.model.rocArea.value"]?.number) > 0.6)
      let stream = try Scratch.file("stream.jsonl", SimulatedBooks.lines(SimulatedBooks.snapshots.prefix(50)))
      let score = try Invocation.run(["score", "--model", directory], input: stream)
      #expect(score.status == 0 && score.lines.count == 50, "\(score.errors)")
      let recommendation = try Invocation.run([
        "recommend", "--model", directory, "--policy", "\(RecordedData.package)/Models/policy-example.yaml", "--data",
        SimulatedBooks.file, "--output-format", "json",
      ])
      #expect(recommendation.status == 0 && !recommendation.lines.isEmpty, "\(recommendation.errors)")
    }

    @Test("a number of threads that makes no sense is a usage error", arguments: ["0", "-1", "2000", "many"])
    func wrongThreads(_ threads: String) throws {
      let run = try Invocation.run(
        Self.arguments(TrainedModel.configuration, output: Scratch.path("never")) + ["--threads", threads])
      #expect(run.status == 64)
    }

    @Test("every calibration gives a model that loads", arguments: ["platt", "isotonic"])
    func calibrations(calibration: String) throws {
      let configuration = try Scratch.file(
        "\(calibration).yaml", SimulatedBooks.training(calibration: calibration))
      let directory = Scratch.path(calibration)
      let run = try Invocation.run(Self.arguments(configuration, output: directory))
      #expect(run.status == 0, "\(run.errors)")
      _ = try StoredModel.load(directory)
    }

    @Test("a failed gate exits 1, says why, saves the candidate and leaves the current model")
    func gate() throws {
      let directory = Scratch.path("gated")
      let promoted = try Invocation.run(Self.arguments(TrainedModel.configuration, output: directory))
      #expect(promoted.status == 0, "\(promoted.errors)")
      let before = try contents(of: directory)

      let strict = try Scratch.file("strict.yaml", SimulatedBooks.training(name: "strict", minimumSkill: 0.99))
      let run = try Invocation.run(Self.arguments(strict, output: directory))
      #expect(run.status == 1)
      #expect(run.errors.contains("gate"))
      #expect(run.errors.contains("99.00 %"))
      #expect(run.errors.contains("current model stays"))

      let after = try contents(of: directory)
      for (name, bytes) in before { #expect(after[name] == bytes, "\(name)") }
      let current = try #require(after["current"].map { String(decoding: $0, as: UTF8.self) })
      let candidates = try FileManager.default.contentsOfDirectory(atPath: "\(directory)/artefacts")
      #expect(candidates.count == 2)
      let refused = try #require(candidates.first { !current.hasSuffix($0) })
      #expect(try StoredModel.load("\(directory)/artefacts/\(refused)").artefact.name == "strict")
      #expect(try StoredModel.load(directory).artefact.name == "simulated")
    }

    @Test("a gate that fails on the first night leaves no current model")
    func firstNight() throws {
      let directory = Scratch.path("first-night")
      let strict = try Scratch.file("strict.yaml", SimulatedBooks.training(minimumSkill: 0.99))
      #expect(try Invocation.run(Self.arguments(strict, output: directory)).status == 1)
      #expect(!FileManager.default.fileExists(atPath: "\(directory)/current"))
      let score = try Invocation.run(["score", "--model", directory])
      #expect(score.status == 1)
      #expect(score.errors.contains("no model here"))
    }

    @Test("a window without events is refused in one sentence")
    func noEvents() throws {
      let run = try Invocation.run(
        Self.arguments(TrainedModel.configuration, output: Scratch.path("short"))
          + ["--to", "\(SimulatedBooks.start + .hours(3))"])
      #expect(run.status == 1)
      #expect(run.errors.contains("positive"))
      #expect(!run.errors.contains("bug"))
    }
  }
}
