import Reporting
import Testing

@Suite("Cells of comma-separated values")
struct CSVCellTests {
  @Test(
    "A cell is quoted where it would break the line, with its quotes doubled",
    arguments: [
      ("", ""), ("plain", "plain"), (" a b ", " a b "), ("a,b", "\"a,b\""), ("say \"so\"", "\"say \"\"so\"\"\""),
      ("\"", "\"\"\"\""), ("a\nb", "\"a\nb\""), ("a\r\nb", "\"a\r\nb\""), ("a\rb", "\"a\rb\""), ("a;b'c|", "a;b'c|"),
      ("\"\u{301}", "\"\"\"\u{301}\""), (",\u{301}", "\",\u{301}\""),
    ])
  func cells(text: String, cell: String) {
    #expect(Array(CSVCell.text(text).utf8) == Array(cell.utf8))
  }
}
