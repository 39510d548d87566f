internal import Ledger
internal import Markets
internal import Reporting
internal import Validation

extension LedgerMonitor {
  func monitoredModels() -> [MonitoredModel] {
    var seen: Set<String> = []
    return models.compactMap { model in
      // A model that came several times is shown once for each role.
      guard seen.insert("\(model.role.rawValue) \(model.digest)").inserted else { return nil }
      let rows = rows.count { row in
        let said = model.role == .champion ? row.champion : row.challenger
        return said.map { digests[$0.model] == model.digest } ?? false
      }
      return MonitoredModel(
        name: model.name, digest: model.digest, role: model.role.rawValue, firstLine: model.firstLine, rows: rows)
    }
  }

  func counts() -> MonitorCounts {
    var matured = 0
    var pending = 0
    var censored: [String: Int] = [:]
    for row in rows {
      switch row.outcome {
      case .known: matured += 1
      case .censored(let reason): censored[reason, default: 0] += 1
      case nil: pending += 1
      }
    }
    return MonitorCounts(
      rows: rows.count, warming: rows.count(where: \.isWarming), matured: matured,
      censored: NamedValues(censored.map { ($0.key, $0.value) }), pending: pending)
  }

  func interventions() -> InterventionSplit {
    func part(_ hasIntervention: Bool) -> InterventionSplit.Part {
      let members = judged.filter {
        $0.hasIntervention == hasIntervention && $0.row.outcome != nil && Population.onset.contains($0.row)
      }
      return InterventionSplit.Part(
        rows: members.count, positives: members.count { $0.row.outcome == true },
        expected: members.reduce(0) { $0 + $1.said.probability })
    }
    return InterventionSplit(with: part(true), without: part(false))
  }

  func alerts() throws -> MonitoredAlerts {
    func report(_ rows: [JudgedRow]) throws -> EpisodeReport {
      do {
        return try EpisodeReport(
          rows: rows.map(\.row), scores: rows.map { $0.said.isAlert ? 1 : 0 }, population: .onset,
          definition: definition, budget: .threshold(1))
      } catch {
        throw EvaluationFailure.unusable("\(error)")
      }
    }
    let markets = Set(judged.map(\.row.market)).sorted()
    return MonitoredAlerts(
      rows: judged.count { $0.said.isAlert && Population.onset.contains($0.row) }, overall: try report(judged),
      markets: NamedValues(
        try markets.map { market in (market.text, try report(judged.filter { $0.row.market == market })) }))
  }

  /// The probabilities of each period against those of the first; periods begin with the UTC day of the first row.
  func drift() -> MonitoredDrift {
    let length = max(1, settings.period.nanoseconds)
    guard let first = judged.first?.row.time else {
      return MonitoredDrift(periodSeconds: settings.period.seconds, periods: [])
    }
    let start = Timestamp(nanoseconds: 0) + .days(Int64(first.day))
    var periods: [(number: Int64, rows: [JudgedRow])] = []
    for row in judged {
      let number = (row.row.time - start).nanoseconds / length
      if periods.last?.number != number { periods.append((number, [])) }
      periods[periods.count - 1].rows.append(row)
    }
    let reference = StabilityIndex(reference: periods[0].rows.map(\.said.probability))
    return MonitoredDrift(
      periodSeconds: settings.period.seconds,
      periods: periods.enumerated().map { position, period in
        Self.figures(
          of: period.rows, from: start + TimeSpan(nanoseconds: period.number * length),
          index: position == 0 ? nil : reference.index(of: period.rows.map(\.said.probability)))
      })
  }

  private static func figures(
    of rows: [JudgedRow], from start: Timestamp, index: Double?
  ) -> MonitoredDrift.Period {
    var losses = 0.0
    var events = 0
    var matured = 0
    for row in rows {
      guard let outcome = row.row.outcome else { continue }
      matured += 1
      events += outcome ? 1 : 0
      losses += ProbabilityLoss.logarithmic(row.said.probability, outcome)
    }
    func mean(_ sum: Double) -> Double? { matured > 0 ? sum / Double(matured) : nil }
    return MonitoredDrift.Period(
      start: start, rows: rows.count, stabilityIndex: index, level: index.map { StabilityIndex.Level($0).rawValue },
      meanProbability: rows.isEmpty ? nil : rows.reduce(0) { $0 + $1.said.probability } / Double(rows.count),
      matured: matured, eventRate: mean(Double(events)), logLoss: mean(losses))
  }

  func marginActivity() -> [MarginActivity] {
    if margins.isEmpty { return [] }
    var days: [MarketName: Set<Int>] = [:]
    for row in rows { days[row.origin.market, default: []].insert(row.origin.time.day) }
    return Set(days.keys).union(margins.map(\.origin.market)).sorted().map { market in
      let own = margins.filter { $0.origin.market == market && $0.before != $0.after }
      let raises = own.filter { $0.after > $0.before }
      let steps = raises.filter { $0.before > .zero }.map { $0.after.fraction / $0.before.fraction }
      let dayCount = max(1, days[market, default: []].union(own.map(\.origin.time.day)).count)
      return MarginActivity(
        market: market, changes: own.count, raises: raises.count,
        changesPerDay: Double(own.count) / Double(dayCount), largestRaise: steps.max())
    }
  }
}
