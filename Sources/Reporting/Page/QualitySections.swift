internal import Backtesting
internal import Validation

/// How good the probabilities were, and how far the model's inputs drifted.
struct QualitySections {
  private let subject: PageSubject

  private static let noQuality = "the report judges no probabilities."

  init(_ subject: PageSubject) {
    self.subject = subject
  }

  /// Reliability and precision-recall of the model and the strongest baseline, or nil without probabilities.
  func chart() -> PageChart? {
    guard let quality = subject.report.quality else { return nil }
    let curve = NamedValues(quality.precisionRecall.isEmpty ? [] : [("model", quality.precisionRecall)])
    let picture = ReliabilityChart(
      quality.evaluation, model: subject.report.setting.model, baselines: shown(quality.evaluation), points: curve)
    var drawing = PageChart.begin(picture.title)
    let height = picture.panels(&drawing)
    return PageChart(
      name: "reliability.svg", title: picture.title, note: Self.note, drawing: drawing, height: height)
  }

  /// Writes the scores and the picture with its figures.
  func reliability(_ chart: PageChart?, _ page: inout PageMarkup) {
    guard let quality = subject.report.quality else {
      return page.absence("No reliability and no precision-recall: \(Self.noQuality)")
    }
    let scores = quality.evaluation.overall.onset
    page.paragraph(
      """
      What the model said of a depth shortfall before it was known, against what followed: \(Figures.count(scores.rows)) rows whose \
      book was not in shortfall, \(Figures.count(scores.positives)) of them followed by one \
      (\(Figures.percent(scores.prevalence))), in \(Figures.count(scores.episodes.markets)) episodes on \
      \(Figures.count(scores.days)) days; \(Figures.count(scores.censored)) rows of unknown outcome are left out. \
      Evidence: \(scores.evidence). Baselines were fitted once, before the first judged instant.
      """)
    table(of: quality.evaluation, &page)
    if let chart { page.figure(chart) }
    bins(of: scores, shown: shown(quality.evaluation), &page)
  }

  /// Writes how far each input's distribution moved.
  func drift(_ page: inout PageMarkup) {
    guard let quality = subject.report.quality else { return page.absence("No drift: \(Self.noQuality)") }
    if quality.drift.isEmpty {
      return page.absence("No drift: the model has no input, or no row since the first judged instant.")
    }
    let table = DriftTable(quality.drift)
    page.paragraph(table.summary)
    table.write(&page)
    page.paragraph(
      """
      The index is the sum over bins of (share now − share before) × ln(share now / share before), with the bins cut at tenths \
      of the time before the first judged instant; undefined figures are a bin of their own. All markets and sides are taken \
      together. From \(Figures.decimal(StabilityIndex.Level.warningFrom, 2)) on an input is to be looked at, from \
      \(Figures.decimal(StabilityIndex.Level.actionFrom, 2)) on a model should be trained anew on what it is now. The bounds \
      are a rule of thumb: a month of markets differs from the year before it also where nothing is wrong.
      """)
  }

  private func shown(_ evaluation: EvaluationReport) -> [String] {
    evaluation.overall.onset.strongestBaseline.map { [$0] } ?? []
  }

  private func table(of evaluation: EvaluationReport, _ page: inout PageMarkup) {
    let overall = evaluation.overall.onset
    let rows =
      [("all", "model", overall.model)] + overall.baselines.pairs.map { ("all", $0.name, $0.value) }
      + evaluation.markets.pairs.map { ($0.name, "model", $0.value.onset.model) }
    page.table(
      "scores of the probabilities, onset rows",
      [
        "market", "scorer", "average precision", "ROC area", "Brier skill", "log loss", "calibration slope",
        "observed / expected",
      ],
      rows.map { market, scorer, card in
        [.words(market), .words(scorer)]
          + [
            PageWords.decimal(card.averagePrecision, 3), PageWords.decimal(card.rocArea, 3),
            PageWords.decimal(card.brierSkill, 3), PageWords.decimal(card.logLoss, 4),
            PageWords.decimal(card.calibrationSlope, 2), PageWords.decimal(card.observedToExpected, 2),
          ].map { .figure($0) }
      })
  }

  private func bins(of scores: EvaluationReport.Scores, shown: [String], _ page: inout PageMarkup) {
    let cards = [("model", scores.model)] + shown.compactMap { name in scores.baselines[name].map { (name, $0) } }
    let rows = cards.flatMap { name, card -> [[PageMarkup.Cell]] in
      guard let table = card.reliability else { return [] }
      let bins = table.bins.enumerated().map { ("\($0.offset + 1)", $0.element) }
      return (bins + [table.topPercent].compactMap(\.self).map { ("top 1 %", $0) }).map { label, bin in
        [
          .words(name), .words(label), .figure(Figures.percent(bin.lowestProbability)),
          .figure(Figures.percent(bin.highestProbability)), .figure(Figures.percent(bin.meanProbability)),
          .figure(PageWords.percent(bin.observedRate)), .figure(Figures.count(bin.positives)),
          .figure(Figures.count(bin.rows)),
        ]
      }
    }
    if rows.isEmpty { return page.absence("No bins of reliability: no row has a known outcome.") }
    page.table(
      "reliability, rows in bins of equal count",
      ["scorer", "bin", "from", "to", "mean probability", "observed rate", "events", "rows"], rows)
  }

  private static let note = """
    Left: observed rate over mean probability of each bin, on a scale of log-odds; whiskers are 95 % intervals over days, a \
    hollow point lies beyond the scale. Right: the curve of the model; each precision holds from the recall before it to its \
    own. The figures stand in the table below.
    """
}

/// The stability index of each input, month by month.
private struct DriftTable {
  private let months: [String]
  private let inputs: [(name: String, figures: [String: Double])]

  init(_ drift: [DriftFigures]) {
    months = Set(drift.map(\.month)).sorted()
    var order: [String] = []
    var figures: [String: [String: Double]] = [:]
    for entry in drift {
      if figures[entry.input] == nil { order.append(entry.input) }
      figures[entry.input, default: [:]][entry.month] = entry.stabilityIndex
    }
    let named = order.map { ($0, figures[$0] ?? [:]) }
    inputs = named.enumerated().sorted { left, right in
      let (one, other) = (Self.worst(left.element.1), Self.worst(right.element.1))
      return one == other ? left.offset < right.offset : one > other
    }.map { (name: $0.element.0, figures: $0.element.1) }
  }

  private static func worst(_ figures: [String: Double]) -> Double { figures.values.max() ?? -1 }

  /// How many inputs moved how far.
  var summary: String {
    let levels = inputs.map { StabilityIndex.Level(Self.worst($0.figures)) }
    let count = { (level: StabilityIndex.Level) in Figures.count(levels.count { $0 == level }) }
    return """
      Of \(Figures.count(inputs.count)) inputs of the model, by their worst month, \(count(.action)) moved so far that they \
      ask for action, \(count(.warning)) warn and \(count(.stable)) are stable.
      """
  }

  func write(_ page: inout PageMarkup) {
    page.table(
      "population stability index of each input by month, the largest first", ["input"] + months,
      inputs.map { input in
        [.words(input.name)]
          + months.map { month in
            guard let index = input.figures[month] else { return .figure(Figures.absent) }
            let level = StabilityIndex.Level(index)
            let figure = Figures.decimal(index, 3)
            return level == .stable ? .figure(figure) : .marked("\(figure) \(level.rawValue)")
          }
      })
  }
}
