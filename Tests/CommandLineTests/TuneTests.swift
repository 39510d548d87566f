import Foundation
import Sampling
import TestRecordings
import Testing

extension CommandLineTests {
  @Suite("tune")
  struct Tuning {
    private static let trials = 6
    /// More trials than any test waits for.
    private static let endless = 100_000

    private static let text =
      SimulatedBooks.training(
        family: "boosting", boosting: "{rounds: 12, leaves: 6, minimumRows: 40}", penalties: "[10]")
      + "\nsearch: {seed: 5, leaves: [3, 6, 9], learningRate: {from: 0.03, to: 0.3, scale: log}}\n"

    private static let configuration = (try? Scratch.file("tuned.yaml", text)) ?? ""

    /// A search of so many trials that nothing disturbed: its journal and what it printed.
    private static func undisturbed(trials: Int) throws -> (journal: Data, text: String) {
      let journal = Scratch.path("undisturbed.jsonl")
      let run = try Invocation.run(arguments(journal, trials: trials))
      try #require(run.status == 0, "\(run.errors)")
      return (try Data(contentsOf: URL(filePath: journal)), run.text)
    }

    private static func arguments(
      _ journal: String, configuration: String = configuration, budget: String = "1h", trials: Int = trials
    ) -> [String] {
      [
        "tune", "--config", configuration, "--data", SimulatedBooks.file, "--to", "\(SimulatedBooks.split)",
        "--journal",
        journal, "--budget", budget, "--trials", "\(trials)",
      ]
    }

    private static func lineCount(_ journal: String) -> Int {
      FileManager.default.contents(atPath: journal)?.count { $0 == UInt8(ascii: "\n") } ?? 0
    }

    /// Waits until the journal has so many lines or the program has ended.
    private static func wait(for lines: Int, in journal: String, of running: Running) {
      while running.isRunning, lineCount(journal) < lines { usleep(2_000) }
    }

    @Test("says how each trial did, prints them beside what they must beat, and writes the best settings")
    func whole() throws {
      let output = Scratch.path("best.yaml")
      let run = try Invocation.run(
        Self.arguments(Scratch.path("whole.jsonl")) + ["--output", output, "--threads", "1"])
      #expect(run.status == 0, "\(run.errors)")
      #expect(run.text == (try Self.undisturbed(trials: Self.trials).text))
      #expect(run.text.hasPrefix("SIMULATED · search over the trees of model simulated, "))
      for name in ["logistic, penalty 10.0", "baseline ", "fold 3", "standard errors of the difference"] {
        #expect(run.text.contains(name), "\(name)")
      }
      let progress = run.errors.split(separator: "\n").filter { $0.hasPrefix("shortfall: trial ") }
      #expect(progress.count == Self.trials)
      #expect(progress.allSatisfy { $0.hasSuffix(" left") && $0.contains("best 0.") })
      #expect(run.errors.contains("\(Self.trials) trials finished"))
      let settings = try String(contentsOfFile: output, encoding: .utf8)
      #expect(settings.hasPrefix("# SIMULATED: trial "))
      #expect(run.text.hasSuffix(settings))
      let lines = settings.split(separator: "\n")
      let section = lines.dropFirst(3).map { $0.dropFirst(4) }.joined(separator: ", ")
      let pasted = try Scratch.file(
        "pasted.yaml",
        Self.text.replacingOccurrences(
          of: "boosting: {rounds: 12, leaves: 6, minimumRows: 40}", with: "boosting: {\(section)}"))
      let again = try Invocation.run(
        Self.arguments(Scratch.path("pasted.jsonl"), configuration: pasted, trials: 1))
      #expect(again.status == 0, "\(again.errors)")
      // The best settings are now the start, of the same loss.
      let loss = try #require(lines.first?.split(separator: ",").dropFirst().first)
      #expect(again.text.contains(loss))
    }

    @Test("asked to end, it keeps what is finished, prints the best so far and exits 0", arguments: [SIGINT, SIGTERM])
    func asked(signal: Int32) throws {
      let journal = Scratch.path("asked.jsonl")
      let running = try Running(Self.arguments(journal, trials: Self.endless))
      Self.wait(for: 3, in: journal, of: running)
      running.send(signal)
      let run = try running.finished()
      #expect(run.status == 0, "\(run.errors)")
      #expect(!run.wasKilled)
      #expect(run.errors.contains("stopped as asked with "))
      #expect(run.text.contains("best: trial "))
      let finished = Self.lineCount(journal) - 1
      #expect(finished >= 2)

      let whole = try Self.undisturbed(trials: finished + 1)
      #expect(whole.journal.starts(with: try Data(contentsOf: URL(filePath: journal))))
      let rest = try Invocation.run(Self.arguments(journal, trials: finished + 1))
      #expect(rest.status == 0, "\(rest.errors)")
      #expect(rest.errors.contains("continuing after \(finished) trials"))
      #expect(rest.text == whole.text)
      #expect(try Data(contentsOf: URL(filePath: journal)) == whole.journal)
    }

    @Test("killed at any moment and run again, it ends as if nothing had happened")
    func killed() throws {
      let journal = Scratch.path("killed.jsonl")
      var generator = SeededGenerator(seed: 20_251_010)
      for attempt in 0..<5 {
        let before = Self.lineCount(journal)
        let running = try Running(Self.arguments(journal, trials: Self.endless))
        // A line more and a moment further: a kill falls into reading, into a trial or into the writing of one.
        Self.wait(for: before + 1, in: journal, of: running)
        usleep(UInt32(generator.uniform() * 60_000))
        running.kill()
        #expect(try running.finished().wasKilled)
        #expect(Self.lineCount(journal) > before)
        if attempt == 2 { try Self.tear(journal) }
      }
      let trials = Self.lineCount(journal)
      let whole = try Self.undisturbed(trials: trials)
      let run = try Invocation.run(Self.arguments(journal, trials: trials))
      #expect(run.status == 0, "\(run.errors)")
      #expect(run.text == whole.text)
      #expect(try Data(contentsOf: URL(filePath: journal)) == whole.journal)
    }

    /// Leaves half a line at the end, as a crash of the machine can.
    private static func tear(_ journal: String) throws {
      let handle = try FileHandle(forWritingTo: URL(filePath: journal))
      try handle.seekToEnd()
      try handle.write(contentsOf: Data("{\"folds\":3,\"los".utf8))
      try handle.close()
    }

    @Test("when its time is over before a trial is, it exits 1; with earlier trials it shows them and exits 0")
    func budget() throws {
      let journal = Scratch.path("short.jsonl")
      let nothing = try Invocation.run(Self.arguments(journal, budget: "1ms"))
      #expect(nothing.status == 1)
      #expect(nothing.output.isEmpty)
      #expect(nothing.errors.contains("no trial was finished"))
      #expect(try Invocation.run(Self.arguments(journal, trials: 1)).status == 0)
      let shown = try Invocation.run(Self.arguments(journal, budget: "1ms"))
      #expect(shown.status == 0, "\(shown.errors)")
      #expect(shown.errors.contains("the time is over with 1 trial finished"))
      #expect(shown.text.contains("best: trial 1"))
    }

    @Test("the journal of another search exits 1, names what differs and stays as it is")
    func otherSearch() throws {
      let journal = Scratch.path("other.jsonl")
      #expect(try Invocation.run(Self.arguments(journal, trials: 1)).status == 0)
      let before = try Data(contentsOf: URL(filePath: journal))
      let other = try Scratch.file("other.yaml", Self.text.replacingOccurrences(of: "seed: 5", with: "seed: 6"))
      let run = try Invocation.run(Self.arguments(journal, configuration: other))
      #expect(run.status == 1)
      #expect(run.errors.contains("\(journal): the journal of another search; different are the configuration's text"))
      #expect(run.errors.contains("the seed (5, not 6)"))
      #expect(try Data(contentsOf: URL(filePath: journal)) == before)
    }
  }
}
