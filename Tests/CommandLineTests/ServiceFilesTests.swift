import Foundation
import TestRecordings
import Testing

extension CommandLineTests {
  /// The examples under `docs/examples`, against the program.
  @Suite("Files for services")
  struct ServiceFiles {
    private static let examples = "\(RecordedData.package)/docs/examples"
    private static let units = ["shortfall-score@.service", "shortfall-train.service", "shortfall-train.timer"]
    private static let analyze = ["/usr/bin/systemd-analyze", "/bin/systemd-analyze"].first {
      FileManager.default.isExecutableFile(atPath: $0)
    }

    private func text(_ path: String) throws -> String { try String(contentsOfFile: path, encoding: .utf8) }

    @Test("name only commands and options that the program has", arguments: units.dropLast())
    func options(unit: String) throws {
      let lines = try text("\(Self.examples)/systemd/\(unit)").replacing("\\\n", with: " ").split(separator: "\n")
      var checked = 0
      for line in lines where line.hasPrefix("Exec") {
        for call in line.split(separator: "/usr/local/bin/shortfall ").dropFirst() {
          let words = call.prefix { !"|<'".contains($0) }.split(separator: " ").map(String.init)
          let help = try Invocation.run([try #require(words.first), "--help"])
          try #require(help.status == 0, "\(words)")
          let known = Set(help.text.matches(of: #/--[a-z-]+/#).map { String($0.output) })
          for option in words.filter({ $0.hasPrefix("--") }) {
            #expect(known.contains(option), "\(words[0]) has no \(option)")
            checked += 1
          }
        }
      }
      #expect(checked >= 5)
    }

    @Test("the score unit's command line is accepted as it stands")
    func commandLine() throws {
      let unit = try text("\(Self.examples)/systemd/shortfall-score@.service").replacing("\\\n", with: " ")
      let call = try #require(unit.split(separator: "exec /usr/local/bin/shortfall ").dropFirst().first)
      let place = Scratch.path("nowhere")
      var words = call.prefix { $0 != "<" }.split(separator: " ").map { String($0.replacing("%i", with: "eu")) }
      // Which venue is a matter of the shard.
      let venue = try #require(words.firstIndex(of: "--venue"))
      words[venue + 1] = "bybit"
      for (index, word) in words.enumerated() where word.hasPrefix("\"$") || word.hasPrefix("/") {
        words[index] = place + "-\(index)"
      }
      let run = try Invocation.run(words)
      // The model is not there, which is found out after the command line was understood.
      #expect(run.status == 1, "\(run.errors)")
      #expect(run.errors.contains("no model"), "\(run.errors)")
    }

    @Test(
      "systemd has nothing to say against the units",
      .enabled(if: analyze != nil, "systemd-analyze is not installed"), arguments: units)
    func verified(unit: String) throws {
      let process = Process()
      let said = Pipe()
      process.executableURL = URL(filePath: try #require(Self.analyze))
      process.arguments = ["verify", "--man=no", "\(Self.examples)/systemd/\(unit)"]
      process.standardOutput = said
      process.standardError = said
      try process.run()
      let words = String(decoding: said.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
      process.waitUntilExit()
      // It exits with 0 although it knows a setting not.
      #expect(words.isEmpty && process.terminationStatus == 0, "\(words)")
    }

    @Test("answers that were moved away are followed by a new file, as rotation needs it")
    func rotated() throws {
      let lines = SimulatedBooks.snapshots.prefix(120).map { SimulatedBooks.lines([$0]) }
      let answers = Scratch.path("answers.jsonl")
      let arguments = [
        "score", "--model", try TrainedModel.simulated.get(), "--state", Scratch.path("state"), "--output", answers,
      ]
      let first = try Feed(arguments)
      try first.send(lines[..<50])
      try first.waitForAnswers(50, in: answers)
      try FileManager.default.moveItem(atPath: answers, toPath: answers + "-1")
      try first.send(lines[50..<80])
      try first.waitForAnswers(80, in: answers + "-1")
      #expect(try first.end(with: SIGTERM).status == 0)
      let rest = try Invocation.run(arguments, input: try Scratch.file("rest.jsonl", lines[80...].flatMap(\.self)))
      #expect(rest.status == 0, "\(rest.errors)")
      let whole = try Invocation.run(
        Array(arguments.prefix(3)), input: try Scratch.file("all.jsonl", lines.flatMap(\.self)))
      let joined = try [answers + "-1", answers].map { try Data(contentsOf: URL(filePath: $0)) }
      #expect(joined[0] + joined[1] == whole.output)
    }

    @Test("the how-to lists the metrics that the program writes, and alerts use no others")
    func metrics() throws {
      let guide = try text("\(RecordedData.package)/docs/how-to/run-as-a-service.md")
      var listed: Set<String> = []
      for line in guide.split(separator: "\n") where line.hasPrefix("| `shortfall_") {
        var stem = ""
        for name in line.split(separator: "|")[0].matches(of: #/`([a-z_]+)`/#).map(\.output.1) {
          // `shortfall_checkpoint_duration_seconds`, `_bytes`: the later ones leave out how the first begins.
          if name.hasPrefix("shortfall_") { stem = name.split(separator: "_").prefix(2).joined(separator: "_") }
          listed.insert(name.hasPrefix("_") ? stem + name : String(name))
        }
      }
      #expect(try written() == listed)
      let rules = try text("\(Self.examples)/prometheus/shortfall.rules.yml")
      let used = Set(rules.matches(of: #/shortfall_[a-z_]+/#).map { String($0.output) })
      #expect(used.count > 8)
      #expect(used.isSubset(of: listed), "\(used.subtracting(listed))")
      // A shard that hears nothing from its start has no book whose age could be told.
      #expect(used.contains("shortfall_lines_passed_over_total"))
    }

    /// The families that a run writes in which everything happens.
    private func written() throws -> Set<String> {
      let file = Scratch.path("all.prom")
      let model = try TrainedModel.simulated.get()
      let arguments = ["score", "--model", model, "--metrics", file, "--stats", "10ms"]
      let lossy = [
        #"1 {"feed":"book_snapshot","product_id":"A","timestamp":1,"seq":1,"bids":[{"price":10,"qty":1}],"asks":[]}"#,
        #"2 {"feed":"book","product_id":"A","side":"buy","seq":3,"price":9,"qty":1,"timestamp":1}"#, "3 {",
      ]
      let lost = try Invocation.run(
        arguments + ["--venue", "kraken-futures"],
        input: try Scratch.file("lossy.txt", lossy.joined(separator: "\n") + "\n"))
      try #require(lost.status == 0, "\(lost.errors)")
      let families = try Metrics(path: file).kinds.keys
      let books = try Scratch.file("few.jsonl", SimulatedBooks.lines(SimulatedBooks.snapshots.prefix(9)))
      let run = try Invocation.run(arguments + ["--state", Scratch.path("state")], input: books)
      try #require(run.status == 0, "\(run.errors)")
      let watched = try Metrics(path: file).kinds.keys
      let speaking = try Invocation.run(
        arguments + ["--feedback", "--outcome-spacing", "0s", "--monitors", try DriftPlans.speakingAlways()],
        input: SimulatedBooks.file)
      try #require(speaking.status == 0, "\(speaking.errors)")
      return Set(families).union(watched).union(try Metrics(path: file).kinds.keys)
    }
  }
}
