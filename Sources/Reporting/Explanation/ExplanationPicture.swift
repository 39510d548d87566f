/// An explanation as a picture: a bar for each input, and a waterfall for each named snapshot's side.
///
/// What raises the log-odds is solid orange with a plus; what lowers them is hatched blue with a minus.
public struct ExplanationPicture {
  private let report: ExplanationReport

  static let (width, left, right, row) = (860.0, 350.0, 845.0, 18.0)
  private static let (barWidth, barHeight) = (300.0, 12.0)

  /// Creates the picture of a report.
  public init(_ report: ExplanationReport) {
    self.report = report
  }

  /// The picture.
  public func svg() -> String {
    var drawing = SVGDrawing(width: Self.width)
    var top = heading(&drawing)
    top = importance(&drawing, top: top)
    for snapshot in report.snapshots {
      top = WaterfallPanel(snapshot, scale: report.scale).draw(&drawing, top: top)
    }
    return drawing.svg(height: top)
  }

  private func heading(_ drawing: inout SVGDrawing) -> Double {
    drawing.text(report.title, x: 15, y: 20, SVGDrawing.Lettering(size: 13, isBold: true))
    var y = 38.0
    for fact in report.facts {
      drawing.text(fact, x: 15, y: y, SVGDrawing.Lettering(size: 10))
      y += 15
    }
    let swatches = [("raises the log-odds (+)", SVGDrawing.orange), ("lowers them (−)", SVGDrawing.hatchedBlue)]
    for (index, (words, fill)) in swatches.enumerated() {
      let x = 15 + Double(index) * 160
      drawing.rectangle(x: x, y: y - 9, width: 14, height: 10, fill: fill)
      drawing.text(words, x: x + 19, y: y)
    }
    return y + 16
  }

  /// The bars, and the place below them.
  private func importance(_ drawing: inout SVGDrawing, top: Double) -> Double {
    let small = SVGDrawing.Lettering(size: 9, colour: "#555")
    drawing.text("mean |contribution| of each input", x: 15, y: top + 8, SVGDrawing.Lettering(isBold: true))
    drawing.text("mean |contribution| · share", x: Self.left, y: top + 8, small)
    drawing.text(
      "risk as it rises", x: Self.right, y: top + 8, SVGDrawing.Lettering(anchor: .end, size: 9, colour: "#555"))
    let longest = report.importance.reduce(0) { max($0, $1.meanAbsolute) }
    let scale = longest > 0 ? Self.barWidth / longest : 0
    var y = top + 16
    for input in report.importance {
      draw(input, y: y, scale: scale, &drawing)
      y += Self.row
    }
    drawing.line((Self.left, top + 13), (Self.left, y), SVGDrawing.Stroke(colour: "#555"))
    return y + 22
  }

  private func draw(_ input: InputImportance, y: Double, scale: Double, _ drawing: inout SVGDrawing) {
    let raised = input.raising * scale
    let lowered = input.lowering * scale
    drawing.text(input.feature, x: Self.left - 8, y: y + 10, SVGDrawing.Lettering(anchor: .end))
    drawing.rectangle(x: Self.left, y: y, width: raised, height: Self.barHeight, fill: SVGDrawing.orange)
    drawing.rectangle(
      x: Self.left + raised, y: y, width: lowered, height: Self.barHeight, fill: SVGDrawing.hatchedBlue)
    drawing.text(
      "\(Figures.decimal(input.meanAbsolute, 3)) · \(Figures.percent(input.share, 1))",
      x: Self.left + raised + lowered + 6, y: y + 10)
    drawing.text(input.direction.words, x: Self.right, y: y + 10, SVGDrawing.Lettering(anchor: .end))
  }
}
