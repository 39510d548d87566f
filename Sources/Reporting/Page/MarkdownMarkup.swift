/// Markdown as model cards are written in it, as HTML: headings, paragraphs, lists, tables, bold and slanted words, code.
///
/// Whatever is not one of these stands as it is; every text is escaped.
package struct MarkdownMarkup {
  /// The word for the data's origin, which stands in every table's caption.
  let origin: String
  /// What the tables belong to.
  let subject: String

  private enum Block {
    case heading(level: Int, words: String)
    case paragraph([Substring])
    case list([Substring])
    case table([Substring])
  }

  /// Prepares the markup of a text with its origin and what it is of.
  package init(origin: String, subject: String) {
    self.origin = origin
    self.subject = subject
  }

  /// The text as HTML; its first heading comes below the page's sections.
  package func html(_ markdown: String) -> String {
    var heading = subject
    return Self.blocks(markdown).map { block in
      switch block {
      case .heading(let level, let words):
        heading = level > 1 ? "\(subject), \(words)" : subject
        let tag = level > 1 ? "h4" : "h3"
        return "<\(tag)>\(Self.inline(words))</\(tag)>\n"
      case .paragraph(let lines): return "<p>\(Self.inline(lines.joined(separator: "\n")))</p>\n"
      case .list(let items): return "<ul>\n\(items.map { "<li>\(Self.inline(String($0)))</li>\n" }.joined())</ul>\n"
      case .table(let lines): return table(lines, heading)
      }
    }.joined()
  }

  private static func blocks(_ markdown: String) -> [Block] {
    var blocks: [Block] = []
    for line in markdown.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
      let level = line.prefix { $0 == "#" }.count
      switch (line, blocks.last) {
      case _ where line.allSatisfy(\.isWhitespace): blocks.append(.paragraph([]))
      case _ where (1...6).contains(level) && line.dropFirst(level).first == " ":
        blocks.append(.heading(level: level, words: String(line.dropFirst(level + 1))))
      case (_, .table(let lines)) where line.first == "|": blocks[blocks.count - 1] = .table(lines + [line])
      case _ where line.first == "|": blocks.append(.table([line]))
      case (_, .list(let items)) where line.hasPrefix("- "):
        blocks[blocks.count - 1] = .list(items + [line.dropFirst(2)])
      case _ where line.hasPrefix("- "): blocks.append(.list([line.dropFirst(2)]))
      case (_, .paragraph(let lines)): blocks[blocks.count - 1] = .paragraph(lines + [line])
      default: blocks.append(.paragraph([line]))
      }
    }
    return blocks.filter { if case .paragraph(let lines) = $0 { !lines.isEmpty } else { true } }
  }

  /// A table: the header, the rule that says where figures stand, the rows.
  private func table(_ lines: [Substring], _ caption: String) -> String {
    let rows = lines.map(Self.cells)
    let rule = rows.dropFirst().first ?? []
    let hasRule = !rule.isEmpty && rule.allSatisfy { !$0.isEmpty && $0.allSatisfy { $0 == "-" || $0 == ":" } }
    let isFigure = { (column: Int) in hasRule && rule.indices.contains(column) && rule[column].hasSuffix(":") }
    let cell = { (tag: String, column: Int, text: String) in
      "<\(tag)\(isFigure(column) ? "" : " class=\"words\"")>\(Self.inline(text))</\(tag)>"
    }
    let row = { (tag: String, cells: [String]) in
      "<tr>" + cells.enumerated().map { cell(tag, $0.offset, $0.element) }.joined() + "</tr>\n"
    }
    let head = rows.first.map { "<thead>\(row("th", $0))</thead>\n" } ?? ""
    return """
      <div class="wide"><table class="card">
      <caption>\(XMLText.escaped("\(origin) – \(caption)"))</caption>
      \(head)<tbody>
      \(rows.dropFirst(hasRule ? 2 : 1).map { row("td", $0) }.joined())</tbody></table></div>

      """
  }

  /// The cells of a line between bars; a backslash keeps the letter after it.
  private static func cells(_ line: Substring) -> [String] {
    var cells = [""]
    var isKept = false
    for letter in line.dropFirst() {
      if !isKept, letter == "\\" {
        isKept = true
      } else if !isKept, letter == "|" {
        cells.append("")
      } else {
        cells[cells.count - 1].append(letter)
        isKept = false
      }
    }
    if cells.count > 1, cells.last?.allSatisfy(\.isWhitespace) == true { cells.removeLast() }
    return cells.map { String($0.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed()) }
  }

  /// The words of a line with what is bold, slanted or code; a mark that is never closed stands as it is.
  private static func inline(_ text: String) -> String {
    var html = ""
    var rest = text[...]
    while let mark = rest.firstIndex(where: { $0 == "*" || $0 == "`" }) {
      html += XMLText.escaped(String(rest[..<mark]))
      rest = rest[mark...]
      let (fence, tag) = rest.first == "`" ? ("`", "code") : rest.hasPrefix("**") ? ("**", "b") : ("*", "em")
      let inner = rest.dropFirst(fence.count)
      if let end = inner.ranges(of: fence).first?.lowerBound, end > inner.startIndex {
        html += "<\(tag)>\(XMLText.escaped(String(inner[..<end])))</\(tag)>"
        rest = inner[end...].dropFirst(fence.count)
      } else {
        html += fence
        rest = inner
      }
    }
    return html + XMLText.escaped(String(rest))
  }
}
