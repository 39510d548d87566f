import Markets
import Testing
import Validation

@Suite("Evidence in rows")
struct RowEvidenceTests {
  @Test("is that of an evaluation of the same rows")
  func agrees() throws {
    let period = try SimulatedPeriod(seed: 4, days: 9, rowsPerDay: 48)
    let settings = EvaluationSettings(
      episodes: EpisodeDefinition(gap: .hours(1), horizon: .hours(2)), provenance: .simulated,
      bootstrap: DayBlockBootstrap(resamples: 2, seed: 1))
    let report = try Evaluation(
      rows: period.rows, model: Scorer(name: "model", predictions: .probabilities(period.fair)), baselines: [],
      referenceRates: ReferenceRates(overall: ByPopulation(onset: 0.05, state: 0.1)), settings: settings
    ).report()
    let onset = Evidence(in: period.rows, population: .onset, gap: .hours(1))
    #expect(onset == report.overall.onset.evidence)
    #expect(onset.positives > 0 && onset.episodes > 0)
    #expect(Evidence(in: period.rows, population: .state, gap: .hours(1)) == report.overall.state.evidence)
  }

  @Test("counts positive rows closer than the gap once, and leaves out what is in shortfall or censored")
  func counted() throws {
    // Ten minutes apart: two runs of onset positives, one row that is in shortfall already, two that are censored.
    let rows = try rows("..++.+...?+#!")
    #expect(
      Evidence(in: rows, population: .onset, gap: .minutes(30)) == Evidence(positives: 4, episodes: 2, days: 1))
    #expect(Evidence(in: [], population: .onset, gap: .hours(1)) == Evidence(positives: 0, episodes: 0, days: 0))
  }
}
