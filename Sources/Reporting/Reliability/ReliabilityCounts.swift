internal import Validation

/// What the reliability panel cannot show: how many rows and events stand behind every point.
struct ReliabilityCounts {
  private let series: [ReliabilityChart.Series]

  private static let (left, blockWidth, blocksInRow, row) = (15.0, 283.0, 3, 15.0)
  private static let columns = [
    ("bin", 0.0), ("mean probability", 118.0), ("observed", 178.0), ("events / rows", 268.0),
  ]

  init(_ series: [ReliabilityChart.Series]) {
    self.series = series
  }

  /// Draws a block for each scorer, three in a row, and returns the place below them.
  func draw(_ drawing: inout SVGDrawing, top: Double) -> Double {
    var (top, bottom) = (top, top)
    for (index, series) in series.enumerated() {
      if index > 0, index % Self.blocksInRow == 0 { top = bottom + 10 }
      let left = Self.left + Double(index % Self.blocksInRow) * Self.blockWidth
      bottom = max(bottom, block(series, left: left, top: top, &drawing))
    }
    return bottom
  }

  private func block(
    _ series: ReliabilityChart.Series, left: Double, top: Double, _ drawing: inout SVGDrawing
  ) -> Double {
    series.mark.draw(x: left + 4, y: top - 4, &drawing)
    drawing.text(series.name, x: left + 14, y: top, SVGDrawing.Lettering(isBold: true))
    guard let table = series.card.reliability else {
      drawing.text("only ranks: says no probabilities", x: left, y: top + Self.row)
      return top + 2 * Self.row
    }
    cells(Self.columns.map(\.0), left: left, y: top + Self.row, colour: "#555", &drawing)
    var y = top + 2 * Self.row
    let bins = table.bins.enumerated().map { ("\($0.offset + 1)", $0.element) }
    for (name, bin) in bins + [table.topPercent].compactMap(\.self).map({ ("top 1 %", $0) }) {
      cells(
        [
          name, Figures.percent(bin.meanProbability), Figures.percent(bin.observedRate.value),
          "\(Figures.count(bin.positives)) / \(Figures.count(bin.rows))",
        ], left: left, y: y, colour: "#000", &drawing)
      y += Self.row
    }
    return y
  }

  private func cells(_ cells: [String], left: Double, y: Double, colour: String, _ drawing: inout SVGDrawing) {
    for (index, cell) in cells.enumerated() {
      drawing.text(
        cell, x: left + Self.columns[index].1, y: y,
        SVGDrawing.Lettering(anchor: index == 0 ? .start : .end, colour: colour))
    }
  }
}
