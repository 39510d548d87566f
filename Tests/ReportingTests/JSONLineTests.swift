import Foundation
import Reporting
import Testing

@Suite("One JSON object on one line")
struct JSONLineTests {
  private var line: JSONLine {
    var inner = JSONLine()
    inner.add("a", 1)
    var line = JSONLine()
    line.add("text", "quote \" back \\ line\nreturn\rtab\tbell\u{7} nul\u{0} é 🜁")
    line.add("key \"x\"", 0.1)
    line.add("nan", Double.nan)
    line.add("infinite", -Double.infinity)
    line.addNull("nothing")
    line.add("whole", Int.min)
    line.add("object", object: inner)
    line.add("objects", objects: [inner, JSONLine(), inner])
    line.add("none", objects: [])
    line.add("numbers", numbers: [1.5, .nan, 2.5e-300, 1e22])
    return line
  }

  @Test("It is written as expected")
  func golden() throws { try Golden.expect(String(decoding: line.line(), as: UTF8.self), "json-line") }

  @Test("It reads back as JSON with the same text and numbers, on one line")
  func readsBack() throws {
    let bytes = line.line()
    #expect(bytes.count { $0 == 0x0a } == 1 && bytes.last == 0x0a)
    let object = try #require(try JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any])
    #expect(object["text"] as? String == "quote \" back \\ line\nreturn\rtab\tbell\u{7} nul\u{0} é 🜁")
    #expect(object["key \"x\""] as? Double == 0.1)
    #expect(object["nan"] is NSNull && object["infinite"] is NSNull && object["nothing"] is NSNull)
    #expect(object["whole"] as? Int == .min)
    #expect((object["objects"] as? [Any])?.count == 3)
    #expect((object["numbers"] as? [Any])?[2] as? Double == 2.5e-300)
  }

  @Test("An empty object is a pair of braces")
  func empty() { #expect(JSONLine().line() == Array("{}\n".utf8)) }
}
