import Foundation
import Markets
import TestRecordings
import Testing

extension CommandLineTests {
  @Suite("score, times far ahead")
  struct Leaps {
    private static let books = SimulatedBooks.snapshots.prefix(120).map {
      String(decoding: SimulatedBooks.lines([$0]), as: UTF8.self)
    }

    /// The books, with one in their middle whose time is in another century.
    private static let leaping: [String] = {
      let time = SimulatedBooks.snapshots[60].time
      let far = SimulatedBooks.lines([
        BookSnapshot(
          time: time + .days(36_500), market: SimulatedBooks.snapshots[60].market,
          book: SimulatedBooks.snapshots[60].book)
      ])
      return Array(books[..<60]) + [String(decoding: far, as: UTF8.self)] + Array(books[60...])
    }()

    private func run(_ lines: [String], _ more: [String] = []) throws -> Invocation {
      let run = try Invocation.run(
        ["score", "--model", try TrainedModel.simulated.get()] + more,
        input: try Scratch.file("books.jsonl", lines.joined()))
      try #require(run.status == 0, "\(run.errors)")
      return run
    }

    @Test("one book of another century is an error with its line, and leaves no trace in the answers that follow")
    func one() throws {
      let rejected = Scratch.path("rejected.jsonl")
      let metrics = Scratch.path("shard.prom")
      let scored = try run(Self.leaping, ["--rejected", rejected, "--metrics", metrics])
      #expect(scored.lines[60].hasPrefix(#"{"error":{"line":61,"field":"time","reason":""#), "\(scored.lines[60])")
      #expect(scored.lines[60].contains("is more than 12h after"))
      var others = scored.lines
      others.remove(at: 60)
      #expect(others == (try run(Self.books)).lines)
      let kept = try String(contentsOfFile: rejected, encoding: .utf8)
      #expect(kept.hasPrefix(#"{"line":61,"field":"time""#) && kept.contains(#""text":"{\"time\""#), "\(kept)")
      #expect(try Metrics(path: metrics)[#"shortfall_lines_rejected_total{field="time"}"#] == 1)
    }

    @Test("a source whose clock is wrong for two books in a row is refused, though no other's book comes between")
    func twice() throws {
      let market = SimulatedBooks.snapshots[60].market
      let far = SimulatedBooks.snapshots[60...].filter { $0.market == market }.prefix(2).map {
        BookSnapshot(time: $0.time + .days(36_500), market: market, book: $0.book)
      }
      try #require(far[1].time - far[0].time >= .seconds(1))
      let wrong = far.map { String(decoding: SimulatedBooks.lines([$0]), as: UTF8.self) }
      let scored = try run(Array(Self.books[..<60]) + wrong + Array(Self.books[60...]))
      #expect(scored.lines.count { $0.contains(#""field":"time""#) } == 2)
      #expect(scored.lines.allSatisfy { !$0.contains("already read") })
    }

    @Test("a report far ahead is an error with its line, and nothing is made of it")
    func report() throws {
      let market = SimulatedBooks.snapshots[60].market
      let time = SimulatedBooks.snapshots[60].time + .days(36_500)
      let line = #"{"time":"\#(time)","market":"\#(market)","figure":{"kind":"mark-price","value":1}}"# + "\n"
      let metrics = Scratch.path("shard.prom")
      let scored = try run(Array(Self.books[..<60]) + [line] + Array(Self.books[60...]), ["--metrics", metrics])
      #expect(scored.lines[60].contains("a report is not believed before books are"), "\(scored.lines[60])")
      var others = scored.lines
      others.remove(at: 60)
      #expect(others == (try run(Self.books)).lines)
      #expect(try Metrics(path: metrics)[#"shortfall_lines_rejected_total{field="time"}"#] == 1)
    }

    @Test("without a limit it makes all that follow late")
    func off() throws {
      let scored = try run(Self.leaping, ["--leap-limit", "off"])
      #expect(scored.lines[61...].allSatisfy { $0.contains("already read") })
    }

    @Test("a pause of the stream is believed, and a recording's own pauses are not judged")
    func pause() throws {
      let later = SimulatedBooks.snapshots[60..<120].map {
        BookSnapshot(time: $0.time + .days(30), market: $0.market, book: $0.book)
      }
      let lines = Array(Self.books[..<60]) + later.map { String(decoding: SimulatedBooks.lines([$0]), as: UTF8.self) }
      let scored = try run(lines)
      let refused = scored.lines.filter { $0.contains("\"error\"") }
      #expect((1...3).contains(refused.count), "\(refused)")
      #expect(scored.lines[70...].allSatisfy { !$0.contains("\"error\"") && !$0.contains("already read") })
      let file = try Scratch.file("recorded.jsonl", lines.joined())
      let replayed = try Invocation.run([
        "score", "--model", try TrainedModel.simulated.get(), "--replay", "max", "--data", file,
      ])
      #expect(replayed.status == 0 && replayed.lines.allSatisfy { !$0.contains("\"error\"") })
    }

    @Test("a limit that refuses most books is said with the usual gap, once: while it runs or at the end")
    func tooShort() throws {
      let first = SimulatedBooks.snapshots[0]
      let lines = (0..<2_400).map { number in
        let time = first.time + .minutes(13) + .minutes(Int64(13 * number))
        return String(
          decoding: SimulatedBooks.lines([BookSnapshot(time: time, market: first.market, book: first.book)]),
          as: UTF8.self)
      }
      func said(_ count: Int, _ limit: String) throws -> [JSON] {
        let run = try run(Array(lines[..<count]), ["--leap-limit", limit, "--log-format", "json"])
        return try run.errors.split(separator: "\n").map { try JSON($0) }
      }
      for (count, books) in [(2_400, 1_000.0), (100, 100)] {
        let warnings = try said(count, "10m")
        #expect(warnings.count == 1)
        let warning = try #require(warnings.first)
        #expect(warning["level"]?.text == "warning" && warning["message"]?.text?.contains("--leap-limit") == true)
        #expect(warning["limit"]?.text == "10m" && warning["usual_gap"]?.text == "13m", "\(warning)")
        #expect(warning["books"]?.number == books && warning["refused"]?.number ?? 0 > books / 2)
      }
      #expect(try said(2_400, "20m").isEmpty)
      // A pause costs some books of any stream.
      #expect(try said(99, "10m").isEmpty)
    }

    @Test("a limit of nothing is a usage error", arguments: ["0s", "-1h", "never"])
    func usage(limit: String) throws {
      #expect(try Invocation.run(["score", "--model", "x", "--leap-limit=\(limit)"]).status == 64)
    }
  }
}
