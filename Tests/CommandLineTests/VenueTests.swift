import Foundation
import Markets
import TestRecordings
import Testing

extension CommandLineTests {
  /// `convert` and `score` on a venue's own lines.
  @Suite("venue lines")
  struct VenueLines {
    /// A book as Hyperliquid sends it, behind its receive time.
    private func line(_ snapshot: BookSnapshot) -> String {
      func levels(_ levels: [BookLevel]) -> String {
        levels.map { #"{"px":"\#($0.price)","sz":"\#($0.size)","n":1}"# }.joined(separator: ",")
      }
      let (bids, asks) = (levels(snapshot.book.bids), levels(snapshot.book.asks))
      let data = #"{"coin":"\#(snapshot.market)","time":1,"levels":[[\#(bids)],[\#(asks)]]}"#
      return #"\#(snapshot.time.nanoseconds) {"channel":"l2Book","data":\#(data)}"# + "\n"
    }

    @Test("scoring a venue's lines equals scoring the books that they hold")
    func scoring() throws {
      let snapshots = Array(SimulatedBooks.snapshots.prefix(300))
      let model = try TrainedModel.simulated.get()
      let native = try Scratch.file("native.txt", snapshots.map(line).joined())
      let canonical = try Scratch.file("books.jsonl", SimulatedBooks.lines(snapshots))
      let rebuilt = try Invocation.run(["score", "--model", model, "--venue", "hyperliquid"], input: native)
      let direct = try Invocation.run(["score", "--model", model], input: canonical)
      #expect(rebuilt.status == 0, "\(rebuilt.errors)")
      #expect(rebuilt.lines.count == 300)
      #expect(rebuilt.output == direct.output)
    }

    @Test("converting a venue's lines equals converting the books that they hold")
    func converting() throws {
      let snapshots = Array(SimulatedBooks.snapshots.prefix(300))
      let native = try Scratch.file("native.txt", snapshots.map(line).joined())
      let converted = try Invocation.run(["convert", "--data", native, "--venue", "hyperliquid"])
      #expect(converted.status == 0, "\(converted.errors)")
      #expect(Array(converted.output) == SimulatedBooks.lines(snapshots))
    }

    private static let lossy = [
      #"1000000000000000000 {"feed":"book_snapshot","product_id":"A","timestamp":1,"seq":1,"bids":[{"price":10,"qty":100}],"asks":[{"price":11,"qty":110}]}"#,
      #"1000000001000000000 {"feed":"book","product_id":"A","side":"buy","seq":3,"price":9,"qty":1,"timestamp":1}"#,
      #"1000000002000000000 {"feed":"book","product_id":"A","side":"buy","seq":4,"price":9,"qty":2,"timestamp":1}"#,
      "1000000003000000000 {",
    ]

    @Test("a lost message is a line without scores, said once, and an unreadable line is an error")
    func losing() throws {
      let input = try Scratch.file("lossy.txt", Self.lossy.joined(separator: "\n"))
      let scored = try Invocation.run(
        ["score", "--model", try TrainedModel.simulated.get(), "--venue", "kraken-futures"], input: input)
      #expect(scored.status == 0, "\(scored.errors)")
      #expect(scored.lines.count == 3)
      #expect(
        scored.lines[1].contains(#""sell":null,"buy":null,"reason":"no book: message 2 was due, 3 came""#))
      #expect(scored.lines[2].contains(#""error":{"line":4,"field":"record""#))
    }

    @Test("a replay of a venue's lines tells a lost book in the answers, as the lines themselves do")
    func replaying() throws {
      let snapshots = Array(SimulatedBooks.snapshots.prefix(30))
      func message(_ snapshot: BookSnapshot, number: Int) -> String {
        func levels(_ levels: [BookLevel]) -> String {
          levels.map { #"{"price":\#($0.price),"qty":\#($0.size)}"# }.joined(separator: ",")
        }
        let name = #""product_id":"\#(snapshot.market)","timestamp":1,"seq":\#(number)"#
        let book = #""bids":[\#(levels(snapshot.book.bids))],"asks":[\#(levels(snapshot.book.asks))]"#
        return #"\#(snapshot.time.nanoseconds) {"feed":"book_snapshot",\#(name),\#(book)}"#
      }
      let last = try #require(snapshots.last)
      var lines = snapshots.enumerated().map { message($1, number: $0) }
      let gap = #""side":"buy","seq":900,"price":1,"qty":1,"timestamp":1}"#
      lines.append(#"\#(last.time.nanoseconds + 1) {"feed":"book","product_id":"\#(last.market)",\#(gap)"#)
      lines.append(
        message(BookSnapshot(time: last.time + .seconds(1), market: last.market, book: last.book), number: 901))
      let input = try Scratch.file("lossy.txt", lines.joined(separator: "\n"))
      let model = try TrainedModel.simulated.get()
      let venue = ["--venue", "kraken-futures"]
      let live = try Invocation.run(["score", "--model", model] + venue, input: input)
      #expect(live.status == 0 && live.lines.count == 32, "\(live.errors)")
      #expect(live.lines[30].contains(#""reason":"no book: message"#))
      let state = ["--state", Scratch.path("state"), "--output", Scratch.path("answers.jsonl")]
      for kept in [[], state, state] {
        let replayed = try Invocation.run(
          ["score", "--model", model, "--replay", "max", "--data", input] + venue + kept)
        #expect(replayed.status == 0, "\(replayed.errors)")
        let answers = kept.isEmpty ? replayed.output : try Data(contentsOf: URL(filePath: state[3]))
        #expect(answers == live.output)
      }
    }

    @Test("conversion names what was lost and rejected, and stops at it when asked to be strict")
    func naming() throws {
      let input = try Scratch.file("lossy.txt", Self.lossy.joined(separator: "\n"))
      let arguments = ["convert", "--data", input, "--venue", "kraken-futures", "--contract", "A=quote:1"]
      let converted = try Invocation.run(arguments)
      #expect(converted.status == 0)
      #expect(converted.lines.count == 1)
      #expect(converted.text.contains(#""bids":[[10,10]],"asks":[[11,10]]"#))
      #expect(
        converted.errors.contains("lossy.txt:2: no book of A from 2001-09-09T01:46:41Z on: message 2 was due"))
      #expect(converted.errors.contains("lossy.txt:4: record:"))
      #expect(try Invocation.run(arguments + ["--strict"]).status == 1)
    }

    @Test("inspection tells what the rebuilt books are like, merged from several files")
    func inspecting() throws {
      let snapshots = Array(SimulatedBooks.snapshots.prefix(300))
      let market = snapshots[0].market
      let first = try Scratch.file("one.txt", snapshots.filter { $0.market == market }.map(line).joined())
      let second = try Scratch.file("rest.txt", snapshots.filter { $0.market != market }.map(line).joined())
      let canonical = try Scratch.file("books.jsonl", SimulatedBooks.lines(snapshots))
      let rebuilt = try Invocation.run(["inspect", "--venue", "hyperliquid", second, first, "--json"])
      let direct = try Invocation.run(["inspect", canonical, "--json"])
      #expect(rebuilt.status == 0, "\(rebuilt.errors)")
      // Only a file of whole books counts source lines.
      #expect(rebuilt.lines == direct.lines.filter { !$0.contains("\"rows\"") })
      let converted = try Invocation.run(["convert", "--venue", "hyperliquid", "--data", second, first])
      #expect(Array(converted.output) == SimulatedBooks.lines(snapshots))
      let lossy = try Scratch.file("lossy.txt", Self.lossy.joined(separator: "\n"))
      let lost = try Invocation.run(["inspect", "--venue", "kraken-futures", lossy])
      #expect(lost.text.contains("lost books"))
    }

    @Test(
      "options that contradict one another are usage errors",
      arguments: [
        ["--levels", "5"], ["--venue", "okx", "--levels", "0"], ["--venue", "okx", "--format", "tardis"],
        ["--venue", "nowhere"], ["--venue", "okx", "--contract", "A=quote"],
      ])
    func usage(options: [String]) throws {
      #expect(try Invocation.run(["convert", "--data", "x"] + options).status == 64)
    }
  }
}
