/// A framed area of a picture with its two axes.
struct PlotFrame {
  let left: Double
  let top: Double
  let width: Double
  let height: Double
  let horizontal: PlotAxis
  let vertical: PlotAxis

  /// Where the frame ends below.
  var bottom: Double { top + height }

  /// Where two figures meet.
  func point(_ x: Double, _ y: Double) -> (x: Double, y: Double) {
    (left + width * horizontal.share(x), bottom - height * vertical.share(y))
  }

  /// Draws the frame, its marks and what its figures are.
  func draw(_ title: String, _ drawing: inout SVGDrawing) {
    for mark in vertical.marks {
      let y = bottom - height * vertical.share(mark.value)
      drawing.line((left, y), (left + width, y), SVGDrawing.Stroke(colour: "#ddd"))
      drawing.text(mark.label, x: left - 6, y: y + 4, SVGDrawing.Lettering(anchor: .end))
    }
    for mark in horizontal.marks {
      let x = left + width * horizontal.share(mark.value)
      drawing.line((x, bottom), (x, bottom + 4), SVGDrawing.Stroke(colour: "#777"))
      if !mark.label.isEmpty {
        // A label at the right end moves in as far as it would be cut off.
        let half = Double(mark.label.count) * 3.6
        drawing.text(
          mark.label, x: min(x, PageChart.width - half), y: bottom + 16, SVGDrawing.Lettering(anchor: .middle))
      }
    }
    drawing.rectangle(x: left, y: top, width: width, height: height, fill: "none", stroke: "#777")
    drawing.verticalText(title, x: 14, y: top + height / 2)
  }
}
