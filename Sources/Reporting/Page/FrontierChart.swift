internal import Backtesting

/// Shortfall against mean margin as each policy is multiplied by a constant, one line a policy.
struct FrontierChart {
  private let subject: PageSubject

  init(_ subject: PageSubject) {
    self.subject = subject
  }

  /// The picture, or nil when no point has a margin and a shortfall above zero.
  func chart() -> PageChart? {
    let points = subject.report.frontiers.flatMap(\.points).filter(isDrawable)
    if points.isEmpty { return nil }
    let title = "\(subject.origin) · shortfall against mean margin, each policy scaled up and down"
    var drawing = PageChart.begin(title)
    let legend = PlotLegend(entries: entries).draw(
      left: PageChart.left, top: 38, width: PageChart.plotWidth, &drawing)
    let frame = PlotFrame(
      left: PageChart.left, top: 32 + legend, width: PageChart.plotWidth, height: 320,
      horizontal: .logarithmic(holding: points.map(\.meanMargin)) {
        "\(Figures.decimal($0 * 10_000, $0 < 1e-4 ? 2 : $0.isWholeBasisPoints ? 0 : 1)) bp"
      },
      vertical: .logarithmic(holding: points.map(\.shortfallUSD)) { EpisodeChart.short($0) })
    frame.draw("shortfall, USD", &drawing)
    for (index, frontier) in subject.report.frontiers.enumerated().reversed() {
      let mark = mark(of: frontier, at: index)
      drawing.path(frontier.points.filter(isDrawable).map { frame.point($0.meanMargin, $0.shortfallUSD) }, mark.stroke)
      for point in frontier.points where isDrawable(point) && point.scale == 1 {
        let place = frame.point(point.meanMargin, point.shortfallUSD)
        mark.draw(x: place.x, y: place.y, radius: 5, &drawing)
      }
    }
    drawing.text(
      "mean margin, basis points of notional", x: PageChart.left + PageChart.plotWidth / 2, y: frame.bottom + 34,
      SVGDrawing.Lettering(anchor: .middle))
    return PageChart(
      name: "frontier.svg", title: title, note: note, drawing: drawing, height: frame.bottom + 44)
  }

  private func isDrawable(_ point: Frontier.Point) -> Bool { point.meanMargin > 0 && point.shortfallUSD > 0 }

  private func mark(of frontier: Frontier, at index: Int) -> PolicyMark {
    PolicyMark(subject.report.policies.firstIndex { $0.policy == frontier.policy } ?? index)
  }

  private var entries: [PlotLegend.Entry] {
    subject.report.frontiers.enumerated().map { index, frontier in
      let mark = mark(of: frontier, at: index)
      return PlotLegend.Entry(label: frontier.policy, stroke: mark.stroke, mark: mark)
    }
  }

  private var note: String {
    let all = subject.report.frontiers.flatMap(\.points)
    let hidden = all.count - all.filter(isDrawable).count
    let left =
      hidden == 0 ? "" : " \(Figures.count(hidden)) points without shortfall or margin have no place on these scales."
    return """
      Lower and further left is better. The shape stands where the policy is as it is, unscaled. Both scales are \
      logarithmic.\(left)
      """
  }
}

extension Double {
  fileprivate var isWholeBasisPoints: Bool { abs((self * 10_000).rounded() - self * 10_000) < 1e-6 }
}
