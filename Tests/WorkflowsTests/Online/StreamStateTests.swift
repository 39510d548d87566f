import Checkpoints
import Foundation
import Margining
import MarketData
import Markets
import ModelStore
import TestRecordings
import Testing
import Workflows

@Suite("Stream state")
struct StreamStateTests {
  private func state() throws -> TakenState {
    var session = try ScoringSession(
      SimulatedModel.plain.get(), reasonCount: 1, writer: ScoreLine(curve: .standard))
    let writer = CanonicalLineWriter()
    for snapshot in SimulatedBooks.snapshots.prefix(30) {
      var line: [UInt8] = []
      writer.append(snapshot, to: &line)
      _ = session.answers(to: .bytes(line))
    }
    return try session.takeState(OutputLengths([.answers: 1_234]))
  }

  @Test("a file gives back the state that was put into it, and holds a whole one from then on")
  func file() throws {
    let path = Scratch.path("state")
    let file = try StateFile(path)
    #expect(try file.load() == nil)
    let taken = try state()
    try file.save(taken)
    let loaded = try #require(try file.load())
    #expect(loaded.position.lines == 30 && loaded.position.lengths[.answers] == 1_234)
    #expect(try Data(contentsOf: URL(filePath: path)) == Data(StreamState.bytes(taken)))
    #expect(!FileManager.default.fileExists(atPath: path + ".incoming"))
    #expect(throws: StoreFailure.inUse(path: path)) { try StateFile(path) }
  }

  @Test("a torn, damaged or foreign file is refused with its name and the reason")
  func refused() throws {
    let bytes = StreamState.bytes(try state())
    let path = Scratch.path("state")
    let file = try StateFile(path)
    var flipped = bytes
    flipped[bytes.count / 2] ^= 1
    let cases: [(bytes: [UInt8], reason: String)] = [
      ([], "it is no state of a stream"),
      (Array("{\"time\":1}\n".utf8), "it is no state of a stream"),
      (Array("shortfall state 12345678901\n".utf8), "it is no state of a stream"),
      (Array("shortfall state 1\n".utf8) + bytes.dropFirst(18), "format 1 is unknown; this program reads format 5"),
      (flipped, "it is torn or damaged: its digest does not match"),
      (Array(bytes.dropLast()), "it is torn or damaged: its digest does not match"),
      (Array("shortfall state 5\n".utf8), "it is torn or damaged: its digest does not match"),
      (bytes + bytes, "it is torn or damaged: its digest does not match"),
    ]
    for (wrong, reason) in cases {
      try Data(wrong).write(to: URL(filePath: path))
      let failure = try #require(throws: StoreFailure.self) { try file.load() }
      #expect(failure.description == "\(path): \(reason)")
    }
    for length in stride(from: 0, to: bytes.count, by: 101) {
      #expect(throws: StateFault.self) { try StreamState(bytes: Array(bytes.prefix(length))) }
    }
  }

  @Test("the form has the length that format 5 has; another length asks for another format number")
  func layout() throws {
    var session = try ScoringSession(
      SimulatedModel.plain.get(), reasonCount: 1, writer: ScoreLine(curve: .standard))
    for number in 0..<40 {
      let time = 1_736_121_600 + 600 * number
      let market = ["SIM-BTC", "SIM-ETH"][number % 2]
      let bids = "[[\(100 + number % 3),\(1 + number % 5)],[90,2]]"
      let line = #"{"time":\#(time)000000000,"market":"\#(market)","bids":\#(bids),"asks":[[104,1],[110,3]]}"#
      _ = session.answers(to: .bytes(Array(line.utf8)))
    }
    let length = try StreamState.bytes(session.takeState(OutputLengths([.answers: 1]))).count
    #expect(length == 17_308)
  }

  @Test("an interval is a number of lines or a time", arguments: ["1", "10000", "1m", "90s", "250ms"])
  func intervals(text: String) {
    let expected: CheckpointInterval? =
      if let count = Int(text) { .lines(count) } else { TimeSpan(text).map { .time($0) } }
    #expect(CheckpointInterval(text) == expected)
    #expect(expected != nil)
  }

  @Test("an interval of nothing is none", arguments: ["0", "-1", "0s", "", "m", "1.5m", "soon"])
  func noIntervals(text: String) { #expect(CheckpointInterval(text) == nil) }

  @Test("a schedule is due after so many lines, or after so much time of the stream")
  func schedule() {
    var byLines = CheckpointSchedule(.lines(3), lines: 10)
    #expect((11...17).filter { byLines.isDue(lines: $0, clock: StreamClock()) } == [13, 16])
    var byTime = CheckpointSchedule(.time(.seconds(10)), lines: 0)
    var clock = StreamClock()
    let seconds: [Int64?] = [nil, 100, 105, 109, 110, 111, 119, 130, 131]
    let due = seconds.indices.filter { line in
      if let time = seconds[line].flatMap({ Timestamp(seconds: $0) }) { clock.take(time) }
      return byTime.isDue(lines: line, clock: clock)
    }
    #expect(due == [4, 7])
  }

  @Test("while books are refused a schedule is due after so much time of theirs, but not every few lines")
  func refusedBooks() {
    var schedule = CheckpointSchedule(.time(.seconds(10)), lines: 0)
    var clock = StreamClock()
    clock.take(Timestamp(nanoseconds: 0))
    func due(_ seconds: (Int) -> Int64) -> [Int] {
      (1...500).filter { line in
        if let time = Timestamp(seconds: seconds(line)) { clock.refuse(time) }
        return schedule.isDue(lines: line, clock: clock)
      }
    }
    // A second a line, late ones and leaping ones alike; the first only begins the count.
    #expect(due { Int64($0) - 5_000 } == Array(stride(from: 11, through: 500, by: 10)))
    schedule = CheckpointSchedule(.time(.seconds(200)), lines: 0)
    #expect(due { Int64($0) + 1_000_000 } == [10, 210, 410])
    // Times to and fro ask for no more, and the longest steps take nothing away.
    for _ in 0..<5 {
      clock.refuse(.distantPast)
      clock.refuse(.distantFuture)
    }
    schedule = CheckpointSchedule(.time(.seconds(200)), lines: 0)
    #expect(due { Int64($0) + 2_000_000 } == [10, 210, 410])
    schedule = CheckpointSchedule(.time(.seconds(10)), lines: 0)
    #expect(due { $0.isMultiple(of: 2) ? 0 : 1_000_000_000 }.count <= 50)
  }
}
