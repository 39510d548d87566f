import Foundation
import Markets
import Testing
import Validation

@Suite("The evaluation as JSON")
struct EvaluationJSONTests {
  private func encoder() -> JSONEncoder {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .prettyPrinted]
    return encoder
  }

  private func report() throws -> EvaluationReport {
    let period = try SimulatedPeriod(seed: 1, days: 4, rowsPerDay: 12)
    return try Evaluation(
      rows: period.rows, model: Scorer(name: "model", predictions: .probabilities(period.fair)),
      baselines: [Scorer(name: "depth", predictions: .ranks(period.noisy))],
      referenceRates: ReferenceRates(overall: ByPopulation(onset: 0.05, state: 0.1)),
      settings: EvaluationSettings(
        episodes: EpisodeDefinition(horizon: .hours(2)), provenance: .simulated,
        bootstrap: DayBlockBootstrap(resamples: 10, seed: 1))
    ).report()
  }

  @Test("A card of a scorer that only ranks has every key, with null where undefined")
  func golden() throws {
    let rows = try ScoredRows(
      predictions: .ranks([4, 3, 2, 1]), outcomes: [true, false, true, false], days: [0, 0, 1, 1])
    let card = try ScoreCard(of: rows, referenceRate: 0.5, bootstrap: DayBlockBootstrap(resamples: 40))
    let undefined = #"{"high":null,"low":null,"value":null}"#
    let encoder = encoder()
    encoder.outputFormatting = .sortedKeys
    // Both days have a positive above a negative: a resample of one day twice is ranked perfectly.
    #expect(
      String(decoding: try encoder.encode(card), as: UTF8.self) == """
        {"averagePrecision":{"high":1,"low":0.8333333333333333,"value":0.8333333333333333},"brier":null,\
        "brierSkill":\(undefined),"calibrationIntercept":\(undefined),"calibrationSlope":\(undefined),\
        "episodes":[],"logLoss":\(undefined),"observedToExpected":\(undefined),"reliability":null,\
        "rocArea":{"high":1,"low":0.75,"value":0.75}}
        """)
  }

  @Test("Evidence, budgets and alerts have their documented shape")
  func parts() throws {
    let encoder = encoder()
    encoder.outputFormatting = .sortedKeys
    func text(_ value: some Encodable) throws -> String { String(decoding: try encoder.encode(value), as: UTF8.self) }
    #expect(
      try text(Evidence(positives: 120, episodes: 12, days: 40))
        == #"{"days":40,"episodes":12,"positives":120,"reasons":["12 of 30 episodes"],"#
        + #""verdict":"INSUFFICIENT EVIDENCE"}"#)
    #expect(try text(AlertBudget.shareOfTime(0.05)) == #"{"kind":"shareOfTime","limit":0.05}"#)
    let alerts = try EpisodeReport(
      rows: [], scores: [], population: .onset, definition: EpisodeDefinition(horizon: .hours(2)),
      budget: .threshold(0.5))
    #expect(
      try text(alerts)
        == #"{"budget":{"kind":"threshold","limit":0.5},"episodes":0,"falseAlarms":0,"#
        + #""falseAlarmsPerMarketDay":null,"hits":0,"leadTimes":null,"recall":null,"shareOfTimeInAlert":null,"#
        + #""threshold":0.5,"unknownOnsets":0}"#)
  }

  @Test("The report has the documented paths")
  func shape() throws {
    let object = try JSONSerialization.jsonObject(with: encoder().encode(try report()))
    let top = try #require(object as? [String: Any])
    #expect(Set(top.keys) == ["provenance", "bootstrap", "episodeDefinition", "overall", "markets"])
    #expect(top["provenance"] as? String == "SIMULATED")
    let markets = try #require(top["markets"] as? [String: Any])
    #expect(Set(markets.keys) == ["ETHUSDT", "XRPUSDT"])
    for section in try [top["overall"], markets["ETHUSDT"]].map({ try #require($0 as? [String: Any]) }) {
      for population in ["onset", "state"] {
        let scores = try #require(section[population] as? [String: Any])
        #expect(scores["rows"] is Int && scores["positives"] is Int && scores["prevalence"] is Double)
        #expect(scores["episodes"] is [String: Any])
        let baselines = try #require(scores["baselines"] as? [String: Any])
        for card in try [scores["model"], baselines["depth"]].map({ try #require($0 as? [String: Any]) }) {
          for metric in Metric.allCases {
            let estimate = try #require(card[metric.rawValue] as? [String: Any])
            #expect(Set(estimate.keys) == ["value", "low", "high"])
          }
          #expect((card["episodes"] as? [Any])?.count == AlertBudget.standard.count)
        }
      }
    }
  }

  @Test("A report read back is the report, and writing it again gives the same bytes")
  func roundTrip() throws {
    let report = try report()
    let data = try encoder().encode(report)
    let read = try JSONDecoder().decode(EvaluationReport.self, from: data)
    #expect(read == report)
    #expect(try encoder().encode(read) == data)
  }
}

@Suite("Values by name")
struct NamedValuesTests {
  @Test("They iterate in the order of the names' bytes, the first of equal names kept")
  func order() {
    let values = NamedValues([("b", 1), ("a", 2), ("B", 3), ("b", 4), ("é", 5)])
    #expect(values.names == ["B", "a", "b", "é"])
    #expect(values["b"] == 1 && values["c"] == nil)
  }
}

@Suite("Evidence")
struct EvidenceTests {
  @Test("Exactly the required counts suffice, one fewer of any does not")
  func limits() {
    #expect(Evidence(positives: 100, episodes: 30, days: 15).isSufficient)
    #expect(Evidence(positives: 99, episodes: 30, days: 15).shortages == [.positives(found: 99, required: 100)])
    #expect(Evidence(positives: 100, episodes: 29, days: 15).shortages == [.episodes(found: 29, required: 30)])
    #expect(Evidence(positives: 100, episodes: 30, days: 14).shortages == [.days(found: 14, required: 15)])
    #expect(
      Evidence(positives: 0, episodes: 30, days: 14).description
        == "INSUFFICIENT EVIDENCE (0 of 100 positives, 14 of 15 days)")
  }
}
