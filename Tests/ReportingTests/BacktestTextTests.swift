import Backtesting
import Foundation
import Reporting
import Testing

@Suite("A back-test in text and JSON")
struct BacktestTextTests {
  /// Every key path of a JSON value, lists entered by `[]`; estimates are values.
  private func paths(of value: Any, at path: String = "") -> Set<String> {
    if let list = value as? [Any] {
      return list.reduce(into: []) { $0.formUnion(paths(of: $1, at: path + "[]")) }
    }
    guard let object = value as? [String: Any], Set(object.keys) != ["value", "low", "high"] else { return [] }
    return object.reduce(into: []) { found, entry in
      let key = path.isEmpty ? entry.key : "\(path).\(entry.key)"
      found.insert(key)
      found.formUnion(paths(of: entry.value, at: key))
    }
  }

  /// The keys in the first column of the tables of a document.
  private func documented(_ text: String) -> Set<String> {
    let rows = text.split(separator: "\n").filter { $0.hasPrefix("| `") }
    return Set(
      rows.flatMap { row in
        row.split(separator: "|")[0].split(separator: ",").map {
          $0.trimmingCharacters(in: CharacterSet(charactersIn: " `"))
        }
      })
  }

  @Test("Every key of the JSON is documented, and every documented key is there")
  func keys() throws {
    let document = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "docs/backtest-json.md")
    let written = documented(try String(contentsOf: document, encoding: .utf8))
    let json = try BacktestText(BacktestFixture.report()).json()
    let present = paths(of: try JSONSerialization.jsonObject(with: Data(json.utf8)))
    #expect(written.filter { !$0.hasPrefix("quality") } == present)
    #expect(written.filter { $0.hasPrefix("quality.") }.count == 4)
  }

  @Test("Every table of a full report, as a golden text", arguments: ["plain", "markdown"])
  func tables(style: String) throws {
    let text = BacktestText(try BacktestFixture.report()).text(style == "plain" ? .plain : .markdown)
    #expect(text.split(separator: "SIMULATED · ").count == 13)
    try Golden.expect(text, "backtest-\(style)")
  }

  @Test("The raises' table holds the ten largest, the largest first, and says so")
  func raises() throws {
    let text = BacktestText(try BacktestFixture.report()).text()
    #expect(text.contains("the 10 largest of 11 raises"))
    let table = try #require(text.split(separator: "the 10 largest of 11 raises").last)
    let first = try #require(table.split(separator: "\n").first { $0.contains("1970") })
    #expect(first.contains("210.0"))
    #expect(!table.contains("110.0"))
  }
}
