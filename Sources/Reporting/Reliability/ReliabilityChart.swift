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
    let curve: PrecisionRecallCurve?
    let mark: ScorerMark
  }

  private let report: EvaluationReport
  private let scores: EvaluationReport.Scores
  private let model: String
  private let series: [Series]

  static let (width, side) = (860.0, 330.0)

  /// Creates the picture of all markets' onset rows.
  ///
  /// - Parameters:
  ///   - model: The model's name, for the caption.
  ///   - baselines: Which baselines are shown; names that the report does not have are left out.
  ///   - curves: Curves of the scorers on the same rows, by name; the model's is named `model`.
  public init(
    _ report: EvaluationReport, model: String, baselines: [String], curves: NamedValues<PrecisionRecallCurve>
  ) {
    self.report = report
    self.model = model
    scores = report.overall.onset
    let cards =
      [("model", scores.model)]
      + baselines.compactMap { name in report.overall.onset.baselines[name].map { (name, $0) } }
    series = cards.enumerated().map { position, entry in
      Series(name: entry.0, card: entry.1, curve: curves[entry.0], mark: ScorerMark(position: position))
    }
  }

  /// The picture.
  public func svg() -> String {
    var drawing = SVGDrawing(width: Self.width)
    let top = heading(&drawing) + 14
    ReliabilityPanel(series).draw(&drawing, left: 75, top: top)
    PrecisionRecallPanel(series, prevalence: scores.prevalence).draw(&drawing, left: 510, top: top)
    let bottom = ReliabilityCounts(series).draw(&drawing, top: top + Self.side + 65)
    return drawing.svg(height: bottom)
  }

  /// The caption, the facts and the legend; returns the place of the last line.
  private func heading(_ drawing: inout SVGDrawing) -> Double {
    let title = "\(report.provenance.rawValue) · \(model): all markets, onset rows (not in shortfall at the time)"
    drawing.text(title, x: 15, y: 20, SVGDrawing.Lettering(size: 13, isBold: true))
    let facts = """
      \(Figures.count(scores.rows)) rows, \(Figures.count(scores.positives)) positive \
      (prevalence \(Figures.percent(scores.prevalence))), \(Figures.count(scores.episodes.markets)) episodes on \
      \(Figures.count(scores.days)) days; \(Figures.percent(report.bootstrap.level, 0)) day-block intervals
      """
    let warning = scores.evidence.isSufficient ? [] : ["\(scores.evidence)"]
    var y = 38.0
    for line in [facts] + warning {
      drawing.text(line, x: 15, y: y, SVGDrawing.Lettering(size: 10))
      y += 15
    }
    for series in series {
      drawing.line((15, y - 4), (49, y - 4), series.mark.stroke)
      series.mark.draw(x: 32, y: y - 4, &drawing)
      drawing.text("\(series.name): \(words(series.card))", x: 56, y: y, SVGDrawing.Lettering(size: 10))
      y += 15
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
