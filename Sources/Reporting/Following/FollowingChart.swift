internal import Markets
public import Validation

/// Coverage of two weeks as time goes on, by the fixed and by the adaptive quantile of each level, as a picture in SVG.
public struct FollowingChart {
  private let report: FollowingReport
  private let subject: String

  private static let strip = 150.0
  private static let fixed = SVGDrawing.Stroke(colour: SVGDrawing.orange, width: 2, dash: "6 3")
  private static let adaptive = SVGDrawing.Stroke(colour: SVGDrawing.blue, width: 2)
  private static let target = SVGDrawing.Stroke(colour: "#000", dash: "2 3")

  /// Creates a picture.
  public init(_ report: FollowingReport, subject: String) {
    self.report = report
    self.subject = subject
  }

  /// The picture, or nil when no day has a coverage.
  public func svg() -> String? {
    let curves = report.rolling.filter { !$0.points.isEmpty }
    if curves.isEmpty { return nil }
    var drawing = PageChart.begin(
      "\(report.provenance.rawValue) · coverage of \(subject), last \(RollingCoverage.window) days, all markets")
    let legend = PlotLegend(entries: [
      PlotLegend.Entry(label: "fixed", stroke: Self.fixed), PlotLegend.Entry(label: "adaptive", stroke: Self.adaptive),
      PlotLegend.Entry(label: "target", stroke: Self.target),
    ]).draw(left: PageChart.left, top: 38, width: PageChart.plotWidth, &drawing)
    var top = 40 + legend
    for curve in curves.reversed() { top = draw(curve, top: top, &drawing) + 44 }
    return drawing.svg(height: top - 14)
  }

  /// Draws a level's strip and returns where it ends.
  private func draw(_ curve: RollingCoverage, top: Double, _ drawing: inout SVGDrawing) -> Double {
    let days = curve.points.map(\.day)
    guard let first = days.first, let last = days.last else { return top }
    let least = curve.points.map { min($0.fixed, $0.adapted) }.min() ?? 0
    let frame = PlotFrame(
      left: PageChart.left, top: top, width: PageChart.plotWidth, height: Self.strip,
      horizontal: .time(from: first, to: last),
      vertical: .even(low: max(0, min(least, curve.level) - (1 - min(least, curve.level)) * 0.1), high: 1) {
        "\(Figures.decimal($0 * 100, max(0, $1 - 2))) %"
      })
    frame.draw("level \(Figures.percent(curve.level, 1))", &drawing)
    drawing.path([first, last].map { frame.point(PlotAxis.seconds($0), curve.level) }, Self.target)
    drawing.path(curve.points.map { frame.point(PlotAxis.seconds($0.day), $0.fixed) }, Self.fixed)
    drawing.path(curve.points.map { frame.point(PlotAxis.seconds($0.day), $0.adapted) }, Self.adaptive)
    return frame.bottom
  }
}
