import Foundation
import Markets
import Sampling
import TestRecordings
import Testing
import Workflows

extension CommandLineTests {
  @Suite("score, stopped and started again")
  struct Resume {
    /// Kills in the test of kills; SHORTFALL_KILLS asks for another number.
    private static let kills = ProcessInfo.processInfo.environment["SHORTFALL_KILLS"].flatMap { Int($0) } ?? 40

    /// Lines of 900 books, with some that are none.
    private static let lines = SimulatedBooks.snapshots.prefix(900).enumerated().map { index, snapshot in
      index % 50 == 49 ? Array("line \(index)\n".utf8) : SimulatedBooks.lines([snapshot])
    }

    private static let input = Result { try Scratch.file("stream.jsonl", lines.flatMap(\.self)) }

    /// The answers of a process that never stops.
    private static let whole = Result { try Stream.canonical.answers() }

    /// A stream in a format, and the options that read it.
    enum Stream: CaseIterable {
      case canonical, venue

      var options: [String] {
        switch self {
        case .canonical: []
        case .venue: ["--venue", "bybit"]
        }
      }

      var file: String {
        get throws {
          switch self {
          case .canonical: try Resume.input.get()
          case .venue: try Resume.venueInput.get()
          }
        }
      }

      /// The answers of a process that never stops; the lines that it rejects go to a file.
      func answers(rejected: String = Scratch.path("rejected.jsonl")) throws -> Data {
        let run = try Invocation.run(
          ["score", "--model", try TrainedModel.simulated.get(), "--features", "--rejected", rejected] + options,
          input: try file)
        try #require(run.status == 0, "\(run.errors)")
        return run.output
      }
    }

    private static let venueInput = Result {
      let lines = SimulatedVenueLines.bybit(SimulatedBooks.snapshots.prefix(1_200))
      return try Scratch.file("stream.txt", lines.flatMap { $0 + [UInt8(ascii: "\n")] })
    }

    private let state = Scratch.path("state")
    private let output = Scratch.path("answers.jsonl")
    private let rejected = Scratch.path("rejected.jsonl")

    private func arguments(_ more: [String] = []) throws -> [String] {
      [
        "score", "--model", try TrainedModel.simulated.get(), "--features", "--state", state, "--output", output,
        "--rejected", rejected,
      ] + more
    }

    private func answers() throws -> Data { try Data(contentsOf: URL(filePath: output)) }

    private func expectWhole(_ run: Invocation, _ comment: Comment? = nil) throws {
      try expect(Self.whole.get(), of: run, comment)
    }

    private func expect(_ whole: Data, _ bad: Data? = nil, of run: Invocation, _ comment: Comment? = nil) throws {
      #expect(run.status == 0, "\(run.errors)")
      #expect(run.output.isEmpty)
      #expect(try answers() == whole, comment)
      if let bad { #expect(try Data(contentsOf: URL(filePath: rejected)) == bad, comment) }
    }

    @Test(
      "killed at random points of a replay and started again, the answers are those of one that never stopped",
      arguments: Stream.allCases)
    func killed(stream: Stream) throws {
      let wholeRejected = Scratch.path("whole-rejected.jsonl")
      let whole = try stream.answers(rejected: wholeRejected)
      let bad = try Data(contentsOf: URL(filePath: wholeRejected))
      #expect(bad.count { $0 == UInt8(ascii: "\n") } == (stream == .canonical ? 18 : 24))
      let input = try stream.file
      let replayed = try arguments(stream.options + ["--resume", "replayed", "--checkpoint-every", "20"])
      let begin = ContinuousClock.now
      try expect(whole, bad, of: try Invocation.run(replayed, input: input))
      let length = (ContinuousClock.now - begin) / .seconds(1)
      var generator = SeededGenerator(seed: 20_261_123)
      var (kills, attempts, inside) = (0, 0, 0)
      try restart()
      while kills < Self.kills, attempts < 4 * Self.kills {
        attempts += 1
        let before = lengthOfAnswers()
        let running = try Running(replayed, input: input)
        // Half of the kills come at any time, starting included; the others as soon as so many answers are written.
        let share = generator.uniform()
        if generator.happens(withProbability: 0.5) {
          usleep(UInt32(share * length * 1e6))
        } else {
          let awaited = before + Int(share * Double(whole.count - before))
          while running.isRunning, lengthOfAnswers() <= awaited { usleep(200) }
        }
        running.kill()
        let run = try running.finished()
        if run.wasKilled {
          kills += 1
          if lengthOfAnswers() > before { inside += 1 }
          if generator.happens(withProbability: 0.7) { continue }
          try expect(whole, bad, of: try Invocation.run(replayed, input: input), "after \(kills) kills")
        } else {
          try expect(whole, bad, of: run, "after \(kills) kills")
        }
        try restart()
      }
      #expect(kills == Self.kills)
      // Some kills come before the first answer; that many come between answers shows that the test can fail.
      #expect(inside > kills / 10, "\(inside) of \(kills) kills came while answers were written")
    }

    /// How many answered lines the state speaks of; a state is on its way while further lines are answered.
    private func linesKept() throws -> Int {
      let lines = try #require(try StateFile(state).load()).position.lines
      try #require(0..<250 ~= lines)
      return lines
    }

    private func restart() throws {
      for path in [state, output, rejected] { try? FileManager.default.removeItem(atPath: path) }
    }

    private func lengthOfAnswers() -> Int { FileManager.default.contents(atPath: output)?.count ?? 0 }

    @Test("asked to end, it keeps its state, exits 0 and goes on with the rest", arguments: [SIGINT, SIGTERM])
    func asked(signal: Int32) throws {
      let feed = try Feed(arguments())
      try feed.send(Self.lines[..<300])
      try feed.waitForAnswers(300, in: output)
      let run = try feed.end(with: signal)
      #expect(run.status == 0 && !run.wasKilled)
      let rest = try Scratch.file("rest.jsonl", Self.lines[300...].flatMap(\.self))
      let second = try Invocation.run(arguments(), input: rest)
      #expect(second.errors.contains("goes on after line 300"))
      try expectWhole(second)
    }

    @Test("a venue's stream that goes on after a kill keeps its numbered books, which show what was missed")
    func venueContinued() throws {
      let lines = try Data(contentsOf: URL(filePath: Stream.venue.file)).split(separator: UInt8(ascii: "\n"))
      let (first, rest) = (
        try Scratch.file("first.txt", Array(lines[..<400].joined(separator: [UInt8(ascii: "\n")]))),
        try Scratch.file("rest.txt", Array(lines[402...].joined(separator: [UInt8(ascii: "\n")])))
      )
      let arguments = try arguments(Stream.venue.options)
      #expect(try Invocation.run(arguments, input: first).status == 0)
      let before = try answers()
      let run = try Invocation.run(arguments, input: rest)
      #expect(run.status == 0 && run.errors.contains("goes on after line 400"), "\(run.errors)")
      let given = String(decoding: try answers().dropFirst(before.count), as: UTF8.self)
      #expect(given.split(separator: "\n").prefix(3).contains { $0.contains("was due") }, "\(given.prefix(900))")
      let other = try Invocation.run(arguments + ["--levels", "3"], input: rest)
      #expect(other.status == 1 && other.errors.contains("the input does not fit"), "\(other.errors)")
    }

    @Test("a feed that goes on after a kill loses no answer that was given, and numbers lines on")
    func continued() throws {
      let feed = try Feed(arguments(["--checkpoint-every", "100"]))
      try feed.send(Self.lines[..<250])
      try feed.waitForAnswers(250, in: output)
      _ = try feed.end(with: SIGKILL)
      let kept = try linesKept()
      let handle = try FileHandle(forWritingTo: URL(filePath: output))
      try handle.seekToEnd()
      try handle.write(contentsOf: Data("{\"time\":\"20".utf8))
      try handle.close()
      let rest = try Scratch.file("rest.jsonl", Self.lines[250...].flatMap(\.self))
      let run = try Invocation.run(arguments(), input: rest)
      #expect(run.status == 0, "\(run.errors)")
      #expect(run.errors.contains("what the last \(250 - kept) answers rest on is not in the state, and forgotten"))
      #expect(run.errors.contains("goes on after line 250"))
      let found = try answers().split(separator: UInt8(ascii: "\n"))
      let expected = try Self.whole.get().split(separator: UInt8(ascii: "\n"))
      try #require(found.count == expected.count)
      #expect(found.prefix(250).elementsEqual(expected.prefix(250)))
      for index in stride(from: 299, to: found.count, by: 50) { #expect(found[index] == expected[index]) }
    }

    @Test("a feed rewound to the line after the state's gives the answers of one that never stopped")
    func rewound() throws {
      let feed = try Feed(arguments(["--checkpoint-every", "100"]))
      try feed.send(Self.lines[..<250])
      try feed.waitForAnswers(250, in: output)
      _ = try feed.end(with: SIGKILL)
      let kept = try linesKept()
      let rest = try Scratch.file("rest.jsonl", Self.lines[kept...].flatMap(\.self))
      try expectWhole(try Invocation.run(arguments(["--resume", "rewound"]), input: rest))
    }

    @Test("an input or output that is not the state's, and a torn state, are refused and left as they are")
    func refused() throws {
      let first = try Scratch.file("first.jsonl", Self.lines[..<100].flatMap(\.self))
      #expect(try Invocation.run(arguments(), input: first).status == 0)
      let given = try answers()
      let other = try Scratch.file("other.jsonl", Self.lines[1..<200].flatMap(\.self))
      let short = try Scratch.file("short.jsonl", Self.lines[..<60].flatMap(\.self))
      let kept = try Data(contentsOf: URL(filePath: state))
      for (input, hint) in [(other, "line 100 is not the one"), (short, "ended after line 60")] {
        let run = try Invocation.run(arguments(["--resume", "replayed"]), input: input)
        #expect(run.status == 1 && run.errors.contains(hint), "\(run.errors)")
      }
      let shortened = Scratch.path("shortened.jsonl")
      try given.dropLast().write(to: URL(filePath: shortened))
      let run = try Invocation.run(
        arguments(["--resume", "replayed"]).map { $0 == output ? shortened : $0 }, input: Self.input.get())
      #expect(run.status == 1 && run.errors.contains("the state speaks of"), "\(run.errors)")
      #expect(try answers() == given)
      #expect(try Data(contentsOf: URL(filePath: state)) == kept)

      try kept.dropLast(10).write(to: URL(filePath: state))
      let torn = try Invocation.run(arguments(), input: first)
      #expect(torn.status == 1 && torn.errors.contains("\(state): it is torn or damaged"), "\(torn.errors)")
      #expect(try answers() == given)
    }

    @Test("a hang-up reads the model again between two lines, and a model that does not fit is refused")
    func reloaded() throws {
      let folder = Scratch.path("current")
      let manager = FileManager.default
      func show(_ model: String) throws {
        let next = folder + ".next"
        try manager.createSymbolicLink(atPath: next, withDestinationPath: model)
        #expect(rename(next, folder) == 0)
      }
      let plain = try TrainedModel.simulated.get()
      let other = Scratch.path("boosted")
      let configuration = try Scratch.file("boosted.yaml", SimulatedBooks.training(name: "trees", family: "boosting"))
      let training = try Invocation.run([
        "train", "--config", configuration, "--data", SimulatedBooks.file, "--to", "\(SimulatedBooks.split)",
        "--output", other,
      ])
      try #require(training.status == 0, "\(training.errors)")
      try show(plain)
      let feed = try Feed(["score", "--model", folder, "--features", "--output", output])
      try feed.send(Self.lines[..<100])
      try feed.waitForAnswers(100, in: output)
      try show(other)
      try feed.signal(SIGHUP, awaiting: "took up model trees and the policy after line 100")
      try feed.send(Self.lines[100..<200])
      try feed.waitForAnswers(200, in: output)
      try show(try TrainedModel.closeOut.get())
      try feed.signal(
        SIGHUP, awaiting: "keeps the old model and policy: the model does not fit: it answers another task")
      try show("/nowhere")
      try feed.signal(SIGHUP, awaiting: "no model here")
      try feed.send(Self.lines[200..<300])
      let run = try feed.end(with: nil)
      #expect(run.status == 0, "\(run.errors)")
      let trees = try Invocation.run(["score", "--model", other, "--features"], input: Self.input.get())
      let separator = UInt8(ascii: "\n")
      let expected =
        try Self.whole.get().split(separator: separator).prefix(100)
        + trees.output.split(separator: separator)[100..<300]
      #expect(try answers().split(separator: separator).elementsEqual(expected))
    }
  }
}
