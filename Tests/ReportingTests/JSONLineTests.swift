import Foundation
import Markets
import Reporting
import Testing

@Suite("JSON lines")
struct JSONLineTests {
  private func text(_ line: JSONLine) -> String { String(decoding: line.line(), as: UTF8.self) }

  @Test("An object stands on one line, key by key")
  func keys() {
    var inner = JSONLine()
    inner.add("rows", 3)
    var line = JSONLine()
    line.add("market", "ETHUSDT")
    line.add("depth", 0.1)
    line.add("count", -2)
    line.addNull("outcome")
    line.add("inner", object: inner)
    line.add("objects", objects: [inner, JSONLine()])
    line.add("none", objects: [])
    line.add("numbers", numbers: [1, .nan, -0.5, .infinity])
    line.add("empty", numbers: [])
    let expected =
      #"{"market":"ETHUSDT","depth":0.1,"count":-2,"outcome":null,"inner":{"rows":3},"#
      + #""objects":[{"rows":3},{}],"none":[],"numbers":[1.0,null,-0.5,null],"empty":[]}"#
    #expect(text(line) == expected + "\n")
    #expect(text(JSONLine()) == "{}\n")
  }

  @Test("Objects written in place, behind what a buffer holds, are those that were made apart")
  func inPlace() {
    var apart = JSONLine()
    var inner = JSONLine()
    inner.add("rows", 3)
    inner.add("name", "a\"b")
    apart.add("time", Timestamp(nanoseconds: 0).description)
    apart.add("inner", object: inner)
    apart.add("objects", objects: [inner, JSONLine()])
    apart.add("none", objects: [])
    apart.add("last", 1)
    var output = Array("before\n".utf8)
    var line = JSONLine(appendingTo: &output)
    line.add("time", Timestamp(nanoseconds: 0))
    let write = { (object: inout JSONLine) in
      object.add("rows", 3)
      object.add("name", "a\"b")
    }
    line.add("inner", object: write)
    line.add("objects", objects: [true, false]) { object, isFull in if isFull { write(&object) } }
    line.add("none", objects: [Int]()) { _, _ in }
    line.add("last", 1)
    line.end(into: &output)
    #expect(output == Array("before\n".utf8) + apart.line())
  }

  @Test("Texts are escaped")
  func escapes() {
    var line = JSONLine()
    line.add("text", "q\" b\\ n\n r\r t\t e\u{1b} z\u{0} \u{7f} é 深 🙂")
    #expect(text(line) == "{\"text\":\"q\\\" b\\\\ n\\n r\\r t\\t e\\u001b z\\u0000 \u{7f} é 深 🙂\"}\n")
  }

  @Test("Every text reads back, and none breaks the line")
  func texts() throws {
    let hostile = String(String.UnicodeScalarView((0..<0x250).compactMap(Unicode.Scalar.init)))
    var line = JSONLine()
    line.add("text", hostile)
    #expect(line.line().count { $0 == UInt8(ascii: "\n") } == 1)
    let read = try JSONDecoder().decode([String: String].self, from: Data(line.line()))
    #expect(read["text"] == hostile)
  }

  @Test(
    "Numbers read back to the same bits",
    arguments: [
      0.1, -0.0, 1e23, .leastNonzeroMagnitude, .greatestFiniteMagnitude, 1.0 / 3, 9_007_199_254_740_992, -2.5e-10, 1e16,
      123_456_789,
    ])
  func numbers(value: Double) throws {
    var line = JSONLine()
    line.add("x", value)
    let read = try JSONDecoder().decode([String: Double].self, from: Data(line.line()))
    #expect(read["x"]?.bitPattern == value.bitPattern)
  }

  @Test("What is not finite is null", arguments: [Double.nan, .infinity, -.infinity])
  func nulls(value: Double) {
    var line = JSONLine()
    line.add("x", value)
    #expect(text(line) == "{\"x\":null}\n")
  }
}
