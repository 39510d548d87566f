import Foundation
import Markets
import TestRecordings
import Testing

extension CommandLineTests {
  @Suite("Unusual input")
  struct UnusualInput {
    /// The simulated books of one market under another name, as canonical lines.
    private static func books(of market: String, as name: String) throws -> String {
      let text = String(
        decoding: SimulatedBooks.lines(SimulatedBooks.snapshots.filter { $0.market.text == market }), as: UTF8.self)
      return try Scratch.file(
        "books.jsonl", text.replacingOccurrences(of: "\"market\":\"\(market)\"", with: "\"market\":\"\(name)\""))
    }

    private static func train(_ books: String, to directory: String) throws -> Invocation {
      try Invocation.run([
        "train", "--config", TrainedModel.configuration, "--data", books, "--output", directory,
      ])
    }

    /// The cells of a line of CSV by RFC 4180.
    private static func cells(_ line: Substring) -> [String] {
      var cells = [""]
      var isQuoted = false
      var hasJustClosed = false
      for character in line {
        if character == "\"" {
          if hasJustClosed { cells[cells.count - 1].append(character) }
          hasJustClosed = isQuoted
          isQuoted.toggle()
        } else {
          hasJustClosed = false
          if character == ",", !isQuoted { cells.append("") } else { cells[cells.count - 1].append(character) }
        }
      }
      return cells
    }

    @Test("a market's name with a comma and a quote stays one cell in every CSV")
    func awkwardName() throws {
      let books = try Self.books(of: "SIM-BTC", as: #"A,\"B"#)
      let directory = Scratch.path("awkward")
      let training = try Self.train(books, to: directory)
      #expect(training.status == 0, "\(training.errors)")
      let matrix = try Invocation.run(["features", "--config", TrainedModel.configuration, "--data", books])
      let rows = Scratch.path("rows.csv")
      let evaluation = try Invocation.run(["evaluate", "--model", directory, "--data", books, "--rows", rows])
      #expect(evaluation.status == 0, "\(evaluation.errors)")
      let judged = try String(contentsOfFile: rows, encoding: .utf8).split(separator: "\n")
      for lines in [matrix.lines, judged] {
        try #require(lines.count > 100)
        let columns = lines[0].split(separator: ",").count
        for line in [lines[1], lines[lines.count - 1]] {
          let cells = Self.cells(line)
          #expect(cells.count == columns)
          #expect(cells[1] == #"A,"B"#)
        }
      }
    }

    @Test("one market alone can be trained on, though it has no others to look at")
    func oneMarket() throws {
      let books = try Self.books(of: "SIM-ETH", as: "SIM-ETH")
      let directory = Scratch.path("alone")
      let training = try Self.train(books, to: directory)
      #expect(training.status == 0, "\(training.errors)")
      let score = try Invocation.run(["score", "--model", directory], input: books)
      #expect(score.lines.count == SimulatedBooks.snapshots.count { $0.market.text == "SIM-ETH" })
      #expect(try JSON(try #require(score.lines.last))["sell.probability"]?.number != nil)
    }

    @Test("books that never change have no events to learn from, and that is said")
    func constantBooks() throws {
      let first = try #require(SimulatedBooks.snapshots.first)
      let constant = (0..<500).map { index in
        BookSnapshot(time: first.time + .minutes(10 * Int64(index)), market: first.market, book: first.book)
      }
      let books = try Scratch.file("constant.jsonl", SimulatedBooks.lines(constant))
      let training = try Self.train(books, to: Scratch.path("constant"))
      #expect(training.status == 1)
      #expect(training.errors.contains("0 of"), "\(training.errors)")
      #expect(try Invocation.run(["features", "--config", TrainedModel.configuration, "--data", books]).status == 0)
    }

    @Test("of two runs that write to one directory at the same time none harms the other")
    func concurrentRuns() throws {
      let directory = Scratch.path("shared")
      let arguments = [
        "train", "--config", TrainedModel.configuration, "--data", SimulatedBooks.file, "--output", directory,
      ]
      let running = try (0..<2).map { _ in try Running(arguments) }
      let runs = try running.map { try $0.finished() }
      #expect(runs.contains { $0.status == 0 })
      for run in runs where run.status != 0 {
        #expect(run.status == 1)
        #expect(run.errors.contains("another training run"))
      }
      #expect(try Invocation.run(["score", "--model", directory]).status == 0)
    }

    @Test("a reader that goes away ends the stream quietly")
    func readerGone() throws {
      let process = Process()
      let output = Pipe()
      process.executableURL = URL(fileURLWithPath: Invocation.program)
      process.arguments = ["score", "--model", try TrainedModel.simulated.get()]
      process.standardInput = try FileHandle(forReadingFrom: URL(fileURLWithPath: SimulatedBooks.file))
      process.standardOutput = output
      process.standardError = FileHandle.nullDevice
      try process.run()
      _ = output.fileHandleForReading.availableData
      try output.fileHandleForReading.close()
      process.waitUntilExit()
      #expect(process.terminationReason == .exit)
      #expect(process.terminationStatus == 0)
    }
  }
}
