import Foundation
import Logging
import Synchronization
import Telemetry
import Testing

@Suite("The log")
struct LineLogHandlerTests {
  private final class Lines: Sendable {
    private let lines = Mutex<[String]>([])
    func append(_ line: String) { lines.withLock { $0.append(line) } }
    var all: [String] { lines.withLock { $0 } }
  }

  private let lines = Lines()

  private func logger(_ format: LogFormat, level: Logger.Level = .info) -> Logger {
    Logger(label: "shortfall") { [lines] label in
      LineLogHandler(
        label: label, format: format, level: level, clock: { "2025-10-10T21:00:27Z" }, sink: { lines.append($0) })
    }
  }

  @Test("as text is the message behind the program's name, then what belongs to it by name")
  func text() {
    let logger = logger(.text)
    logger.info("goes on", metadata: ["line": "300", "market": "A B", "area": .stringConvertible(0.5)])
    logger.warning("keeps the old model")
    logger.debug("nobody asked")
    #expect(
      lines.all == [
        "shortfall: goes on area=0.5 line=300 market=\"A B\"\n", "shortfall: warning: keeps the old model\n",
      ])
  }

  @Test("as JSON has time, level and message first, and numbers as numbers")
  func json() throws {
    logger(.json).error(
      "two\nlines, \"quoted\" \\ \u{1}",
      metadata: [
        "z": .stringConvertible(3), "b": .stringConvertible(1.5), "a": "x", "nan": .stringConvertible(Double.nan),
        "list": ["1", ["k": "v", "j": "w"]], "time": "late",
      ])
    let line = try #require(lines.all.first)
    #expect(
      line == #"""
        {"time":"2025-10-10T21:00:27Z","level":"error","message":"two\nlines, \"quoted\" \\ \u0001","a":"x","b":1.5,\#
        "list":["1",{"j":"w","k":"v"}],"nan":"nan","time_":"late","z":3}

        """#)
    let object = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
    #expect(object?["message"] as? String == "two\nlines, \"quoted\" \\ \u{1}")
  }

  @Test("stays one line whatever the data says, in both formats")
  func oneLine() {
    for format in LogFormat.allCases {
      logger(format).notice("a\nb\r\u{1b}[2J", metadata: ["k\n": "v\nw", "empty": ""])
    }
    for line in lines.all {
      #expect(line.hasSuffix("\n"))
      #expect(line.dropLast().unicodeScalars.allSatisfy { $0.value >= 0x20 }, "\(line)")
    }
    #expect(lines.all[0] == #"shortfall: a\nb\r\u001b[2J empty="" "k\n"="v\nw""# + "\n")
  }

  @Test("is a value: what belongs to one logger and its level are its own")
  func values() {
    let first = logger(.text)
    var second = first
    second[metadataKey: "shard"] = "eu"
    second.logLevel = .debug
    first.debug("one")
    second.debug("two")
    first.info("three", metadata: ["shard": "us"])
    second.info("four", metadata: ["shard": "us"])
    #expect(
      lines.all == [
        "shortfall: debug: two shard=eu\n", "shortfall: three shard=us\n", "shortfall: four shard=us\n",
      ])
  }

  @Test("says the error that a record carries")
  func error() {
    struct Torn: Error, CustomStringConvertible { let description = "it is torn" }
    logger(.text).warning("not kept", error: Torn())
    #expect(lines.all == ["shortfall: warning: not kept error=\"it is torn\"\n"])
  }
}
