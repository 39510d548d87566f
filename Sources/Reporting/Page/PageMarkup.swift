/// The page as it is written, piece by piece; what the report says is escaped.
struct PageMarkup {
  /// One figure or word of a table.
  enum Cell {
    case words(String)
    case figure(String)
    /// A figure that must be seen.
    case marked(String)

    fileprivate var isWords: Bool {
      if case .words = self { true } else { false }
    }
  }

  /// As many rows as one printed page holds; longer tables go over from one page to the next.
  private static let mostRowsKeptTogether = 30

  private(set) var text = ""
  /// The word for the data's origin, which stands at every heading and in every caption.
  let origin: String

  /// Opens a section with its heading.
  mutating func section(_ title: String, _ body: (inout PageMarkup) -> Void) {
    text += "<section>\n<h2>\(XMLText.escaped(title)) <span class=\"origin\">\(origin)</span></h2>\n"
    body(&self)
    text += "</section>\n"
  }

  /// Adds a smaller heading.
  mutating func heading(_ title: String) {
    text += "<h3>\(XMLText.escaped(title))</h3>\n"
  }

  /// Adds a paragraph.
  mutating func paragraph(_ words: String) {
    text += "<p>\(XMLText.escaped(words))</p>\n"
  }

  /// Adds what is said where there is nothing to show.
  mutating func absence(_ reason: String) {
    text += "<p class=\"absent\">\(origin) – \(XMLText.escaped(reason))</p>\n"
  }

  /// Adds a list of sentences.
  mutating func list(_ sentences: [String]) {
    text += "<ul>\n" + sentences.map { "<li>\(XMLText.escaped($0))</li>\n" }.joined() + "</ul>\n"
  }

  /// Adds a table under its caption, which begins with the origin of its data.
  mutating func table(_ caption: String, from origin: String? = nil, _ columns: [String], _ rows: [[Cell]]) {
    let origin = origin ?? self.origin
    let kind = rows.count <= Self.mostRowsKeptTogether ? " class=\"short\"" : ""
    text +=
      "<div class=\"wide\"><table\(kind)>\n<caption>\(origin) – \(XMLText.escaped(caption))</caption>\n<thead><tr>"
    for (index, column) in columns.enumerated() {
      let holdsWords = rows.contains { $0.indices.contains(index) && $0[index].isWords }
      text += "<th\(holdsWords ? " class=\"words\"" : "")>\(XMLText.escaped(column))</th>"
    }
    text += "</tr></thead>\n<tbody>\n"
    for row in rows { text += "<tr>" + row.map(Self.cell).joined() + "</tr>\n" }
    text += "</tbody></table></div>\n"
  }

  /// Adds a text in Markdown; what it is of stands in the captions of its tables.
  mutating func markdown(_ markdown: String, of subject: String) {
    text += MarkdownMarkup(origin: origin, subject: subject).html(markdown)
  }

  /// Adds a picture over its note.
  mutating func figure(_ chart: PageChart) {
    text += "<figure>\n\(chart.drawing.inline(height: chart.height, title: chart.title))"
    text += "<figcaption>\(origin) – \(XMLText.escaped(chart.note))</figcaption>\n</figure>\n"
  }

  /// The whole page.
  func document(title: String, summary: String) -> String {
    """
    <!DOCTYPE html>
    <html lang="en">
    <head>
    <meta charset="utf-8"/>
    <meta name="viewport" content="width=device-width, initial-scale=1"/>
    <title>\(XMLText.escaped(title))</title>
    <style>
    \(Self.style)
    </style>
    </head>
    <body>
    <h1>\(XMLText.escaped(title)) <span class="origin">\(origin)</span></h1>
    <p>\(XMLText.escaped(summary))</p>
    \(text)</body>
    </html>

    """
  }

  private static func cell(_ cell: Cell) -> String {
    switch cell {
    case .words(let words): "<td class=\"words\">\(XMLText.escaped(words))</td>"
    case .figure(let figure): "<td>\(XMLText.escaped(figure))</td>"
    case .marked(let figure): "<td class=\"marked\">\(XMLText.escaped(figure))</td>"
    }
  }

  private static let style = """
    body { font: 15px/1.5 sans-serif; color: #000; background: #fff; max-width: 64rem; margin: 2rem auto; padding: 0 1rem; }
    p, li { max-width: 50rem; }
    h1 { font-size: 1.6rem; } h2 { font-size: 1.25rem; border-bottom: 1px solid #777; margin-top: 2.5rem; }
    h3, h4 { font-size: 1rem; margin-bottom: .3rem; }
    .origin { font-size: .75rem; border: 2px solid #000; padding: .05rem .4rem; vertical-align: middle; }
    .wide { overflow-x: auto; }
    table { border-collapse: collapse; font-size: .8rem; margin: 1rem 0; font-variant-numeric: tabular-nums; }
    caption { text-align: left; font-weight: bold; padding-bottom: .3rem; }
    td { white-space: nowrap; } .card td { white-space: normal; overflow-wrap: anywhere; min-width: 4rem; }
    th, td { padding: .2rem .6rem; text-align: right; border-bottom: 1px solid #ddd; vertical-align: top; }
    th { border-bottom: 1px solid #000; vertical-align: bottom; } .words, th:first-child { text-align: left; }
    .marked { font-weight: bold; background: #f3e3b3; }
    figure { margin: 1.2rem 0; } figure svg { width: 100%; height: auto; display: block; }
    figcaption { font-size: .8rem; color: #333; max-width: 60rem; } .absent { color: #333; font-style: italic; }
    @page { size: A4 landscape; margin: 10mm 14mm; }
    @media print {
      body { font-size: 10pt; max-width: none; margin: 0; padding: 0; print-color-adjust: exact; }
      .wide { overflow: visible; } table { font-size: 8pt; } th, td { padding: .1rem .35rem; }
      figure { margin: .4rem 0; } figcaption { font-size: 8pt; line-height: 1.35; max-width: none; } h2 { margin-top: 1.2rem; }
      figure, tr, li, .short { break-inside: avoid; } h2, h3, h4, caption { break-after: avoid; }
      thead { display: table-header-group; }
    }
    """
}
