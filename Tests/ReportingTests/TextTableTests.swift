import Reporting
import Testing

@Suite("Tables of text")
struct TextTableTests {
  private var table: TextTable {
    var table = TextTable([("market", .left), ("share", .right), ("note", .left)])
    table.append(["ETH", "12.50 %", "plain"])
    table.append(["a|b", "−1.00 %", "zwölf ×"])
    table.append(["short"])
    return table
  }

  @Test("Columns line up under a rule, without spaces at the line's end")
  func plain() throws {
    let text = table.text()
    try Golden.expect(text, "table-plain")
    #expect(text.split(separator: "\n").allSatisfy { !$0.hasSuffix(" ") })
  }

  @Test("In Markdown figures stand right and a bar does not end its cell")
  func markdown() throws {
    let text = table.text(.markdown)
    try Golden.expect(text, "table-markdown")
    #expect(text.contains("a\\|b"))
  }

  @Test("A line end in a cell becomes a space")
  func lineEnd() {
    var table = TextTable([("a", .left)])
    table.append(["one\ntwo"])
    #expect(table.text() == "a\n───────\none two\n")
  }

  @Test("A table without rows is its header, and surplus cells are left out")
  func edges() {
    var table = TextTable([("a", .left)])
    #expect(table.text() == "a\n─\n")
    table.append(["b", "c"])
    #expect(table.text() == "a\n─\nb\n")
  }
}
