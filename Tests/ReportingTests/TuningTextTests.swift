import Boosting
import Configuration
import Markets
import ModelStore
import Reporting
import Testing
import Validation

@Suite("A search as text")
struct TuningTextTests {
  private static func trial(_ number: Int, _ losses: [Double], leaves: Int = 4) -> TrialRecord {
    var settings = BoostingConfiguration()
    settings.leaves = leaves
    return TrialRecord(
      number: number, settings: settings,
      losses: FoldLosses(losses: losses, rows: Array([100, 100, 200].prefix(losses.count))),
      trees: losses.indices.map { 50 + $0 }, folds: 3)
  }

  private static let trials = [
    trial(1, [0.20, 0.30, 0.25], leaves: 31), trial(2, [0.19, 0.28, 0.25]), trial(4, [0.30, 0.40], leaves: 2),
    trial(5, [0.21, 0.33, 0.25], leaves: 6),
  ]

  private func text(
    _ trials: [TrialRecord] = trials, provenance: Provenance = .real, positives: Int = 120
  ) throws -> TuningText? {
    let yaml = """
      name: test
      task: {band: 100bp, horizon: 2h, threshold: {relativeToMedian: 0.4}}
      features: {bands: [100bp]}
      validation: {folds: 3}
      gate: {minimumSkill: 0}
      model: {family: boosting, boosting: {leaves: 31, monotone: none}}
      """
    let start = try TrainingConfiguration(yaml: yaml, file: "f.yaml").model.boosting
    let record = SearchRecord(
      name: "books", provenance: provenance, from: .distantPast, to: .distantFuture,
      judged: .init(
        rows: 1_400, evidence: Evidence(positives: positives, episodes: 31, days: 20), folds: 3), trials: trials,
      references: [
        .init(name: "logistic, penalty 10.0", losses: FoldLosses(losses: [0.2, 0.29, 0.25], rows: [100, 100, 200])),
        .init(name: "baseline currentDepth", losses: FoldLosses(losses: [0.4, 0.4, 0.4], rows: [100, 100, 200])),
      ], discardMargin: 0.1, end: .trials)
    return TuningText(record, startingFrom: start)
  }

  @Test("Trials stand by loss among what they must beat, discarded ones last, with the settings that vary")
  func table() throws {
    let lines = try #require(try text()).text().split(separator: "\n", omittingEmptySubsequences: false)
    let first = try #require(lines.firstIndex { $0.hasPrefix("trial ") })
    let rows = lines[(first + 2)...].prefix { !$0.hasPrefix("±") }
    #expect(rows.map { $0.first } == ["2", "l", "1", "5", "b", "4"])
    #expect(lines[first].split(separator: " ").suffix(2) == ["trees", "leaves"])
    #expect(rows.first?.split(separator: " ") == ["2", "0.24250", "0.02646", "−0.00750", "0.00577", "50–52", "4"])
    #expect(rows.last?.hasPrefix("4, discarded after 2") == true)
    #expect(lines.contains { $0.contains("more than 10 % above the best one's: 1 of 4. Repeated draws left out: 1.") })
  }

  @Test("The distance to the start and to what must be beaten is in standard errors of the difference")
  func conclusion() throws {
    let text = try #require(try text()).text()
    #expect(
      text.contains(
        """
        best: trial 2; 0.00750 below the start (1.3 standard errors of the difference); 0.00500 below logistic, penalty 10.0 \
        (1.5 standard errors of the difference); 0.15750 below baseline currentDepth (6.0 standard errors of the difference)
        The least of 3 losses that chance has a part in is flattered: only later books can tell.
        """))
  }

  @Test(
    "Every table says whether its data was real, and too little evidence is said",
    arguments: [Provenance.real, .simulated])
  func provenance(_ provenance: Provenance) throws {
    let word = provenance.rawValue
    let text = try #require(try text(provenance: provenance)).text()
    #expect(text.split(separator: "\n").count { $0.hasPrefix("\(word) · ") } == 3)
    #expect(text.contains("\n# \(word): trial 2"))
    #expect(text.contains("1,400 onset rows, 120 positive, 31 episodes on 20 days, in 3 walk-forward folds"))
    #expect(!text.contains("INSUFFICIENT"))
    let scarce = try #require(try self.text(provenance: provenance, positives: 20)).text()
    #expect(scarce.contains("\nINSUFFICIENT EVIDENCE (20 of 100 positives)\n"))
  }

  @Test("The settings are a section of a configuration, those that are not searched included")
  func settings() throws {
    let settings = try #require(try text()).settings()
    #expect(
      settings.hasPrefix("# REAL: trial 2 of shortfall tune, walk-forward log loss 0.24250 ± 0.02646, 120 of 1,400"))
    #expect(settings.contains("\nmodel:\n  boosting:\n    rounds: 200\n"))
    #expect(settings.contains("\n    leaves: 4\n"))
    #expect(settings.hasSuffix("\n    monotone: none\n"))
    #expect(try #require(try text()).text().hasSuffix(settings))
  }

  @Test("A search whose start is best says so, and one without a complete trial has no text")
  func edges() throws {
    let only = try #require(try text([Self.trial(1, [0.1, 0.1, 0.1])])).text()
    #expect(only.contains("best: trial 1; the start itself; "))
    #expect(!only.contains("flattered"))
    #expect(try text([]) == nil)
    #expect(try text([Self.trial(1, [0.1])]) == nil)
  }

  @Test("Progress says how a trial did and what is best")
  func progress() {
    let best = Self.trials[1]
    #expect(
      TuningText.progress(Self.trials[0], best: best)
        == "trial 1: 0.25000 ± 0.02887, best 0.24250 ± 0.02646 (trial 2)")
    #expect(
      TuningText.progress(Self.trials[2], best: best)
        == "trial 4: discarded after 2 of 3 folds, best 0.24250 ± 0.02646 (trial 2)")
  }
}
