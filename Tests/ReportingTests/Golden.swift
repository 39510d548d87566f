import Foundation
import Testing

/// Expects a text to equal the file of that name under `Golden`, or writes the file when the environment variable
/// `SHORTFALL_REGENERATE_GOLDEN` is 1.
func expectGolden(_ text: String, _ name: String, sourceLocation: SourceLocation = #_sourceLocation) throws {
  let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("Golden/\(name)")
  if ProcessInfo.processInfo.environment["SHORTFALL_REGENERATE_GOLDEN"] == "1" {
    return try Data(text.utf8).write(to: file)
  }
  let golden = String(decoding: try Data(contentsOf: file), as: UTF8.self)
  if text == golden { return }
  let (found, expected) = (lines(text), lines(golden))
  let first = zip(found, expected).enumerated().first { $0.element.0 != $0.element.1 }
  let line = first?.offset ?? min(found.count, expected.count)
  let (left, right) = (line < found.count ? found[line] : "no line", line < expected.count ? expected[line] : "no line")
  Issue.record("\(name):\(line + 1): '\(left)' instead of '\(right)'", sourceLocation: sourceLocation)
}

/// The lines of a text without their ends.
func lines(_ text: String) -> [String] {
  text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
}

/// The Markdown tables of a text: each a list of rows, each row the number of its cells as GitHub counts them.
///
/// A bar ends a cell unless a backslash that is not itself escaped stands before it.
func markdownTables(_ text: String) -> [[Int]] {
  var tables: [[Int]] = []
  var inTable = false
  for line in lines(text) {
    guard line.hasPrefix("|") else {
      inTable = false
      continue
    }
    if !inTable { tables.append([]) }
    inTable = true
    tables[tables.count - 1].append(cellCount(line))
  }
  return tables
}

private func cellCount(_ row: String) -> Int {
  var bars = 0
  var isEscaped = false
  for scalar in row.unicodeScalars {
    if scalar == "|", !isEscaped { bars += 1 }
    isEscaped = scalar == "\\" && !isEscaped
  }
  return bars - 1
}
