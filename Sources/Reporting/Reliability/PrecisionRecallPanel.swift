internal import Backtesting

/// Precision against recall, in the steps whose area is the average precision, over the line of chance.
struct PrecisionRecallPanel {
  private let series: [ReliabilityChart.Series]
  private let prevalence: Double?

  init(_ series: [ReliabilityChart.Series], prevalence: Double?) {
    self.series = series
    self.prevalence = prevalence
  }

  func draw(_ drawing: inout SVGDrawing, left: Double, top: Double) {
    let plot = SquarePlot(left: left, top: top)
    plot.frame(
      title: "precision and recall", horizontal: "recall", vertical: "precision",
      marks: [0, 0.25, 0.5, 0.75, 1].map { ($0, Figures.percent($0, 0)) }, &drawing)
    if let prevalence {
      drawing.line(plot.point(0, prevalence), plot.point(1, prevalence), SVGDrawing.Stroke(colour: "#555", dash: "4 4"))
      let words = "dashed grey: chance, \(Figures.percent(prevalence))"
      drawing.text(words, x: plot.point(1, 1).x, y: top - 6, SVGDrawing.Lettering(anchor: .end, colour: "#555"))
    }
    for series in series.reversed() {
      drawing.path(steps(series.curve).map { plot.point($0.recall, $0.precision) }, series.mark.stroke)
    }
  }

  /// Each point's precision holds from the recall before it to its own.
  private func steps(_ points: [RecallPoint]) -> [(recall: Double, precision: Double)] {
    var steps: [(recall: Double, precision: Double)] = []
    var recall = 0.0
    for point in points {
      steps.append((recall, point.precision))
      steps.append((point.recall, point.precision))
      recall = point.recall
    }
    return steps
  }
}
