import Foundation
import MarketData
import TestRecordings
import Testing

extension CommandLineTests {
  @Suite("Full disks and torn files", .enabled(if: FileManager.default.fileExists(atPath: "/dev/full")))
  struct LostStreams {
    /// The status of the program under a shell that sends its streams elsewhere.
    private func status(_ arguments: String, _ redirections: String) throws -> Int32 {
      let process = Process()
      process.executableURL = URL(fileURLWithPath: "/bin/sh")
      process.arguments = ["-c", "exec '\(Invocation.program)' \(arguments) \(redirections)"]
      try process.run()
      process.waitUntilExit()
      return process.terminationReason == .exit ? process.terminationStatus : -1
    }

    @Test("a standard error that takes nothing changes no result", arguments: ["2>/dev/full", "2>&-"])
    func standardError(redirection: String) throws {
      #expect(try status("inspect \(Scratch.path("not-there"))", ">/dev/null \(redirection)") == 1)
      #expect(try status("inspect \(SimulatedBooks.file)", ">/dev/null \(redirection)") == 0)
      let directory = Scratch.path("lost-errors")
      let train =
        "train --config \(TrainedModel.configuration) --data \(SimulatedBooks.file) --to \(SimulatedBooks.split) --output \(directory)"
      #expect(try status(train, ">/dev/null \(redirection)") == 0)
      #expect(FileManager.default.fileExists(atPath: directory + "/current/model.json"))
    }

    @Test("when the result cannot be written, nothing is promoted")
    func standardOutput() throws {
      let directory = Scratch.path("lost-output")
      let train =
        "train --config \(TrainedModel.configuration) --data \(SimulatedBooks.file) --to \(SimulatedBooks.split) --output \(directory)"
      #expect(try status(train, ">/dev/full 2>/dev/null") == 1)
      #expect(!FileManager.default.fileExists(atPath: directory + "/current"))
    }

    @Test("answers that cannot be written end a stream as any failure does: metrics and log say so")
    func answers() throws {
      let (metrics, log) = (Scratch.path("lost-answers.prom"), Scratch.path("lost-answers.log"))
      let score = "score --model \(try TrainedModel.simulated.get()) --metrics \(metrics) --log-format json"
      #expect(try status(score, "<\(SimulatedBooks.file) >/dev/full 2>\(log)") == 1)
      #expect(try Metrics(path: metrics)["shortfall_run_failed"] == 1)
      let last = try #require(try String(contentsOfFile: log, encoding: .utf8).split(separator: "\n").last)
      let said = try JSON(Data(last.utf8))
      #expect(said["level"]?.text == "error")
      #expect(said["message"]?.text?.contains("standard output: cannot write") == true)
    }

    @Test("a torn gzip file counts up to the damage, which is named; strict reading stops there")
    func tornFile() throws {
      var whole: [UInt8] = []
      var deflater = Deflater()
      deflater.write(SimulatedBooks.lines(SimulatedBooks.snapshots.prefix(600)), to: &whole)
      deflater.finish(to: &whole)
      let torn = try Scratch.file("torn.jsonl.gz", Array(whole.prefix(whole.count / 2)))
      let run = try Invocation.run(["convert", "--data", torn])
      #expect(run.status == 0)
      #expect(run.errors.contains("torn.jsonl.gz") && run.errors.contains("the rest of this file is left out"))
      #expect((100..<600).contains(run.lines.count))
      let strict = try Invocation.run(["convert", "--data", torn, "--strict"])
      #expect(strict.status == 1)
      #expect(strict.errors.contains("torn.jsonl.gz"))
    }
  }
}
