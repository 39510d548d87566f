import Foundation
import Markets
import TestRecordings
import Testing

extension CommandLineTests {
  /// Trades, figures and forced executions beside books, from the file or the venue's lines to the score.
  @Suite("reports")
  struct Reports {
    private static let events = SimulatedReports.events.prefix(6_000).filter {
      $0.snapshot.map { $0.book.mid != nil } ?? true
    }
    private static let recording = Result {
      try Scratch.file("reports.jsonl", SimulatedReports.lines(SimulatedReports.events))
    }

    private static let model: Result<String, any Error> = Result {
      let directory = Scratch.path("with-reports")
      let run = try Invocation.run([
        "train", "--config", try Scratch.file("reports.yaml", SimulatedReports.training), "--data", try recording.get(),
        "--to", "\(SimulatedBooks.split)", "--output", directory,
      ])
      try #require(run.status == 0, "\(run.errors)")
      return directory
    }

    /// An event as Hyperliquid sends it, behind its receive time; nil for a forced execution, which it does not send.
    private static func native(_ event: MarketEvent) -> String? {
      let data: String
      let channel: String
      switch event {
      case .book(let snapshot):
        func levels(_ levels: [BookLevel]) -> String {
          levels.map { #"{"px":"\#($0.price)","sz":"\#($0.size)","n":1}"# }.joined(separator: ",")
        }
        let (bids, asks) = (levels(snapshot.book.bids), levels(snapshot.book.asks))
        (channel, data) = ("l2Book", #"{"coin":"\#(snapshot.market)","time":1,"levels":[[\#(bids)],[\#(asks)]]}"#)
      case .report(.trade(let trade)):
        guard let aggressor = trade.aggressor else { return nil }
        let side = aggressor == .buy ? "B" : "A"
        (channel, data) = (
          "trades",
          #"[{"coin":"\#(trade.market)","side":"\#(side)","px":"\#(trade.price)","sz":"\#(trade.size)","time":1}]"#
        )
      case .report(.figure(let figure)):
        let key =
          switch figure.kind {
          case .markPrice: "markPx"
          case .indexPrice: "oraclePx"
          case .openInterest, .openInterestValue: "openInterest"
          case .fundingRate: "funding"
          }
        (channel, data) = ("activeAssetCtx", #"{"coin":"\#(figure.market)","ctx":{"\#(key)":"\#(figure.value)"}}"#)
      case .report(.liquidation): return nil
      }
      return #"\#(event.time.nanoseconds) {"channel":"\#(channel)","data":\#(data)}"# + "\n"
    }

    @Test("scoring reads the same features from a recording's lines that training read")
    func offlineEqualsOnline() throws {
      let model = try Self.model.get()
      let input = try Scratch.file("events.jsonl", SimulatedReports.lines(Self.events))
      let converted = try Invocation.run(["convert", "--data", input, "--reports", "included"])
      #expect(Array(converted.output) == SimulatedReports.lines(Self.events))
      let scored = try Invocation.run(["score", "--model", model, "--features"], input: input)
      #expect(scored.status == 0, "\(scored.errors)")
      let books = Self.events.compactMap(\.snapshot)
      #expect(scored.lines.count == books.count)
      let matrix = try Invocation.run([
        "features", "--config", try Scratch.file("reports.yaml", SimulatedReports.training), "--data", input,
      ])
      let header = try #require(matrix.lines.first).split(separator: ",").map(String.init)
      let columns = header.indices.filter {
        $0 > 2 && header[$0] != "depth" && $0 < (header.firstIndex(of: "depth") ?? 0)
      }
      var compared = 0
      for (number, line) in scored.lines.enumerated() where number % 97 == 50 {
        let answer = try JSON(line)
        for (offset, side) in ["sell", "buy"].enumerated() {
          let cells = matrix.lines[1 + 2 * number + offset].split(separator: ",", omittingEmptySubsequences: false)
          let values = try #require(answer["features.\(side)"]).list
          #expect(String(cells[2]) == side)
          #expect(values.map(\.number) == columns.map { Double(cells[$0]) })
          compared += 1
        }
      }
      #expect(compared > 10)
      for name in ["basis", "taken_to_depth_100bp_1h", "kyle_lambda_6h", "liquidated_to_depth_100bp_6h"] {
        let column = try #require(header.firstIndex(of: name))
        let last = try #require(matrix.lines.last).split(separator: ",", omittingEmptySubsequences: false)
        #expect(!last[column].isEmpty, "\(name)")
      }
    }

    @Test("a venue's reports go into the features as their canonical lines do")
    func venue() throws {
      let model = try Self.model.get()
      let sent = Self.events.prefix(3_000).filter { Self.native($0) != nil }
      let native = try Scratch.file("native.txt", sent.compactMap(Self.native).joined())
      let converted = try Invocation.run([
        "convert", "--data", native, "--venue", "hyperliquid", "--reports", "included",
      ])
      #expect(Array(converted.output) == SimulatedReports.lines(sent))
      let plain = try Invocation.run(["convert", "--data", native, "--venue", "hyperliquid"])
      #expect(Array(plain.output) == SimulatedBooks.lines(sent.compactMap(\.snapshot)))
      let canonical = try Scratch.file("canonical.jsonl", SimulatedReports.lines(sent))
      let direct = try Invocation.run(["score", "--model", model], input: canonical)
      let rebuilt = try Invocation.run(["score", "--model", model, "--venue", "hyperliquid"], input: native)
      #expect(rebuilt.status == 0, "\(rebuilt.errors)")
      #expect(rebuilt.output == direct.output)
      let books = try Scratch.file("books.jsonl", SimulatedBooks.lines(sent.compactMap(\.snapshot)))
      let blind = try Invocation.run(["score", "--model", model], input: books)
      #expect(blind.lines.count == direct.lines.count)
      #expect(blind.output != direct.output)
    }

    @Test("every command reads the reports of a recording, and inspect counts them")
    func commands() throws {
      let (model, recording) = (try Self.model.get(), try Self.recording.get())
      let from = "\(SimulatedBooks.split)"
      let evaluation = try Invocation.run(["evaluate", "--model", model, "--data", recording, "--from", from])
      #expect(evaluation.status == 0, "\(evaluation.errors)")
      let inspection = try JSON(try Invocation.run(["inspect", recording, "--json"]).output)
      let market = try #require(inspection["markets"]?.list.first)
      let name = try #require(market["market"]?.text)
      let trades = SimulatedReports.events.count { event in
        if case .report(.trade(let trade)) = event { trade.market.text == name } else { false }
      }
      #expect(market["reports.trades"]?.number == Double(trades))
      #expect(try Invocation.run(["inspect", recording]).text.contains("mark prices"))
      let plain = try JSON(try Invocation.run(["inspect", SimulatedBooks.file, "--json"]).output)
      #expect(plain["markets"]?.list.first?["reports"] == nil)
    }

    @Test("a report that cannot be is an error line, and converting names it")
    func faults() throws {
      let input = try Scratch.file(
        "faults.jsonl",
        #"{"time":1,"market":"A","trade":{"price":1,"size":0}}"# + "\n" + #"{"time":2,"market":"A"}"# + "\n")
      let scored = try Invocation.run(["score", "--model", try TrainedModel.simulated.get()], input: input)
      #expect(scored.lines.count == 2)
      #expect(scored.lines[0].contains(#""error":{"line":1,"field":"trade.size""#))
      #expect(scored.lines[1].contains(#""error":{"line":2,"field":"bids""#))
      let native = try Scratch.file(
        "native.txt",
        #"1000000000000000000 {"channel":"activeAssetCtx","data":{"coin":"A","ctx":{"markPx":"0"}}}"# + "\n")
      let arguments = ["convert", "--data", native, "--venue", "hyperliquid"]
      let quiet = try Invocation.run(arguments)
      #expect(quiet.status == 0 && !quiet.errors.contains("figure"))
      let converted = try Invocation.run(arguments + ["--reports", "included"])
      #expect(converted.output.isEmpty)
      #expect(converted.errors.contains("native.txt:1: figure.value"))
    }
  }
}
