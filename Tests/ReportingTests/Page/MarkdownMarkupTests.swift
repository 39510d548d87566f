import Backtesting
import Foundation
import ModelStore
import Reporting
import Testing

#if canImport(FoundationXML)
  import FoundationXML
#endif

@Suite struct MarkdownMarkupTests {
  @Test func whatACardMarksBecomesMarkup() {
    let html = html(
      """
      # Card

      **Bold** and *slanted* with `code <b>`
      goes on.

      ## Part
      | name | figure |
      | ---- | -----: |
      | a \\| b | **1** |

      - one
      - two
      """)
    #expect(
      html.contains("<h3>Card</h3>\n<p><b>Bold</b> and <em>slanted</em> with <code>code &lt;b&gt;</code>\ngoes on.</p>")
    )
    #expect(html.contains("<h4>Part</h4>"))
    #expect(html.contains("<caption>REAL – model card, Part</caption>"))
    #expect(html.contains("<th class=\"words\">name</th><th>figure</th>"))
    #expect(html.contains("<td class=\"words\">a | b</td><td><b>1</b></td>"))
    #expect(html.contains("<ul>\n<li>one</li>\n<li>two</li>\n</ul>"))
  }

  @Test(arguments: ["2 * 3", "a ** b", "``", "`open", "***", "#no", "#######  x", "-no", "****", "*`*`"])
  func aMarkThatIsNeverClosedStandsAsItIs(text: String) {
    let html = html(text)
    #expect(isWellFormed(html), "\(html)")
    let plain = html.replacing(/<[^>]*>/, with: "")
    #expect(plain.filter { $0.isLetter || $0.isNumber } == text.filter { $0.isLetter || $0.isNumber })
  }

  @Test(arguments: [
    "| | |\n|-|", "|", "||", "|a\n|b|c", "| a \\", "<td>|</td>\n|<script>|", "- \n-\n- </li>", "# </h3>\n## <b>",
  ])
  func brokenTablesAndListsAreStillWellFormed(text: String) {
    let html = html(text)
    #expect(isWellFormed(html), "\(html)")
    #expect(!html.contains("<script"))
  }

  @Test func everyCutOfARealCardIsWellFormed() throws {
    let card = Array(ModelCard(try Golden.model("tiny-blend").artefact).markdown())
    for end in stride(from: 0, through: card.count, by: 37) {
      #expect(isWellFormed(html(String(card[..<end]))), "\(end)")
    }
    let whole = html(String(card))
    #expect(whole.contains("<h4>Limits</h4>") && whole.contains("<em>displayed</em>"))
    #expect(!whole.contains("**") && !whole.contains("| "))
  }

  private func html(_ card: String) -> String { MarkdownMarkup(origin: "REAL", subject: "model card").html(card) }

  private func isWellFormed(_ html: String) -> Bool {
    XMLParser(data: Data("<div>\(html)</div>".utf8)).parse()
  }
}
