/// How one policy is drawn, the same in every picture: a colour, a dash and a shape.
///
/// The colours are those of M. Okabe and K. Ito, "Color universal design", 2008; no two of the first 28 policies share
/// both colour and shape.
struct PolicyMark {
  let colour: String
  let dash: String?
  let width: Double
  private let shape: Int

  private static let looks: [(colour: String, dash: String?)] = [
    ("#0072B2", nil), ("#000000", "7 3"), ("#D55E00", "3 2"), ("#009E73", "9 3 2 3"), ("#CC79A7", "5 2"),
    ("#E69F00", "2 2"), ("#56B4E9", "12 4"),
  ]

  /// Creates the mark of the policy at a place in the report.
  init(_ index: Int) {
    let look = Self.looks[max(0, index) % Self.looks.count]
    colour = look.colour
    dash = look.dash
    width = index < 2 ? 2 : 1.5
    shape = max(0, index) % 4
  }

  /// The policy's line.
  var stroke: SVGDrawing.Stroke { SVGDrawing.Stroke(colour: colour, width: width, dash: dash) }

  /// Draws the policy's shape, hollow.
  func draw(x: Double, y: Double, radius: Double = 4, fill: String = "white", _ drawing: inout SVGDrawing) {
    guard x.isFinite, y.isFinite else { return }
    let r = radius
    switch shape {
    case 0: drawing.circle(x: x, y: y, radius: r, fill: fill, stroke: colour)
    case 1:
      drawing.polygon(
        [(x - r, y - r), (x + r, y - r), (x + r, y + r), (x - r, y + r)], fill: fill, stroke: colour)
    case 2: drawing.polygon([(x, y - r), (x + r, y + r), (x - r, y + r)], fill: fill, stroke: colour)
    default:
      drawing.polygon([(x, y - r), (x + r, y), (x, y + r), (x - r, y)], fill: fill, stroke: colour)
    }
  }
}

/// The lines and shapes of a picture, named.
struct PlotLegend {
  /// One name with its look.
  struct Entry {
    let label: String
    let stroke: SVGDrawing.Stroke
    var mark: PolicyMark?
  }

  let entries: [Entry]

  /// Draws the entries in rows of a width and returns the height they take.
  func draw(left: Double, top: Double, width: Double, _ drawing: inout SVGDrawing) -> Double {
    var x = left
    var y = top
    for entry in entries {
      let label = entry.label.count > 60 ? entry.label.prefix(59) + "…" : entry.label[...]
      let room = 52 + Double(label.count) * 7
      if x > left, x + room > left + width {
        x = left
        y += 17
      }
      drawing.line((x, y - 4), (x + 28, y - 4), entry.stroke)
      entry.mark?.draw(x: x + 14, y: y - 4, &drawing)
      drawing.text(String(label), x: x + 34, y: y)
      x += room
    }
    return y - top + 17
  }
}
