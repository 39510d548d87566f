/// A self-contained picture in SVG, drawn element by element.
///
/// The colours are told apart by colour-blind readers, and every colour that means something comes with a hatch, a dash, a
/// mark or a sign for print (M. Okabe and K. Ito, "Color universal design", 2008).
struct SVGDrawing {
  /// Where a text stands relative to its point.
  enum Anchor: String {
    case start, middle, end
  }

  /// How a text looks.
  struct Lettering {
    var anchor = Anchor.start
    /// The height of its letters; nil for that of the whole picture.
    var size: Double?
    var isBold = false
    var colour = "#000"
  }

  /// How a line looks.
  struct Stroke {
    var colour = "#999"
    var width = 1.0
    var dash: String?
  }

  private let width: Double
  private let letterSize: Int
  private var body = ""

  /// Creates an empty picture of a width, with letters of a height; its own height is known at the end.
  init(width: Double, letterSize: Int = 11) {
    self.width = width
    self.letterSize = letterSize
  }

  /// Adds a text, whatever its letters.
  mutating func text(_ text: String, x: Double, y: Double, _ lettering: Lettering = Lettering()) {
    var attributes = ""
    if lettering.anchor != .start { attributes += " text-anchor=\"\(lettering.anchor.rawValue)\"" }
    if let size = lettering.size, size != Double(letterSize) { attributes += " font-size=\"\(Self.number(size))\"" }
    if lettering.isBold { attributes += " font-weight=\"bold\"" }
    if lettering.colour != "#000" { attributes += " fill=\"\(lettering.colour)\"" }
    body += "<text x=\"\(Self.number(x))\" y=\"\(Self.number(y))\"\(attributes)>\(XMLText.escaped(text))</text>\n"
  }

  /// Adds a text that is read from below.
  mutating func verticalText(_ text: String, x: Double, y: Double) {
    body += """
      <text transform="translate(\(Self.number(x)),\(Self.number(y))) rotate(-90)" text-anchor="middle">\
      \(XMLText.escaped(text))</text>

      """
  }

  /// Adds a straight line.
  mutating func line(_ from: (x: Double, y: Double), _ to: (x: Double, y: Double), _ stroke: Stroke = Stroke()) {
    body += """
      <line x1="\(Self.number(from.x))" y1="\(Self.number(from.y))" x2="\(Self.number(to.x))" \
      y2="\(Self.number(to.y))" \(attributes(stroke))/>

      """
  }

  /// Adds a line through points; it is broken at those without figures, and a point alone between two of them is not seen.
  mutating func path(_ points: [(x: Double, y: Double)], _ stroke: Stroke) {
    for piece in points.split(whereSeparator: { !$0.x.isFinite || !$0.y.isFinite }) {
      let list = piece.map { "\(Self.number($0.x)),\(Self.number($0.y))" }.joined(separator: " ")
      body += "<polyline points=\"\(list)\" fill=\"none\" \(attributes(stroke))/>\n"
    }
  }

  /// Adds an upright line from the floor to each point, leaving out those without figures.
  mutating func stems(_ points: [(x: Double, y: Double)], floor: Double, _ stroke: Stroke) {
    let points = points.filter { $0.x.isFinite && $0.y.isFinite }
    let strokes = points.map { "M\(Self.number($0.x)) \(Self.number(floor))V\(Self.number($0.y))" }.joined()
    body += "<path d=\"\(strokes)\" fill=\"none\" \(attributes(stroke))/>\n"
  }

  /// Adds a rectangle filled with a colour or a hatch.
  mutating func rectangle(x: Double, y: Double, width: Double, height: Double, fill: String, stroke: String? = nil) {
    let outline = stroke.map { " stroke=\"\($0)\"" } ?? ""
    body += """
      <rect x="\(Self.number(x))" y="\(Self.number(y))" width="\(Self.number(max(0, width)))" \
      height="\(Self.number(height))" fill="\(fill)"\(outline)/>

      """
  }

  /// Adds a closed shape.
  mutating func polygon(_ points: [(x: Double, y: Double)], fill: String, stroke: String) {
    let list = points.map { "\(Self.number($0.x)),\(Self.number($0.y))" }.joined(separator: " ")
    body += "<polygon points=\"\(list)\" fill=\"\(fill)\" stroke=\"\(stroke)\" stroke-width=\"1.5\"/>\n"
  }

  /// Adds a circle.
  mutating func circle(x: Double, y: Double, radius: Double, fill: String, stroke: String) {
    body += """
      <circle cx="\(Self.number(x))" cy="\(Self.number(y))" r="\(Self.number(radius))" fill="\(fill)" \
      stroke="\(stroke)" stroke-width="1.5"/>

      """
  }

  /// The picture with its height.
  func svg(height: Double) -> String {
    """
    <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(Self.number(width)) \(Self.number(height))" \
    font-family="sans-serif" font-size="\(letterSize)">
    <defs><pattern id="lowers" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">\
    <rect width="6" height="6" fill="\(Self.blue)"/><rect width="2" height="6" fill="white"/></pattern></defs>
    <rect width="100%" height="100%" fill="white"/>
    \(body)</svg>

    """
  }

  /// The picture as a part of a page, which names no address and holds no hatch; the title is read aloud.
  func inline(height: Double, title: String) -> String {
    """
    <svg viewBox="0 0 \(Self.number(width)) \(Self.number(height))" role="img" font-family="sans-serif" \
    font-size="\(letterSize)">
    <title>\(XMLText.escaped(title))</title>
    <rect width="100%" height="100%" fill="white"/>
    \(body)</svg>

    """
  }

  /// Lowers the risk, and the sell side.
  static let blue = "#0072B2"
  /// Raises the risk, and the buy side.
  static let orange = "#D55E00"
  /// Blue with a hatch, for areas.
  static let hatchedBlue = "url(#lowers)"

  private func attributes(_ stroke: Stroke) -> String {
    let dash = stroke.dash.map { " stroke-dasharray=\"\($0)\"" } ?? ""
    return "stroke=\"\(stroke.colour)\" stroke-width=\"\(Self.number(stroke.width))\"\(dash)"
  }

  /// A coordinate; what is not finite is drawn at zero.
  private static func number(_ value: Double) -> String {
    value.isFinite ? Figures.decimal(value, 1).replacing("−", with: "-") : "0"
  }
}
