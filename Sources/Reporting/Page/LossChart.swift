internal import Backtesting
internal import Markets

/// Margins of our policies and of the best competitor against the losses that followed, in one market and side.
struct LossChart {
  private let subject: PageSubject
  private let series: MarketSeries
  private let policies: [Int]
  private let kept: [Int]

  private static let (stretches, limit) = (200, 1_500)
  /// More shapes than this are drawn smaller.
  private static let crowd = 100

  init(_ subject: PageSubject, _ series: MarketSeries) {
    self.subject = subject
    self.series = series
    policies = subject.drawnPolicies(of: series.market.text)
    let rows = series.rows
    let margins = policies.map { policy in rows.map { series.margin(policy, $0) } }
    kept = ThinnedSeries.rows(
      times: rows.map { PlotAxis.seconds(series.times[$0]) }, columns: [rows.map { series.losses[$0] }] + margins,
      required: policies.flatMap { series.exceedances(of: $0, in: rows) }, stretches: Self.stretches, limit: Self.limit)
  }

  /// The picture, or nil when the series is empty.
  func chart(number: Int) -> PageChart? {
    guard let first = kept.first, let last = kept.last else { return nil }
    let title = "\(subject.origin) · \(series.market) \(series.side.rawValue): margin against the loss that followed"
    var drawing = PageChart.begin(title)
    let legend = PlotLegend(entries: entries).draw(
      left: PageChart.left, top: 38, width: PageChart.plotWidth, &drawing)
    let figures = kept.flatMap { row in [series.losses[row]] + policies.map { series.margin($0, row) } }
    let highest = figures.compactMap(\.self).filter(\.isFinite).max() ?? 0
    let frame = PlotFrame(
      left: PageChart.left, top: 32 + legend, width: PageChart.plotWidth, height: 168,
      horizontal: .time(from: series.times[first], to: series.times[last]),
      vertical: .even(low: 0, high: max(1e-4, highest) * 1.05) { "\(Figures.decimal($0 * 100, max(0, $1 - 2))) %" })
    frame.draw("% of notional", &drawing)
    draw(kept, frame, &drawing)
    return PageChart(
      name: "margin-\(number)-\(PageChart.fileName(series.market.text))-\(series.side.rawValue).svg", title: title,
      note: note, drawing: drawing, height: frame.bottom + 26)
  }

  private var entries: [PlotLegend.Entry] {
    let loss = PlotLegend.Entry(label: "realised loss", stroke: SVGDrawing.Stroke(colour: "#999", width: 1.5))
    return [loss]
      + policies.map { policy in
        PlotLegend.Entry(
          label: subject.name(policy), stroke: PolicyMark(policy).stroke,
          mark: PolicyMark(policy))
      }
  }

  private func draw(_ rows: [Int], _ frame: PlotFrame, _ drawing: inout SVGDrawing) {
    let place = { (row: Int, value: Double?) in
      frame.point(PlotAxis.seconds(series.times[row]), value ?? .nan)
    }
    drawing.stems(
      rows.filter { (series.losses[$0] ?? 0) > 0 }.map { place($0, series.losses[$0]) }, floor: frame.bottom,
      SVGDrawing.Stroke(colour: "#999"))
    for policy in policies.reversed() {
      drawing.path(rows.map { place($0, series.margin(policy, $0)) }, PolicyMark(policy).stroke)
    }
    for (depth, policy) in policies.enumerated().reversed() {
      let exceeded = series.exceedances(of: policy, in: rows)
      let radius = exceeded.count > Self.crowd ? 2 + Double(depth) : 3 + 1.5 * Double(depth)
      for row in exceeded {
        let point = place(row, series.losses[row])
        PolicyMark(policy).draw(x: point.x, y: point.y, radius: radius, fill: "none", &drawing)
      }
    }
  }

  private var note: String {
    let exceeded = policies.map { policy in
      "\(subject.name(policy)) \(Figures.count(series.exceedances(of: policy, in: series.rows).count))"
    }
    let thinning = ThinnedSeries.note(
      drawn: kept.count, of: series.rows.count, stretches: Self.stretches, figures: "loss and margin")
    return """
      At \(Figures.amount(subject.report.setting.headlineNotional)) USD; margins as asked, not scaled to equal coverage. A loss \
      of zero or below has no line.       A shape marks a \
      loss above the margin of the policy it belongs to: \(exceeded.joined(separator: ", ")). \(thinning)
      """
  }
}
