internal import Backtesting
internal import Markets
public import Validation

/// How far a model and some baselines can be believed: what they said against what happened, and precision against recall.
///
/// The reliability panel shows each bin's observed rate over its mean probability, both on a scale of log-odds, so that
/// rare events have room; whiskers are the model's intervals, a hollow point at an edge is a rate beyond the scale, and a
/// ring is the hundredth of the rows with the highest probabilities. The counts of every bin stand below.
public struct ReliabilityChart {
  /// One scorer's figures.
  struct Series {
    let name: String
    let card: ScoreCard
    /// Points of precision and recall, recall rising; empty where no curve is shown.
    let curve: [RecallPoint]
    let mark: ScorerMark
  }

  private let report: EvaluationReport
  private let scores: EvaluationReport.Scores
  private let model: String
  private let series: [Series]

  static let (width, side) = (PageChart.width, 330.0)

  /// Creates the picture of all markets' onset rows.
  ///
  /// - Parameters:
  ///   - model: The model's name, for the caption.
  ///   - baselines: Which baselines are shown; names that the report does not have are left out.
  ///   - curves: Curves of the scorers on the same rows, by name; the model's is named `model`.
  public init(
    _ report: EvaluationReport, model: String, baselines: [String], curves: NamedValues<PrecisionRecallCurve>
  ) {
    let points = curves.pairs.map { name, curve in
      (name, curve.points.map { RecallPoint(recall: $0.recall, precision: $0.precision) })
    }
    self.init(report, model: model, baselines: baselines, points: NamedValues(points))
  }

  /// Creates the picture from points of the curves, recall rising.
  init(_ report: EvaluationReport, model: String, baselines: [String], points: NamedValues<[RecallPoint]>) {
    self.report = report
    self.model = model
    scores = report.overall.onset
    let cards =
      [("model", scores.model)]
      + baselines.compactMap { name in report.overall.onset.baselines[name].map { (name, $0) } }
    series = cards.enumerated().map { position, entry in
      Series(name: entry.0, card: entry.1, curve: points[entry.0] ?? [], mark: ScorerMark(position: position))
    }
  }

  /// The picture.
  public func svg() -> String {
    var drawing = PageChart.begin(title)
    let bottom = ReliabilityCounts(series).draw(&drawing, top: panels(&drawing) + 20)
    return drawing.svg(height: bottom)
  }

  /// What the picture shows.
  var title: String {
    "\(report.provenance.rawValue) · \(model): all markets, onset rows (not in shortfall at the time)"
  }

  /// Draws the legend and both panels and returns the place below them.
  func panels(_ drawing: inout SVGDrawing) -> Double {
    let top = heading(&drawing) + 14
    ReliabilityPanel(series).draw(&drawing, left: 75, top: top)
    PrecisionRecallPanel(series, prevalence: scores.prevalence).draw(&drawing, left: 510, top: top)
    return top + Self.side + 45
  }

  /// The facts and the legend; returns the place of the last line.
  private func heading(_ drawing: inout SVGDrawing) -> Double {
    let facts = """
      \(Figures.count(scores.rows)) rows, \(Figures.count(scores.positives)) positive \
      (prevalence \(Figures.percent(scores.prevalence))), \(Figures.count(scores.episodes.markets)) episodes on \
      \(Figures.count(scores.days)) days; \(Figures.percent(report.bootstrap.level, 0)) day-block intervals
      """
    let warning = scores.evidence.isSufficient ? [] : ["\(scores.evidence)"]
    var y = 38.0
    for line in [facts] + warning {
      drawing.text(line, x: 15, y: y)
      y += 17
    }
    for series in series {
      drawing.line((15, y - 4), (49, y - 4), series.mark.stroke)
      series.mark.draw(x: 32, y: y - 4, &drawing)
      drawing.text("\(series.name): \(words(series.card))", x: 56, y: y)
      y += 17
    }
    return y
  }

  private func words(_ card: ScoreCard) -> String {
    """
    average precision \(interval(card.averagePrecision, 3)), calibration slope \(interval(card.calibrationSlope, 2)), \
    observed to expected \(interval(card.observedToExpected, 2))
    """
  }

  private func interval(_ estimate: Estimate, _ places: Int) -> String {
    let value = Figures.decimal(estimate.value, places)
    guard estimate.low != nil, estimate.high != nil else { return value }
    return "\(value) [\(Figures.decimal(estimate.low, places)), \(Figures.decimal(estimate.high, places))]"
  }
}
