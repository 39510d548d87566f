import Reporting
import Testing

@Suite("Tables")
struct TextTableTests {
  private var table: TextTable {
    var table = TextTable([("market", .left), ("z", .right), ("note", .left)])
    table.append(["ETHUSDT", "−1.50", "a|b"])
    table.append(["LTCUSDT", "12.00", "two\nlines\r\nhere"])
    table.append(["XRPUSDT"])
    table.append(["ø", "1", "cut", "beyond the last column"])
    return table
  }

  @Test("A plain table lines up, without spaces at line ends")
  func plain() throws {
    let text = table.text()
    try Golden.expect(text, "table-plain")
    #expect(lines(text).allSatisfy { !$0.hasSuffix(" ") })
  }

  @Test("A Markdown table lines up and keeps bars inside their cells")
  func markdown() throws {
    let text = table.text(.markdown)
    try Golden.expect(text, "table-markdown")
    #expect(markdownTables(text) == [[3, 3, 3, 3, 3, 3]])
  }

  @Test("No text ends a Markdown cell", arguments: ["|", "a\\|b", "\\", "|\u{301}", "||", "\\\\|", "a\u{2028}b|"])
  func bars(cell: String) {
    var table = TextTable([("title", .left), (cell, .right)])
    table.append([cell, cell])
    #expect(markdownTables(table.text(.markdown)) == [[2, 2, 2]])
  }

  @Test("A table without rows is its header and its rule")
  func empty() {
    let table = TextTable([("a", .left), ("bcde", .right)])
    #expect(table.text() == "a  bcde\n─  ────\n")
    #expect(markdownTables(table.text(.markdown)) == [[2, 2]])
  }
}
