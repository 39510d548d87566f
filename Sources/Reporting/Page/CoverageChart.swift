internal import Backtesting
internal import Markets

/// Coverage as time goes on, with the fixed and with the adaptive level, for one group.
struct CoverageChart {
  private let subject: PageSubject
  private let group: String
  private let curves: [CoverageCurve]

  init(_ subject: PageSubject, group: String) {
    self.subject = subject
    self.group = group
    let all = subject.report.coverage.filter { $0.group == group }
    let levels = all.filter { $0.name == "fixed" || $0.name == "adaptive" }
    curves = levels.isEmpty ? all : levels
  }

  /// The picture, or nil when no day has a coverage.
  func chart(number: Int) -> PageChart? {
    let days = curves.flatMap(\.points).compactMap { Timestamp($0.day) }
    let values = curves.flatMap(\.points).flatMap { [$0.rolling, $0.cumulative] }.compactMap(\.self)
    guard let first = days.min(), let last = days.max(), let least = values.filter(\.isFinite).min() else { return nil }
    let title = "\(subject.origin) · \(group): coverage over time, \(curves.map(\.name).joined(separator: " against "))"
    var drawing = PageChart.begin(title)
    let legend = PlotLegend(entries: entries).draw(
      left: PageChart.left, top: 38, width: PageChart.plotWidth, &drawing)
    let target = subject.report.setting.target
    let frame = PlotFrame(
      left: PageChart.left, top: 32 + legend, width: PageChart.plotWidth, height: 168,
      horizontal: .time(from: first, to: last),
      vertical: .even(low: max(0, min(least, target) - (1 - min(least, target)) * 0.1), high: 1) {
        "\(Figures.decimal($0 * 100, max(0, $1 - 2))) %"
      })
    frame.draw("coverage", &drawing)
    drawing.path(
      [first, last].map { frame.point(PlotAxis.seconds($0), target) }, Self.targetStroke)
    for (index, curve) in curves.enumerated().reversed() {
      draw(curve, { $0.cumulative }, Self.cumulative(index), frame, &drawing)
      draw(curve, { $0.rolling }, Self.rolling(index), frame, &drawing)
    }
    return PageChart(
      name: "coverage-\(number)-\(PageChart.fileName(group)).svg", title: title,
      note: "Rolling: the last 14 days. Days without a known loss have no point.", drawing: drawing,
      height: frame.bottom + 26)
  }

  private func draw(
    _ curve: CoverageCurve, _ value: (CoverageCurve.Point) -> Double?, _ stroke: SVGDrawing.Stroke, _ frame: PlotFrame,
    _ drawing: inout SVGDrawing
  ) {
    drawing.path(
      curve.points.compactMap { point in
        guard let day = Timestamp(point.day), let value = value(point) else { return nil }
        return frame.point(PlotAxis.seconds(day), value)
      }, stroke)
  }

  private static let targetStroke = SVGDrawing.Stroke(colour: "#000", dash: "2 3")

  private static func rolling(_ index: Int) -> SVGDrawing.Stroke {
    SVGDrawing.Stroke(colour: PolicyMark(index == 0 ? 2 : index == 1 ? 0 : index + 1).colour, width: 2)
  }

  private static func cumulative(_ index: Int) -> SVGDrawing.Stroke {
    SVGDrawing.Stroke(colour: rolling(index).colour, width: 1.5, dash: index == 0 ? "7 3" : "2 2")
  }

  private var entries: [PlotLegend.Entry] {
    let target = PlotLegend.Entry(
      label: "target \(Figures.percent(subject.report.setting.target))", stroke: Self.targetStroke)
    return curves.enumerated().flatMap { index, curve in
      [
        PlotLegend.Entry(label: "\(curve.name), rolling", stroke: Self.rolling(index)),
        PlotLegend.Entry(label: "\(curve.name), since the start", stroke: Self.cumulative(index)),
      ]
    } + [target]
  }
}
