internal import GRDB
public import Markets
internal import Synchronization

extension Ledger {
  /// Writes records in one transaction, which is on disk when this returns.
  ///
  /// A record whose row is there already replaces it. An outcome of an origin that is not there (it was removed with its
  /// time, or the ledger was begun after it) is passed over.
  ///
  /// - Throws: `LedgerFailure`; then none of the records was written.
  public func write(_ records: [LedgerRecord]) throws(LedgerFailure) {
    do {
      try database.write { database in
        try numbers.withLock { numbers in
          do {
            for record in records { try RecordWriting(database).write(record, &numbers) }
          } catch {
            // Numbers of the transaction that is rolled back mean nothing.
            numbers = LedgerNumbers()
            throw error
          }
        }
      }
    } catch {
      throw LedgerFailure(path, of: error)
    }
  }

  /// Removes all that belongs to instants before `time`; the file keeps its size and uses the space again.
  public func prune(before time: Timestamp) throws(LedgerFailure) {
    do {
      try database.write { database in
        for table in ["origins", "margins"] {
          try database.execute(sql: "DELETE FROM \(table) WHERE time < ?", arguments: [time.nanoseconds])
        }
      }
    } catch {
      throw LedgerFailure(path, of: error)
    }
  }
}

/// How each record becomes rows.
private struct RecordWriting {
  private let database: Database

  init(_ database: Database) { self.database = database }

  func write(_ record: LedgerRecord, _ numbers: inout LedgerNumbers) throws {
    switch record {
    case .model(let model): try write(model, &numbers)
    case .origin(let origin): try write(origin, &numbers)
    case .outcome(let outcome): try write(outcome, &numbers)
    case .margin(let margin): try write(margin, &numbers)
    }
  }

  private func write(_ model: ModelRecord, _ numbers: inout LedgerNumbers) throws {
    try run(
      """
      INSERT INTO models (digest, name, information_span, minimum_skill, onset_rate, state_rate) VALUES (?, ?, ?, ?, ?, ?)
      ON CONFLICT (digest) DO NOTHING
      """,
      [
        model.digest, model.name, model.informationSpan.nanoseconds, model.minimumSkill, model.rates.onset,
        model.rates.state,
      ])
    let number = try self.number(ofModel: model.digest, &numbers)
    for (market, rates) in model.marketRates.sorted(by: { $0.key < $1.key }) {
      try run(
        "INSERT OR REPLACE INTO model_rates VALUES (?, ?, ?, ?)",
        [number, try self.number(of: market, &numbers), rates.onset, rates.state])
    }
    // A model that goes on in its role after a restart does not begin anew.
    try run(
      """
      INSERT INTO model_roles (first_line, model, role) SELECT ?, ?, ?
      WHERE (SELECT model FROM model_roles WHERE role = ? ORDER BY id DESC LIMIT 1) IS NOT ?
      """, [model.firstLine, number, model.role.rawValue, model.role.rawValue, number])
  }

  private func write(_ record: OriginRecord, _ numbers: inout LedgerNumbers) throws {
    let market = try number(of: record.origin.market, &numbers)
    let key: [(any DatabaseValueConvertible)?] = [
      record.origin.time.nanoseconds, market, record.origin.side.rawValue,
    ]
    try run(
      """
      INSERT INTO origins VALUES (?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT DO UPDATE SET line = excluded.line, in_shortfall = excluded.in_shortfall, warming = excluded.warming,
        intervention = excluded.intervention
      """, key + [record.line, record.inShortfall, record.isWarming, record.hasIntervention])
    for prediction in record.predictions {
      try run(
        """
        INSERT INTO predictions VALUES (?, ?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT DO UPDATE SET model = excluded.model, probability = excluded.probability, high = excluded.high,
          alert = excluded.alert
        """,
        key + [
          prediction.role.rawValue, try number(ofModel: prediction.model, &numbers), prediction.probability,
          prediction.high, prediction.isAlert,
        ])
      for quantile in prediction.quantiles where quantile.said.isFinite {
        try run(
          "INSERT OR REPLACE INTO quantiles VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
          key + [
            prediction.role.rawValue, quantile.level, quantile.notional, quantile.said,
            quantile.adapted.flatMap { $0.isFinite ? $0 : nil },
          ])
      }
    }
  }

  private func write(_ record: OutcomeRecord, _ numbers: inout LedgerNumbers) throws {
    let market = try number(of: record.origin.market, &numbers)
    let key: [(any DatabaseValueConvertible)?] = [
      record.origin.time.nanoseconds, market, record.origin.side.rawValue,
    ]
    let statement = try database.cachedStatement(
      sql: "SELECT 1 FROM origins WHERE time = ? AND market = ? AND side = ?")
    guard try Int.fetchOne(statement, arguments: StatementArguments(key)) != nil else { return }
    var shortfall: Bool?
    var reason: String?
    switch record.shortfall {
    case .known(let value): shortfall = value
    case .censored(let text): reason = text
    }
    try run(
      """
      INSERT INTO outcomes VALUES (?, ?, ?, ?, ?, ?)
      ON CONFLICT DO UPDATE SET matured = excluded.matured, shortfall = excluded.shortfall, censored = excluded.censored
      """, key + [record.maturedAt.nanoseconds, shortfall, reason])
    for loss in record.losses where loss.loss.isFinite {
      try run("INSERT OR REPLACE INTO losses VALUES (?, ?, ?, ?, ?)", key + [loss.notional, loss.loss])
    }
  }

  private func write(_ record: MarginRecord, _ numbers: inout LedgerNumbers) throws {
    try run(
      "INSERT OR REPLACE INTO margins VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
      [
        record.origin.time.nanoseconds, try number(of: record.origin.market, &numbers), record.origin.side.rawValue,
        record.tier, record.before.partsPerMillion, record.after.partsPerMillion, record.reason,
        record.expiry?.nanoseconds,
      ])
  }

  private func run(_ sql: String, _ arguments: [(any DatabaseValueConvertible)?]) throws {
    try database.cachedStatement(sql: sql).execute(arguments: StatementArguments(arguments))
  }

  private func number(of market: MarketName, _ numbers: inout LedgerNumbers) throws -> Int64 {
    if let known = numbers.markets[market] { return known }
    try run("INSERT INTO markets (name) VALUES (?) ON CONFLICT DO NOTHING", [market.text])
    let number = try Int64.fetchOne(database, sql: "SELECT id FROM markets WHERE name = ?", arguments: [market.text])
    numbers.markets[market] = number
    return number ?? 0
  }

  private func number(ofModel digest: String, _ numbers: inout LedgerNumbers) throws -> Int64 {
    if let known = numbers.models[digest] { return known }
    let number = try Int64.fetchOne(database, sql: "SELECT id FROM models WHERE digest = ?", arguments: [digest])
    guard let number else { throw DatabaseError(message: "nothing is known of the model \(digest)") }
    numbers.models[digest] = number
    return number
  }
}
