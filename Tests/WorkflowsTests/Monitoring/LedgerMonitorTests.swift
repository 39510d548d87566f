import Foundation
import Ledger
import Markets
import ModelStore
import Reporting
import TestRecordings
import Testing
import Validation
import Workflows

@Suite("Monitoring a ledger")
struct LedgerMonitorTests {
  private static let margin = Result { () throws -> [LedgerRecord] in
    let seeded = try SeededLedger(days: 1)
    func record(_ row: Int, _ before: Int, _ after: Int) throws -> LedgerRecord {
      .margin(
        MarginRecord(
          origin: seeded.rows[row].origin, tier: 0, before: try #require(MarginFraction(partsPerMillion: before)),
          after: try #require(MarginFraction(partsPerMillion: after)), reason: "a test", expiry: nil))
    }
    return [try record(0, 10_000, 25_000), try record(40, 25_000, 20_000), try record(60, 20_000, 21_000)]
  }

  /// Settings with one monitor of one market.
  private static func watched(threshold: Double) throws -> LedgerMonitor.Settings {
    let design = MonitorDesign(
      series: .calibrationResidual, method: .cumulativeSum(slack: 0.1), center: 0, deviation: 1, threshold: threshold)
    var settings = LedgerMonitor.Settings()
    settings.monitors = DriftPlan(
      provenance: .simulated, averageRunLength: 1_000, dependence: .days, missTarget: 0.1,
      entries: [
        DriftPlan.Entry(market: try #require(MarketName("SIM-A")), monitors: [try #require(design)])
      ])
    return settings
  }

  private static let seeded = Result { try SeededLedger(days: 40, challenger: .better) }
  private static let report = Result {
    try LedgerMonitor(try seeded.get().file(try margin.get()), watched(threshold: 4)).report()
  }

  @Test("its scores are those of the same rows judged without a ledger")
  func scores() throws {
    let report = try Self.report.get()
    let rows = try Self.seeded.get().rows.filter { !$0.isWarming }
    let rates = ByPopulation(onset: 0.1, state: 0.12)
    let expected = try Evaluation(
      rows: rows.map {
        EvaluationRow(
          market: $0.origin.market, side: $0.origin.side, time: $0.origin.time, outcome: $0.outcome,
          inShortfall: false)
      }, model: Scorer(name: "other", predictions: .probabilities(rows.map(\.probability))), baselines: [],
      referenceRates: ReferenceRates(overall: rates),
      settings: EvaluationSettings(
        episodes: EpisodeDefinition(horizon: .hours(1)), provenance: .simulated)
    ).report()
    #expect(report.evaluation == expected)
    #expect(report.provenance == .simulated)
    #expect(report.alerts.rows == rows.count { $0.probability >= 0.15 })
  }

  @Test("rows that warm up, wait or are censored are counted and not judged")
  func counts() throws {
    let seeded = try SeededLedger(days: 2)
    let censored = LedgerRecord.outcome(
      OutcomeRecord(
        origin: seeded.rows[100].origin, maturedAt: seeded.rows[110].origin.time, shortfall: .censored("gap"),
        losses: []))
    let report = try LedgerMonitor(try seeded.file([censored])).report()
    #expect(report.counts.rows == 2 * 48 * 4)
    #expect(report.counts.warming == 12 * 4)
    #expect(report.counts.pending == 4 * 4)
    #expect(report.counts.censored.pairs.map(\.name) == ["gap"])
    #expect(report.counts.censored["gap"] == 1)
    #expect(report.counts.matured == 2 * 48 * 4 - 4 * 4 - 1)
    #expect(report.evaluation.overall.state.rows == report.counts.matured - 12 * 4)
    let split = report.interventions
    #expect(split.with.rows + split.without.rows == report.evaluation.overall.onset.rows)
    #expect(split.with.rows > 0)
    #expect(!report.evaluation.overall.onset.evidence.isSufficient)
    #expect(report.limits.allSatisfy { $0.state == .undecided })
  }

  @Test("coverage counts every loss once, and its test only horizons that do not overlap")
  func coverage() throws {
    let report = try Self.report.get()
    let rows = try Self.seeded.get().rows.filter { !$0.isWarming && $0.outcome != nil }
    let own = report.coverage.filter { $0.role == "champion" }
    #expect(own.map(\.score.forecaster) == ["fixed", "adapted"])
    for (figures, bound) in zip(own, [0.008, 0.009]) {
      #expect(figures.score.rows == rows.count)
      let share = Double(rows.count { $0.loss <= bound }) / Double(rows.count)
      #expect(abs(try #require(figures.score.coverage.value) - share) < 1e-12)
      // Books come each half hour and the horizon is an hour: every second row is a trial.
      #expect(figures.trials == rows.count / 2)
      let trials = rows.filter { ($0.origin.time - SeededLedger.start).nanoseconds % 3_600_000_000_000 == 0 }
      #expect(figures.exceedances == trials.count { $0.loss > bound })
    }
    // Twice as many losses above the fixed quantile as promised; the adapted one keeps its promise.
    #expect(try #require(own[0].kupiec.pValue) < 0.01)
    #expect(try #require(own[1].kupiec.pValue) > 0.01)
    #expect(report.limits.first { $0.name.hasPrefix("coverage") }?.state == .kept)
  }

  @Test("coverage is told for each market, and a bad one does not hide behind the others")
  func coverageByMarket() throws {
    let report = try Self.report.get()
    #expect(report.coverageByMarket.pairs.map(\.name) == ["SIM-A", "SIM-B"])
    let rows = try Self.seeded.get().rows.filter { !$0.isWarming && $0.outcome != nil }
    for (name, figures) in report.coverageByMarket.pairs {
      let own = rows.filter { $0.origin.market.text == name }
      #expect(figures.map(\.score.forecaster) == ["fixed", "adapted", "fixed"])
      #expect(figures[0].score.rows == own.count)
      let share = Double(own.count { $0.loss <= 0.008 }) / Double(own.count)
      #expect(abs(try #require(figures[0].score.coverage.value) - share) < 1e-12)
      #expect(figures[0].trials == own.count / 2)
    }
    let limit = try #require(report.limits.first { $0.name == "coverage at 90.0 %, adapted, each market" })
    #expect(limit.state == .kept && limit.reason.contains("for the worst of 2"))
    // One market's losses are half as large again, the other's half as large: together they are covered as promised.
    let lopsided = try LedgerMonitor(try SeededLedger(days: 40, lossFactors: [1.3, 0.5]).file()).report()
    let states = Dictionary(uniqueKeysWithValues: lopsided.limits.map { ($0.name, $0) })
    let worst = try #require(states["coverage at 90.0 %, adapted, each market"])
    #expect(worst.state == .broken && worst.reason.hasPrefix("SIM-A:"))
    let text = MonitorText(lopsided).text()
    #expect(text.contains("SIM-B ") && text.contains("all markets  champion"))
  }

  @Test("a better challenger is promoted, a worse one is not, and a young one has to wait")
  func challenger() throws {
    let better = try #require(try Self.report.get().challenger)
    #expect(better.verdict == .promote)
    #expect(better.gate.skill > 0.1)
    #expect(better.digest == "bb" && better.championDigest == "aa")
    #expect(better.quantiles.map(\.forecaster) == ["champion", "challenger"])
    let worse = try LedgerMonitor(try SeededLedger(days: 40, challenger: .worse).file()).report().challenger
    #expect(worse?.verdict == .keep)
    let young = try LedgerMonitor(try SeededLedger(days: 3, challenger: .better).file()).report().challenger
    #expect(young?.verdict == .insufficientEvidence)
    #expect(young?.reason.contains("3 of 15 days") == true)
  }

  @Test("probabilities that move break the limit, and so does calibration that is lost")
  func drift() throws {
    let report = try LedgerMonitor(try SeededLedger(days: 40, driftAt: 21).file()).report()
    #expect(report.drift.periods.count == 6)
    #expect(report.drift.periods.map(\.level) == [nil, "stable", "stable", "action", "action", "action"])
    let settings = try Self.watched(threshold: 30)
    let watch = try LedgerMonitor(try SeededLedger(days: 40, driftAt: 21).file(), settings).report()
    let signals = try #require(watch.monitors).signals
    let change = SeededLedger.start + .days(21)
    #expect(!signals.isEmpty)
    #expect(signals.allSatisfy { $0.time > change && $0.said.signal.direction == .fall })
    #expect(try #require(signals.first).time < change + .days(4))
    #expect(watch.limits.last?.state == .broken)
    let states = Dictionary(uniqueKeysWithValues: report.limits.map { ($0.name, $0.state) })
    #expect(states["drift of the probabilities"] == .broken)
    #expect(states["calibration"] == .broken)
  }

  @Test("margins are counted by market")
  func margins() throws {
    let margins = try Self.report.get().margins
    #expect(margins.map(\.market.text) == ["SIM-A", "SIM-B"])
    #expect(margins.map(\.changes) == [3, 0])
    #expect(margins[0].raises == 2)
    #expect(margins[0].largestRaise == 2.5)
    #expect(abs(margins[0].changesPerDay - 3.0 / 40) < 1e-12)
  }

  @Test("a window without a prediction is a failure that names the file")
  func empty() throws {
    var settings = LedgerMonitor.Settings()
    settings.window = LedgerWindow(from: SeededLedger.start + .days(100))
    let ledger = try SeededLedger(days: 1).file()
    #expect(throws: MonitorFailure.nothingSaid(path: ledger.path)) { try LedgerMonitor(ledger, settings) }
  }

  @Test("everything pending is a report without figures, not a failure")
  func nothingMatured() throws {
    let seeded = try SeededLedger(days: 1)
    let origins = seeded.records.filter { if case .outcome = $0 { false } else { true } }
    let path = Scratch.path("pending.sqlite")
    try Ledger(path, for: .writing).write(origins)
    let report = try LedgerMonitor(try Ledger(path, for: .reading)).report()
    #expect(report.counts.matured == 0)
    #expect(report.evaluation.overall.state.model.logLoss.value == nil)
    #expect(report.coverage.isEmpty)
    #expect(MonitorText(report).text().contains("INSUFFICIENT EVIDENCE"))
  }

  @Test("every table says whether the markets were simulated, and how much there is to judge by")
  func text() throws {
    let simulated = MonitorText(try Self.report.get()).text()
    #expect(simulated.split(separator: "SIMULATED · ").count == 10)
    #expect(!simulated.contains("REAL"))
    #expect(simulated.contains("verdict: promote the challenger"))
    let young = MonitorText(try LedgerMonitor(try SeededLedger(days: 3, challenger: .worse).file()).report()).text()
    #expect(young.split(separator: "INSUFFICIENT EVIDENCE").count >= 4)
    for part in ["all markets: INSUFFICIENT EVIDENCE", "SIM-A: INSUFFICIENT EVIDENCE", "SIM-B: INSUFFICIENT EVIDENCE"] {
      #expect(young.split(separator: part).count == 4, "\(part)")
    }
    #expect(!simulated.contains("INSUFFICIENT"))
    #expect(simulated.contains(#/champion model +aa +/#) && simulated.contains(#/challenger model +bb +/#))
    let markdown = MonitorText(try Self.report.get(), style: .markdown).text()
    #expect(markdown.hasPrefix("**SIMULATED · "))
  }

  @Test("every key of the JSON is documented, and every documented key is there")
  func keys() throws {
    let json = try StableJSON.text(of: Self.report.get())
    let present = Self.paths(of: try JSONSerialization.jsonObject(with: Data(json.utf8)))
    let document = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent().appending(path: "docs/monitor-json.md")
    #expect(Self.documented(try String(contentsOf: document, encoding: .utf8)) == present)
  }

  /// Every key path of a JSON value, lists entered by `[]`; estimates and what other documents describe are values.
  private static func paths(of value: Any, at path: String = "") -> Set<String> {
    let elsewhere = [
      "evaluation", "alerts.overall", "alerts.markets", "coverageByMarket", "challenger.scores", "counts.censored",
    ]
    if elsewhere.contains(path) { return [] }
    if let list = value as? [Any] {
      return list.reduce(into: []) { $0.formUnion(paths(of: $1, at: path + "[]")) }
    }
    guard let object = value as? [String: Any], Set(object.keys) != ["value", "low", "high"] else { return [] }
    return object.reduce(into: []) { found, entry in
      let key = path.isEmpty ? entry.key : "\(path).\(entry.key)"
      found.insert(key)
      found.formUnion(paths(of: entry.value, at: key))
    }
  }

  /// The keys in the first column of the tables of a document.
  private static func documented(_ text: String) -> Set<String> {
    let rows = text.split(separator: "\n").filter { $0.hasPrefix("| `") }
    return Set(
      rows.flatMap { row in
        row.split(separator: "|")[0].split(separator: ",").map {
          $0.trimmingCharacters(in: CharacterSet(charactersIn: " `"))
        }
      })
  }
}
