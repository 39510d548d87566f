import Foundation
import MarketData
import Markets
import TestRecordings
import Testing

extension CommandLineTests {
  @Suite("score, replaying")
  struct Replay {
    /// Two gzip files of different markets, whose books come in turns, and a bad record.
    private static let folder = Result {
      let folder = Scratch.path("recorded")
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
      let books = SimulatedBooks.snapshots.prefix(600)
      let first = try #require(books.first).market
      for (name, isFirst) in [("a.jsonl.gz", true), ("b.jsonl.gz", false)] {
        var lines = SimulatedBooks.lines(books.filter { ($0.market == first) == isFirst })
        if !isFirst { lines += Array("no book\n".utf8) }
        var deflater = Deflater()
        var bytes: [UInt8] = []
        deflater.write(lines, to: &bytes)
        deflater.finish(to: &bytes)
        try Data(bytes).write(to: URL(filePath: "\(folder)/\(name)"))
      }
      return folder
    }

    private func converted(_ more: [String] = []) throws -> String {
      let run = try Invocation.run(["convert", "--data", try Self.folder.get()] + more)
      try #require(run.status == 0, "\(run.errors)")
      return try Scratch.file("converted.jsonl", run.output)
    }

    private func arguments(_ speed: String = "max", _ more: [String] = []) throws -> [String] {
      ["score", "--model", try TrainedModel.simulated.get(), "--replay", speed, "--data", try Self.folder.get()] + more
    }

    @Test("recorded books have the answers of the lines that convert writes")
    func equal() throws {
      let middle = try #require(SimulatedBooks.snapshots.prefix(600).dropFirst(300).first).time
      for window in [[], ["--from", "\(middle)"], ["--to", "\(middle)"]] {
        let piped = try Invocation.run(
          ["score", "--model", try TrainedModel.simulated.get()], input: try converted(window))
        let replayed = try Invocation.run(arguments("max", window))
        #expect(replayed.status == 0, "\(replayed.errors)")
        #expect(replayed.lines.count > 200)
        #expect(replayed.output == piped.output)
        #expect(replayed.errors.contains("read \(replayed.lines.count) snapshots"), "\(replayed.errors)")
      }
    }

    @Test("recorded books come at a multiple of their pace")
    func pace() throws {
      let books = Array(SimulatedBooks.snapshots.prefix(30))
      let span = try #require(books.last).time - books[0].time
      // At this speed the recording takes a second and a half.
      let speed = "\(span.seconds / 1.5)x"
      let file = try Scratch.file("paced.jsonl", SimulatedBooks.lines(books))
      let output = Scratch.path("answers.jsonl")
      let begin = ContinuousClock.now
      let run = try Running([
        "score", "--model", try TrainedModel.simulated.get(), "--replay", speed, "--data", file, "--output", output,
      ])
      usleep(700_000)
      let early = (FileManager.default.contents(atPath: output) ?? Data()).count { $0 == UInt8(ascii: "\n") }
      let end = try run.finished()
      #expect(end.status == 0, "\(end.errors)")
      #expect(ContinuousClock.now - begin >= .milliseconds(1_500))
      #expect(early < 30)
      let answers = try Data(contentsOf: URL(filePath: output))
      #expect(
        answers == (try Invocation.run(["score", "--model", try TrainedModel.simulated.get()], input: file).output))
    }

    @Test("asked to end while it waits for the next book, it ends at once, and goes on where it was")
    func stopped() throws {
      let state = Scratch.path("state")
      let output = Scratch.path("answers.jsonl")
      let kept = ["--state", state, "--output", output]
      let run = try Running(try arguments("0.001x", kept))
      let deadline = ContinuousClock.now + .seconds(30)
      while (FileManager.default.contents(atPath: output) ?? Data()).isEmpty, ContinuousClock.now < deadline {
        usleep(5_000)
      }
      run.send(SIGTERM)
      let end = try run.finished()
      #expect(end.status == 0 && !end.wasKilled, "\(end.errors)")
      let rest = try Invocation.run(try arguments("max", kept))
      #expect(rest.status == 0, "\(rest.errors)")
      #expect(rest.errors.contains("goes on after line"), "\(rest.errors)")
      let whole = try Invocation.run(try arguments())
      #expect(try Data(contentsOf: URL(filePath: output)) == whole.output)
    }

    @Test("a strict reading that ends at a bad record hands over all that came before it")
    func strict() throws {
      let lines = SimulatedBooks.lines(SimulatedBooks.snapshots.prefix(700))
      let file = try Scratch.file("strict.jsonl", lines + Array("{\"time\":01}\n".utf8) + lines)
      let converted = try Invocation.run(["convert", "--strict", "--data", file])
      #expect(converted.status == 1 && converted.lines.count == 700)
      let replayed = try Invocation.run([
        "score", "--model", try TrainedModel.simulated.get(), "--replay", "max", "--strict", "--data", file,
      ])
      #expect(replayed.status == 1 && replayed.lines.count == 700)
      #expect(replayed.errors.contains("'01' begins with a zero"), "\(replayed.errors)")
    }

    @Test("a missing or damaged recording ends it with 1 and is named")
    func damaged() throws {
      let missing = Scratch.path("no-books")
      let model = try TrainedModel.simulated.get()
      let run = try Invocation.run(["score", "--model", model, "--replay", "max", "--data", missing])
      #expect(run.status == 1 && run.errors.contains(missing), "\(run.errors)")
      let strict = try Invocation.run(try arguments("max", ["--strict"]))
      #expect(strict.status == 1 && strict.errors.contains("b.jsonl.gz:"), "\(strict.errors)")
      #expect(strict.lines.count > 200)
    }

    @Test(
      "options that do not go together are usage errors",
      arguments: [
        ["--replay", "max"], ["--data", "x"], ["--replay", "fast", "--data", "x"], ["--replay", "0x", "--data", "x"],
        ["--replay", "60", "--data", "x"], ["--from", "2025-01-01"], ["--strict"],
        ["--replay", "max", "--data", "x", "--state", "y", "--resume", "continued"],
      ])
    func usage(options: [String]) throws {
      #expect(try Invocation.run(["score", "--model", "x"] + options).status == 64)
    }
  }
}
