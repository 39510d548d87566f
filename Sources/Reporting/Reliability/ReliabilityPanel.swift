internal import Validation

/// Observed rates over mean probabilities, bin by bin, beside the line on which a calibrated scorer lies.
struct ReliabilityPanel {
  private let series: [ReliabilityChart.Series]
  private let scale: ProbabilityScale

  init(_ series: [ReliabilityChart.Series]) {
    self.series = series
    let rates = series.flatMap { Self.bins(of: $0.card) }.flatMap { [$0.meanProbability, $0.observedRate.value] }
    let whiskers = series.prefix(1).flatMap { Self.bins(of: $0.card) }.flatMap {
      [$0.observedRate.low, $0.observedRate.high]
    }
    scale = ProbabilityScale(holding: (rates + whiskers).compactMap(\.self))
  }

  private static func bins(of card: ScoreCard) -> [ReliabilityBin] {
    (card.reliability?.bins ?? []) + [card.reliability?.topPercent].compactMap(\.self)
  }

  func draw(_ drawing: inout SVGDrawing, left: Double, top: Double) {
    let plot = SquarePlot(left: left, top: top)
    plot.frame(
      title: "reliability", horizontal: "mean probability", vertical: "observed rate",
      marks: scale.ticks.map { (scale.share($0), ProbabilityScale.label($0)) }, &drawing)
    drawing.text(
      "ringed: the top 1 % of the rows", x: plot.point(1, 1).x, y: top - 6,
      SVGDrawing.Lettering(anchor: .end, colour: "#555"))
    drawing.line(plot.point(0, 0), plot.point(1, 1), SVGDrawing.Stroke(colour: "#555", dash: "4 4"))
    drawing.text(
      "calibrated", x: plot.point(0.08, 0).x, y: plot.point(0, 0.02).y, SVGDrawing.Lettering(colour: "#555"))
    // The model comes last, over the baselines.
    for (index, series) in series.enumerated().reversed() { draw(series, isModel: index == 0, plot, &drawing) }
  }

  private func draw(
    _ series: ReliabilityChart.Series, isModel: Bool, _ plot: SquarePlot, _ drawing: inout SVGDrawing
  ) {
    let bins = series.card.reliability?.bins ?? []
    drawing.path(bins.compactMap { point($0, plot) }, series.mark.stroke)
    if isModel { for bin in Self.bins(of: series.card) { whisker(bin, series.mark, plot, &drawing) } }
    for bin in Self.bins(of: series.card) {
      guard let rate = bin.observedRate.value, let place = point(bin, plot) else { continue }
      let isInside = scale.holds(rate) && scale.holds(bin.meanProbability)
      series.mark.draw(x: place.x, y: place.y, isHollow: !isInside, &drawing)
    }
    guard let top = series.card.reliability?.topPercent, let place = point(top, plot) else { return }
    drawing.circle(x: place.x, y: place.y, radius: 8, fill: "none", stroke: series.mark.colour)
  }

  private func point(_ bin: ReliabilityBin, _ plot: SquarePlot) -> (x: Double, y: Double)? {
    bin.observedRate.value.map { plot.point(scale.share(bin.meanProbability), scale.share($0)) }
  }

  private func whisker(_ bin: ReliabilityBin, _ mark: ScorerMark, _ plot: SquarePlot, _ drawing: inout SVGDrawing) {
    guard let low = bin.observedRate.low, let high = bin.observedRate.high else { return }
    let x = scale.share(bin.meanProbability)
    drawing.line(
      plot.point(x, scale.share(low)), plot.point(x, scale.share(high)), SVGDrawing.Stroke(colour: mark.colour))
  }
}

/// A square with marks on both sides, into which shares from 0 to 1 are drawn.
struct SquarePlot {
  let left: Double
  let top: Double

  private let side = ReliabilityChart.side

  /// Where a pair of shares stands, upwards and to the right.
  func point(_ x: Double, _ y: Double) -> (x: Double, y: Double) {
    (left + x * side, top + (1 - y) * side)
  }

  /// Draws the square with the same marks on both sides.
  func frame(
    title: String, horizontal: String, vertical: String, marks: [(share: Double, label: String)],
    _ drawing: inout SVGDrawing
  ) {
    drawing.text(title, x: left, y: top - 6, SVGDrawing.Lettering(isBold: true))
    for mark in marks {
      let (x, y) = (point(mark.share, 0).x, point(0, mark.share).y)
      drawing.line((x, top), (x, top + side), SVGDrawing.Stroke(colour: "#ddd"))
      drawing.line((left, y), (left + side, y), SVGDrawing.Stroke(colour: "#ddd"))
      drawing.text(mark.label, x: x, y: top + side + 14, SVGDrawing.Lettering(anchor: .middle))
      drawing.text(mark.label, x: left - 5, y: y + 4, SVGDrawing.Lettering(anchor: .end))
    }
    drawing.rectangle(x: left, y: top, width: side, height: side, fill: "none", stroke: "#999")
    drawing.text(horizontal, x: left + side / 2, y: top + side + 32, SVGDrawing.Lettering(anchor: .middle))
    drawing.verticalText(vertical, x: left - 54, y: top + side / 2)
  }
}
