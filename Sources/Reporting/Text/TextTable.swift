/// A table of text cells that lines up in a terminal and in Markdown.
public struct TextTable: Sendable {
  /// How a column's cells stand.
  public enum Alignment: Sendable {
    /// Words.
    case left
    /// Figures.
    case right
  }

  /// How the table is drawn.
  public enum Style: Sendable {
    /// Columns two spaces apart under a ruled header.
    case plain
    /// A Markdown table.
    case markdown
  }

  private let header: [String]
  private let alignments: [Alignment]
  private var rows: [[String]] = []

  /// Creates an empty table from its columns.
  public init(_ columns: [(title: String, alignment: Alignment)]) {
    header = columns.map(\.title)
    alignments = columns.map(\.alignment)
  }

  /// Adds a row; missing cells are blank.
  public mutating func append(_ cells: [String]) {
    rows.append((0..<header.count).map { $0 < cells.count ? cells[$0] : "" })
  }

  /// The table as lines, each ended.
  public func text(_ style: Style = .plain) -> String {
    let header = header.map { cell($0, style) }
    let rows = rows.map { row in row.map { cell($0, style) } }
    let widths = header.indices.map { column in
      ([header] + rows).map { $0[column].count }.max() ?? 0
    }
    switch style {
    case .plain:
      let rule = widths.map { String(repeating: "─", count: $0) }.joined(separator: "  ")
      let lines = [line(header, widths), rule] + rows.map { line($0, widths) }
      return lines.map { $0.trimmingTrailingSpaces() + "\n" }.joined()
    case .markdown:
      let rule = zip(widths, alignments).map { width, alignment in
        let dashes = String(repeating: "-", count: max(3, width) - (alignment == .right ? 1 : 0))
        return alignment == .right ? dashes + ":" : dashes
      }
      let bar = { (cells: [String]) in "| " + cells.joined(separator: " | ") + " |\n" }
      return bar(padded(header, widths)) + bar(rule) + rows.map { bar(padded($0, widths)) }.joined()
    }
  }

  /// A cell as it stands on one line: a line end becomes a space, and in Markdown no bar ends the cell.
  private func cell(_ text: String, _ style: Style) -> String {
    let line = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).joined(separator: " ")
    guard style == .markdown else { return line }
    return line.replacingScalars { $0 == "|" || $0 == "\\" ? "\\\($0)" : nil }
  }

  private func line(_ cells: [String], _ widths: [Int]) -> String {
    padded(cells, widths).joined(separator: "  ")
  }

  private func padded(_ cells: [String], _ widths: [Int]) -> [String] {
    cells.indices.map { column in
      let space = String(repeating: " ", count: widths[column] - cells[column].count)
      return alignments[column] == .left ? cells[column] + space : space + cells[column]
    }
  }
}

extension String {
  fileprivate func trimmingTrailingSpaces() -> String {
    var text = self[...]
    while text.last == " " { text.removeLast() }
    return String(text)
  }
}
