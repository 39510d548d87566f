import Foundation
import Markets
import TestRecordings
import Testing

extension CommandLineTests {
  @Suite("score, line by line")
  struct Score {
    private let good = SimulatedBooks.snapshots.prefix(60).map { SimulatedBooks.lines([$0]) }

    private func score(_ lines: [[UInt8]], _ options: [String] = []) throws -> [JSON] {
      let input = try Scratch.file("stream.jsonl", lines.flatMap(\.self))
      let run = try Invocation.run(["score", "--model", try TrainedModel.simulated.get()] + options, input: input)
      #expect(run.status == 0, "\(run.errors)")
      return try run.lines.map { try JSON($0) }
    }

    /// Lines that are no books, and what their answer must mention.
    private static let bad: [(line: [UInt8], hint: String)] = [
      (Array("garbage\n".utf8), "error"),
      (Array("\n".utf8), "error"),
      (Array("{}\n".utf8), "error"),
      (Array("[1,2,3]\n".utf8), "error"),
      (Array(#"{"time":1736121600000000000,"market":"SIM-BTC","bids":[[1,"#.utf8) + [0x0a], "error"),
      (Array(#"{"time":"yesterday","market":"SIM-BTC","bids":[[1,1]],"asks":[[2,1]]}"#.utf8) + [0x0a], "time"),
      (Array(#"{"time":1,"market":"","bids":[[1,1]],"asks":[[2,1]]}"#.utf8) + [0x0a], "market"),
      (Array(#"{"time":1,"market":"SIM-BTC","bids":[[1,-1]],"asks":[[2,1]]}"#.utf8) + [0x0a], "bids"),
      (Array(#"{"time":1,"market":"SIM-BTC","bids":[[1e999,1]],"asks":[[2,1]]}"#.utf8) + [0x0a], "bids"),
      (Array(#"{"time":1,"market":"SIM-BTC","bids":[[1,1]],"asks":[[NaN,1]]}"#.utf8) + [0x0a], "asks"),
      (Array(#"{"time":1,"mark"#.utf8) + [0] + Array(#"et":"SIM-BTC","bids":[],"asks":[]}"#.utf8) + [0x0a], "error"),
      ([0x7b, 0xff, 0xfe, 0x80, 0x0a], "error"),
      (Array(#"{"time":1,"market":""#.utf8) + [0xc3, 0x28] + Array(#"","bids":[],"asks":[]}"#.utf8) + [0x0a], "error"),
      ([UInt8](repeating: UInt8(ascii: "7"), count: (16 << 20) + 10) + [0x0a], "16 MiB"),
      ([0, 0, 0, 0x0a], "error"),
    ]

    @Test("a line that is no book gives one line with its number, field and reason, and the stream goes on")
    func badLines() throws {
      var lines: [[UInt8]] = [good[0]]
      for (index, bad) in Self.bad.enumerated() { lines += [bad.line, good[index + 1]] }
      let answers = try score(lines)
      try #require(answers.count == lines.count)
      for (index, answer) in answers.enumerated() where index % 2 == 1 {
        #expect(answer.keys == ["error"], "line \(index + 1): \(answer)")
        #expect(answer["error.line"]?.number == Double(index + 1))
        let text = "error \(answer["error.field"]?.text ?? "") \(answer["error.reason"]?.text ?? "")"
        #expect(text.contains(Self.bad[index / 2].hint), "line \(index + 1): \(text)")
        #expect(answer["error.reason"]?.text?.isEmpty == false)
      }
      // The good lines score as if the bad ones had not been there.
      let alone = try score(Array(good.prefix(Self.bad.count + 1)))
      #expect(answers.enumerated().filter { $0.offset % 2 == 0 }.map(\.element) == alone)
    }

    @Test("a book without a score gives one line that says why")
    func refusals() throws {
      let time = SimulatedBooks.snapshots[59].time.nanoseconds
      let refused = [
        (#"{"time":\#(time + 1),"market":"SIM-BTC","bids":[[60000,1]],"asks":[]}"#, "one-sided"),
        (#"{"time":\#(time + 2),"market":"SIM-BTC","bids":[],"asks":[]}"#, "empty"),
        (#"{"time":\#(time + 3),"market":"NEVER-SEEN","bids":[[1,1]],"asks":[[2,1]]}"#, "not trained"),
        (#"{"time":\#(time - 900000000000),"market":"SIM-BTC","bids":[[1,1]],"asks":[[2,1]]}"#, "before"),
      ]
      let next = SimulatedBooks.lines(SimulatedBooks.snapshots[60...60])
      let answers = try score(good + refused.map { Array("\($0.0)\n".utf8) } + [next])
      try #require(answers.count == good.count + refused.count + 1)
      for (answer, (line, hint)) in zip(answers.dropFirst(good.count), refused) {
        #expect(answer["sell"] == .null && answer["buy"] == .null, "\(line)")
        let reason = answer["reason"]?.text ?? ""
        #expect(reason.contains(hint), "\(line): \(reason)")
      }
      #expect(answers.last?["sell.probability"]?.number != nil)
    }

    @Test("what is scored does not depend on how many reasons are named")
    func reasonCounts() throws {
      let all = try [0, 1, 5].map { try score(good, ["--reasons", "\($0)"]) }
      for (none, few) in [(all[0], all[1]), (all[0], all[2])] {
        try #require(none.count == few.count)
        for (one, other) in zip(none, few) {
          for side in ["sell", "buy"] {
            for key in ["probability", "logOdds", "base", "multiplier"] {
              #expect(one["\(side).\(key)"]?.number == other["\(side).\(key)"]?.number)
            }
            let (logOdds, base) = (one["\(side).logOdds"]?.number ?? .nan, one["\(side).base"]?.number ?? .nan)
            #expect(one["\(side).otherReasons"]?.number == logOdds - base)
          }
        }
      }
    }

    @Test("a last line without its line end is answered too, and an empty stream is no error")
    func ends() throws {
      let unfinished = Array(good[1].dropLast())
      #expect(try score([good[0], unfinished]) == score([good[0], good[1]]))
      #expect(try score([]) == [])
    }

    @Test("reasons, base and the rest add up to the log-odds, and those give the probability", arguments: [0, 2, 50])
    func reasonsAddUp(count: Int) throws {
      let answers = try score(good, ["--reasons", "\(count)"])
      #expect(answers.count == good.count)
      for answer in answers {
        for side in ["sell", "buy"] {
          let logOdds = try #require(answer["\(side).logOdds"]?.number)
          let base = try #require(answer["\(side).base"]?.number)
          let others = try #require(answer["\(side).otherReasons"]?.number)
          let reasons = answer["\(side).reasons"]?.list ?? []
          let contributions = try reasons.map { try #require($0["contribution"]?.number) }
          #expect(contributions.count == min(count, 6))
          #expect(contributions.map(abs) == contributions.map(abs).sorted(by: >))
          #expect(abs(base + contributions.reduce(0, +) + others - logOdds) < 1e-9)
          let probability = try #require(answer["\(side).probability"]?.number)
          #expect(abs(1 / (1 + exp(-logOdds)) - probability) < 1e-9)
          #expect(try #require(answer["\(side).multiplier"]?.number) >= 1)
        }
      }
    }
  }
}
