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
