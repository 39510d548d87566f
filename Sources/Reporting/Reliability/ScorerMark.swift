/// How one scorer is told from the others in a picture: by colour, by dash and by the shape of its points.
struct ScorerMark {
  private enum Shape {
    case circle, square, triangle, diamond
  }

  /// The colour of its lines and points.
  let colour: String
  /// The dash of its lines; nil for a solid line.
  let dash: String?
  private let shape: Shape

  private static let all = [
    ScorerMark(colour: SVGDrawing.blue, dash: nil, shape: .circle),
    ScorerMark(colour: SVGDrawing.orange, dash: "6 3", shape: .square),
    ScorerMark(colour: "#009E73", dash: "2 3", shape: .triangle),
    ScorerMark(colour: "#CC79A7", dash: "8 3 2 3", shape: .diamond),
    ScorerMark(colour: "#555555", dash: "1 2", shape: .square),
    ScorerMark(colour: "#E69F00", dash: "10 4", shape: .triangle),
  ]

  /// The mark of a scorer by its position; the model is the first.
  init(position: Int) {
    self = Self.all[position % Self.all.count]
  }

  private init(colour: String, dash: String?, shape: Shape) {
    self.colour = colour
    self.dash = dash
    self.shape = shape
  }

  /// Draws a point; a hollow one says that the figure lies outside the scale.
  func draw(x: Double, y: Double, isHollow: Bool = false, _ drawing: inout SVGDrawing) {
    let fill = isHollow ? "white" : colour
    switch shape {
    case .circle: drawing.circle(x: x, y: y, radius: 3.5, fill: fill, stroke: colour)
    case .square:
      drawing.polygon(
        [(x - 3, y - 3), (x + 3, y - 3), (x + 3, y + 3), (x - 3, y + 3)], fill: fill, stroke: colour)
    case .triangle: drawing.polygon([(x, y - 4), (x + 4, y + 3), (x - 4, y + 3)], fill: fill, stroke: colour)
    case .diamond: drawing.polygon([(x, y - 4), (x + 4, y), (x, y + 4), (x - 4, y)], fill: fill, stroke: colour)
    }
  }

  /// The line between points.
  var stroke: SVGDrawing.Stroke { SVGDrawing.Stroke(colour: colour, width: 1.5, dash: dash) }
}
