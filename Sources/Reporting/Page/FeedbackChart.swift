internal import Backtesting
internal import Markets

/// What the worst raises liquidate, whole and guarded: the first round filled, what the cascade adds hollow.
struct FeedbackChart {
  private let subject: PageSubject
  private let raises: [(raise: RaiseReport, figures: FeedbackFigures)]

  private static let (most, left, row, bar) = (10, 250.0, 40.0, 12.0)
  private static let (unguarded, guarded) = (SVGDrawing.orange, SVGDrawing.blue)

  init(_ subject: PageSubject) {
    self.subject = subject
    let known = subject.report.raises.compactMap { raise in raise.feedback.map { (raise: raise, figures: $0) } }
    let forcing = known.filter { $0.figures.unguarded.totalUSD > 0 && $0.figures.unguarded.totalUSD.isFinite }
    raises = Array(
      forcing.enumerated().sorted {
        ($1.element.figures.unguarded.totalUSD, $0.offset) < ($0.element.figures.unguarded.totalUSD, $1.offset)
      }.map(\.element).prefix(Self.most))
  }

  /// The picture, or nil when no raise forces anything.
  func chart() -> PageChart? {
    guard let most = raises.first?.figures.unguarded.totalUSD else { return nil }
    let title = "\(subject.origin) · what the raises that force most liquidate, with and without the guard"
    var drawing = PageChart.begin(title)
    let width = PageChart.width - Self.left - 90
    let axis = PlotAxis.even(low: 0, high: most) { value, _ in EpisodeChart.short(value) }
    legend(&drawing)
    var top = 62.0
    let bottom = top + Self.row * Double(raises.count)
    for mark in axis.marks {
      let x = Self.left + width * axis.share(mark.value)
      drawing.line((x, top - 6), (x, bottom), SVGDrawing.Stroke(colour: "#ddd"))
      drawing.text(mark.label, x: x, y: bottom + 16, SVGDrawing.Lettering(anchor: .middle))
    }
    for (raise, figures) in raises {
      label(raise, top: top, &drawing)
      let place = { (value: Double) in Self.left + width * axis.share(value) }
      let limit = figures.limitUSD <= most ? place(figures.limitUSD) : nil
      bars(figures.unguarded, Self.unguarded, top: top, limit: limit, place, &drawing)
      bars(figures.guarded, Self.guarded, top: top + Self.bar + 3, limit: limit, place, &drawing)
      if let x = limit {
        drawing.line(
          (x, top - 3), (x, top + 2 * Self.bar + 6), SVGDrawing.Stroke(colour: "#000", width: 2, dash: "4 2"))
      }
      top += Self.row
    }
    drawing.text(
      "USD of notional", x: Self.left + width / 2, y: bottom + 34, SVGDrawing.Lettering(anchor: .middle))
    return PageChart(name: "feedback.svg", title: title, note: note, drawing: drawing, height: bottom + 44)
  }

  private func label(_ raise: RaiseReport, top: Double, _ drawing: inout SVGDrawing) {
    let market = raise.market.text.count > 20 ? raise.market.text.prefix(19) + "…" : raise.market.text[...]
    drawing.text(
      "\(market) \(raise.side.rawValue)", x: Self.left - 8, y: top + 10, SVGDrawing.Lettering(anchor: .end))
    drawing.text(
      "\(raise.time)", x: Self.left - 8, y: top + 25, SVGDrawing.Lettering(anchor: .end, colour: "#333"))
  }

  private func bars(
    _ cascade: FeedbackFigures.Cascade, _ colour: String, top: Double, limit: Double?, _ place: (Double) -> Double,
    _ drawing: inout SVGDrawing
  ) {
    let (first, all) = (place(min(cascade.firstRoundUSD, cascade.totalUSD)), place(cascade.totalUSD))
    guard first.isFinite, all.isFinite else { return }
    drawing.rectangle(
      x: Self.left, y: top, width: all - Self.left, height: Self.bar, fill: "#fff", stroke: colour)
    drawing.rectangle(
      x: Self.left, y: top, width: first - Self.left, height: Self.bar, fill: colour, stroke: colour)
    let times = cascade.amplification.map { " ×" + Figures.decimal($0, 2) } ?? ""
    // The words stand beside the bar, and not across the limit's line.
    let end = limit.map { $0 >= all && $0 < all + 40 ? $0 : all } ?? all
    drawing.text(EpisodeChart.short(cascade.totalUSD) + times, x: end + 6, y: top + 10)
  }

  private func legend(_ drawing: inout SVGDrawing) {
    let entries = [(Self.unguarded, "whole raise at once"), (Self.guarded, "with the guard")]
    var x = 10.0
    for (colour, words) in entries {
      drawing.rectangle(x: x, y: 30, width: 16, height: Self.bar, fill: colour, stroke: colour)
      drawing.rectangle(x: x + 16, y: 30, width: 16, height: Self.bar, fill: "#fff", stroke: colour)
      drawing.text("\(words): first round, cascade", x: x + 38, y: 40)
      x += 290
    }
    drawing.line((x + 8, 28), (x + 8, 44), SVGDrawing.Stroke(colour: "#000", width: 2, dash: "4 2"))
    drawing.text("guard's limit", x: x + 16, y: 40)
  }

  private var note: String {
    """
    Upper bar of each pair: the whole raise at once; lower bar: what the guard lets through at once. Filled: accounts that the \
    raise itself puts below their requirement; hollow: those that the price impact adds. The figure is the whole, and how many \
    times the first round it is. \(Figures.count(raises.count)) raises drawn; a limit beyond the longest bar is not.
    """
  }
}
