public import Backtesting
internal import Markets

/// A back-test's report as one page that needs nothing else: no network, no script.
public struct BacktestPage {
  private let subject: PageSubject
  private let margins: [PageChart]
  private let episodes: [PageChart]
  private let frontier: PageChart?
  private let coverage: [PageChart]
  private let feedback: PageChart?
  private let reliability: PageChart?

  private static let mostEpisodes = 12

  /// Prepares the page of a report.
  public init(_ report: BacktestReport) {
    let subject = PageSubject(report: report)
    self.subject = subject
    margins = report.series.enumerated().compactMap { LossChart(subject, $1).chart(number: $0 + 1) }
    episodes = report.episodes.prefix(Self.mostEpisodes).enumerated().compactMap { index, episode in
      EpisodeChart(subject, episode)?.chart(number: index + 1)
    }
    frontier = FrontierChart(subject).chart()
    feedback = FeedbackChart(subject).chart()
    reliability = QualitySections(subject).chart()
    var seen: Set<String> = []
    coverage = report.coverage.map(\.group).filter { seen.insert($0).inserted }.enumerated()
      .compactMap { CoverageChart(subject, group: $1).chart(number: $0 + 1) }
  }

  /// The pictures of the page, each with its file name, such as `margin-1-ETHUSDT-sell.svg`; the names differ.
  public func pictures() -> [(name: String, svg: String)] {
    let single = [frontier, feedback, reliability].compactMap(\.self)
    return (margins + episodes + single + coverage).map { ($0.name, $0.drawing.svg(height: $0.height)) }
  }

  /// The page: HTML that is also well-formed XML, with its style and pictures inside.
  public func html() -> String {
    var page = PageMarkup(origin: subject.origin)
    let tables = PageTables(subject)
    page.section("Verdict", verdict)
    page.section("Setting", setting)
    page.section("Policies", tables.policies)
    page.section("Competitors", tables.comparisons)
    page.section("Tests of coverage", tables.tests)
    page.section("Margins against losses") { page in
      show(margins, or: "No chart of margins against losses: the report has no series with a snapshot.", &page)
    }
    page.section("Worst episodes", worstEpisodes)
    page.section("Shortfall against margin") { page in
      show(
        [frontier].compactMap(\.self), or: "No frontier: no policy had a shortfall above zero at any scale.", &page)
    }
    page.section("Coverage over time") { page in
      show(coverage, or: "No coverage over time: no day had a known loss.", &page)
    }
    page.section("Procyclicality", tables.procyclicality)
    page.section("Response to a step", StepTable(subject).write)
    page.section("Insurance fund", FundTable(subject).write)
    page.section("Raises and liquidity", RaiseTables(subject).liquidity)
    page.section("Feedback of raises") { RaiseTables(subject).feedback(feedback, &$0) }
    page.section("Reliability of the probabilities") { QualitySections(subject).reliability(reliability, &$0) }
    page.section("Drift of the inputs", QualitySections(subject).drift)
    page.section("Model card", card)
    let setting = subject.report.setting
    return page.document(
      title: "Back-test of \(setting.model)",
      summary: subject.report.provenance == .real
        ? "REAL: every market was recorded." : "SIMULATED: at least one market was simulated, not recorded.")
  }

  private func verdict(_ page: inout PageMarkup) {
    let parts = PageVerdict(subject).parts()
    if parts.isEmpty { return page.absence("No verdict: the report names no market that was judged.") }
    for part in parts {
      page.heading(part.title)
      page.list(part.sentences)
    }
  }

  private func setting(_ page: inout PageMarkup) {
    let setting = subject.report.setting
    let sizes = setting.notionals.map { Figures.amount($0) }.joined(separator: ", ")
    page.paragraph(
      """
      Model \(setting.model), \(setting.training); policy \(setting.policy). Judged from \(setting.from) to \
      \(setting.to): \(Figures.count(setting.snapshots)) snapshots, \(Figures.count(setting.known)) of them with a known \
      loss, on \(Figures.count(setting.days)) UTC days. A close-out takes \(setting.horizon); the margin should cover \
      \(Figures.percent(setting.target)) of the losses. Positions of \(sizes.isEmpty ? "no size" : sizes) USD; charts \
      and tables by time show \(Figures.amount(setting.headlineNotional)) USD.
      """)
    if setting.notes.isEmpty {
      page.absence("No notes: the back-test had nothing to say beside its figures.")
    } else {
      page.list(setting.notes)
    }
  }

  private func card(_ page: inout PageMarkup) {
    guard let quality = subject.report.quality, quality.card.contains(where: { !$0.isWhitespace }) else {
      return page.absence("No model card: the report judges no probabilities.")
    }
    page.paragraph("The card of the model that was made on the time before the first judged instant.")
    page.markdown(quality.card, of: "model card")
  }

  private func worstEpisodes(_ page: inout PageMarkup) {
    let count = subject.report.episodes.count
    if count == 0 { return page.absence("No episode: no loss went beyond a margin.") }
    PageTables(subject).episodes(&page)
    if count > Self.mostEpisodes {
      page.paragraph("Drawn are the first \(Self.mostEpisodes) of \(Figures.count(count)) episodes.")
    }
    show(episodes, or: "No chart of an episode: the report has no series around them.", &page)
  }

  private func show(_ charts: [PageChart], or reason: String, _ page: inout PageMarkup) {
    if charts.isEmpty { return page.absence(reason) }
    for chart in charts { page.figure(chart) }
  }
}
