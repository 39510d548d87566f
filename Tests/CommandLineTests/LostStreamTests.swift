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
