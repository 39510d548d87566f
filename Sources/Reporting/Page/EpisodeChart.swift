internal import Backtesting
internal import Markets

/// Depth, probability, margins and losses around one stretch of losses beyond margins.
struct EpisodeChart {
  private let subject: PageSubject
  private let episode: LossEpisode
  private let series: MarketSeries
  private let policies: [Int]
  private let near: [Int]
  private let kept: [Int]

  private static let (strip, gap, stretches, limit) = (78.0, 12.0, 150, 900)

  /// Prepares an episode's picture, or gives nil when no series shows it.
  init?(_ subject: PageSubject, _ episode: LossEpisode) {
    let isShown = { (series: MarketSeries) in series.market == episode.market && series.side == episode.side }
    guard let series = subject.report.series.first(where: isShown) else { return nil }
    self.subject = subject
    self.episode = episode
    self.series = series
    policies = subject.drawnPolicies(of: episode.market.text)
    let horizon = subject.report.setting.horizon
    let margin = max(episode.end - episode.start, horizon + horizon)
    let (from, to) = (episode.start - margin, episode.end + margin)
    let near = series.rows.filter { series.times[$0] >= from && series.times[$0] <= to }
    if near.isEmpty { return nil }
    self.near = near
    let margins = policies.map { policy in near.map { series.margin(policy, $0) } }
    let exceeded = policies.flatMap { series.exceedances(of: $0, in: near) }
    let places = Set(exceeded)
    kept = ThinnedSeries.rows(
      times: near.map { PlotAxis.seconds(series.times[$0]) },
      columns: [near.map { series.losses[$0] }, near.map { series.depths[$0] }, near.map { series.probabilities[$0] }]
        + margins,
      required: near.indices.filter { places.contains(near[$0]) }, stretches: Self.stretches, limit: Self.limit
    ).map { near[$0] }
  }

  /// The picture, or nil when nothing lies around the episode.
  func chart(number: Int) -> PageChart? {
    guard let first = kept.first, let last = kept.last else { return nil }
    let title = """
      \(subject.origin) · \(number). \(episode.market) \(episode.side.rawValue), \(episode.start) to \(episode.end)
      """
    var drawing = PageChart.begin(title)
    let top =
      32 + PlotLegend(entries: entries).draw(left: PageChart.left, top: 38, width: PageChart.plotWidth, &drawing)
    let time = PlotAxis.time(from: series.times[first], to: series.times[last])
    let frames = frames(top: top, time: time)
    shade(frames, time, &drawing)
    for (frame, title) in zip(frames, ["depth, USD", "probability", "% of notional"]) { frame.draw(title, &drawing) }
    let black = SVGDrawing.Stroke(colour: "#333", width: 1.5)
    drawing.path(kept.map { frames[0].point(seconds($0), series.depths[$0]) }, black)
    drawing.path(kept.map { frames[1].point(seconds($0), series.probabilities[$0] ?? .nan) }, black)
    drawLosses(frames[2], &drawing)
    return PageChart(
      name: "episode-\(number)-\(PageChart.fileName(episode.market.text))-\(episode.side.rawValue).svg", title: title,
      note: note, drawing: drawing, height: frames[2].bottom + 26)
  }

  private var entries: [PlotLegend.Entry] {
    let grey = SVGDrawing.Stroke(colour: "#999", width: 1.5)
    return [PlotLegend.Entry(label: "realised loss", stroke: grey)]
      + policies.map {
        PlotLegend.Entry(label: subject.name($0), stroke: PolicyMark($0).stroke, mark: PolicyMark($0))
      }
  }

  private func seconds(_ row: Int) -> Double { PlotAxis.seconds(series.times[row]) }

  private func frames(top: Double, time: PlotAxis) -> [PlotFrame] {
    let figures = kept.flatMap { row in [series.losses[row]] + policies.map { series.margin($0, row) } }
    let highest = figures.compactMap(\.self).filter(\.isFinite).max() ?? 0
    let likeliest = kept.compactMap { series.probabilities[$0] }.filter(\.isFinite).max() ?? 0
    let verticals: [(PlotAxis, Double)] = [
      (.logarithmic(holding: kept.map { series.depths[$0] }) { Self.short($0) }, Self.strip),
      (
        .even(low: 0, high: min(1, max(0.01, likeliest * 1.15))) { "\(Figures.decimal($0 * 100, max(0, $1 - 2))) %" },
        Self.strip
      ),
      (
        .even(low: 0, high: max(1e-4, highest) * 1.05) { "\(Figures.decimal($0 * 100, max(0, $1 - 2))) %" },
        Self.strip * 1.6
      ),
    ]
    var top = top
    return verticals.enumerated().map { index, vertical in
      let frame = PlotFrame(
        left: PageChart.left, top: top, width: PageChart.plotWidth, height: vertical.1,
        horizontal: index == 2 ? time : time.unlabelled, vertical: vertical.0)
      top += vertical.1 + Self.gap
      return frame
    }
  }

  /// The episode itself, in grey behind the lines.
  private func shade(_ frames: [PlotFrame], _ time: PlotAxis, _ drawing: inout SVGDrawing) {
    let from = time.share(PlotAxis.seconds(episode.start))
    let to = time.share(PlotAxis.seconds(episode.end))
    for frame in frames {
      drawing.rectangle(
        x: frame.left + frame.width * from, y: frame.top, width: max(1, frame.width * (to - from)),
        height: frame.height, fill: "#eee")
    }
  }

  private func drawLosses(_ frame: PlotFrame, _ drawing: inout SVGDrawing) {
    let place = { (row: Int, value: Double?) in frame.point(seconds(row), value ?? .nan) }
    drawing.stems(
      kept.filter { (series.losses[$0] ?? 0) > 0 }.map { place($0, series.losses[$0]) }, floor: frame.bottom,
      SVGDrawing.Stroke(colour: "#999", width: 1.5))
    for policy in policies.reversed() {
      drawing.path(kept.map { place($0, series.margin(policy, $0)) }, PolicyMark(policy).stroke)
    }
    for (depth, policy) in policies.enumerated().reversed() {
      for row in series.exceedances(of: policy, in: kept) {
        let point = place(row, series.losses[row])
        PolicyMark(policy).draw(x: point.x, y: point.y, radius: 3 + 1.5 * Double(depth), fill: "none", &drawing)
      }
    }
  }

  private var note: String {
    let thinning = ThinnedSeries.note(
      drawn: kept.count, of: near.count, stretches: Self.stretches, figures: "loss, depth, probability and margin")
    return """
      Grey: the episode. Depth on a logarithmic scale; a shape marks a loss above the margin of the policy it belongs to. \
      \(course)Worst loss \(Figures.percent(episode.worstLoss)) of notional at the headline size. \(thinning)
      """
  }

  /// Depth and probability through the episode in figures.
  private var course: String {
    let inside = near.filter { series.times[$0] >= episode.start && series.times[$0] <= episode.end }
    guard let first = inside.first else { return "" }
    let said = inside.compactMap { series.probabilities[$0] }.filter(\.isFinite).max()
    return """
      At the first loss above a margin the depth is \(Figures.amount(series.depths[first])) USD and the probability \
      \(Figures.percent(series.probabilities[first])); until the last one the least depth is \
      \(Figures.amount(inside.map { series.depths[$0] }.filter(\.isFinite).min())) USD, the highest probability \
      \(Figures.percent(said)).\u{20}
      """
  }

  /// An amount in few letters.
  static func short(_ value: Double) -> String {
    let units: [(Double, String)] = [(1e9, "bn"), (1e6, "M"), (1e3, "k")]
    for (unit, letter) in units where value >= unit {
      let shown = value / unit
      return Figures.decimal(shown, shown.rounded() == shown ? 0 : 1) + letter
    }
    return Figures.decimal(value, value > 0 && value < 1 ? 2 : value.rounded() == value ? 0 : 1)
  }
}
