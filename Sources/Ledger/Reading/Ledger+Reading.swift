internal import GRDB
internal import Markets

extension Ledger {
  /// Every model that spoke, in the order in which they came.
  public func models() throws(LedgerFailure) -> [ModelRecord] {
    try read { database in
      let markets = try Self.marketNames(database)
      var rates: [Int64: [MarketName: ModelRecord.Rates]] = [:]
      for row in try Row.fetchAll(database, sql: "SELECT model, market, onset_rate, state_rate FROM model_rates") {
        guard let market = markets[try row.value(1)] else { continue }
        rates[try row.value(0), default: [:]][market] = ModelRecord.Rates(
          onset: try row.value(2), state: try row.value(3))
      }
      let rows = try Row.fetchAll(
        database,
        sql: """
          SELECT m.id, digest, name, role, first_line, information_span, minimum_skill, onset_rate, state_rate
          FROM models m JOIN model_roles r ON r.model = m.id ORDER BY r.id
          """)
      return try rows.map { row in
        ModelRecord(
          digest: try row.value(1), name: try row.value(2), role: try Self.role(row.value(3)),
          firstLine: try row.value(4), informationSpan: TimeSpan(nanoseconds: try row.value(5)),
          minimumSkill: try row.value(6),
          rates: ModelRecord.Rates(onset: try row.value(7), state: try row.value(8)),
          marketRates: rates[try row.value(0)] ?? [:])
      }
    }
  }

  /// The origins of a window with what is known of each, in the order of time, then market, sell before buy.
  ///
  /// `Said.model` is a position in `digests`.
  public func rows(in window: LedgerWindow) throws(LedgerFailure) -> (rows: [LedgerRow], digests: [String]) {
    try read { database in
      let markets = try Self.marketNames(database)
      let known = try Row.fetchAll(database, sql: "SELECT id, digest FROM models ORDER BY id")
      var positions: [Int64: Int] = [:]
      for (position, row) in known.enumerated() { positions[try row.value(0)] = position }
      var rows: [LedgerRow] = []
      let cursor = try Row.fetchCursor(
        database,
        sql: """
          SELECT o.time, o.market, o.side, o.in_shortfall, o.warming, o.intervention, u.shortfall, u.censored,
            c.model, c.probability, c.alert, s.model, s.probability, s.alert, u.matured
          FROM origins o
          LEFT JOIN outcomes u ON u.time = o.time AND u.market = o.market AND u.side = o.side
          LEFT JOIN predictions c
            ON c.time = o.time AND c.market = o.market AND c.side = o.side AND c.role = 'champion'
          LEFT JOIN predictions s
            ON s.time = o.time AND s.market = o.market AND s.side = o.side AND s.role = 'challenger'
          WHERE o.time >= ? AND o.time < ?
          """, arguments: [window.start.nanoseconds, window.end.nanoseconds])
      while let row = try cursor.next() {
        func said(_ column: Int) throws -> LedgerRow.Said? {
          guard let model: Int64 = try row.value(column), let position = positions[model] else { return nil }
          return LedgerRow.Said(
            model: position, probability: try row.value(column + 1), isAlert: try row.value(column + 2))
        }
        rows.append(
          LedgerRow(
            origin: try Self.origin(row, markets), inShortfall: try row.value(3), isWarming: try row.value(4),
            hasIntervention: try row.value(5),
            outcome: Self.outcome(shortfall: try row.value(6), censored: try row.value(7)),
            maturedAt: (try row.value(14) as Int64?).map { Timestamp(nanoseconds: $0) }, champion: try said(8),
            challenger: try said(11)))
      }
      rows.sort { Self.precedes($0.origin, $1.origin) }
      return (rows, try known.map { try $0.value(1) })
    }
  }

  /// What was said of close-out losses that are known by now, in the order of time, then market, sell before buy, then
  /// level; origins of markets that were warming up are left out.
  public func quantiles(in window: LedgerWindow) throws(LedgerFailure) -> [LedgerQuantile] {
    try read { database in
      let markets = try Self.marketNames(database)
      var quantiles: [LedgerQuantile] = []
      let cursor = try Row.fetchCursor(
        database,
        sql: """
          SELECT q.time, q.market, q.side, q.role, q.level, q.said, q.adapted, l.loss
          FROM quantiles q
          JOIN losses l ON l.time = q.time AND l.market = q.market AND l.side = q.side AND l.notional = q.notional
          JOIN origins o ON o.time = q.time AND o.market = q.market AND o.side = q.side AND o.warming = 0
          WHERE q.time >= ? AND q.time < ?
          """, arguments: [window.start.nanoseconds, window.end.nanoseconds])
      while let row = try cursor.next() {
        quantiles.append(
          LedgerQuantile(
            origin: try Self.origin(row, markets), role: try Self.role(row.value(3)), level: try row.value(4),
            said: try row.value(5), adapted: try row.value(6), loss: try row.value(7)))
      }
      return quantiles.sorted {
        $0.origin == $1.origin
          ? ($0.role.rawValue, $0.level) < ($1.role.rawValue, $1.level) : Self.precedes($0.origin, $1.origin)
      }
    }
  }

  /// The changes of margins in a window, in the order of time, then market, sell before buy, then tier.
  public func margins(in window: LedgerWindow) throws(LedgerFailure) -> [MarginRecord] {
    try read { database in
      let markets = try Self.marketNames(database)
      let rows = try Row.fetchAll(
        database,
        sql: """
          SELECT time, market, side, tier, margin_before, margin_after, reason, expiry FROM margins
          WHERE time >= ? AND time < ?
          """, arguments: [window.start.nanoseconds, window.end.nanoseconds])
      let margins = try rows.map { row in
        MarginRecord(
          origin: try Self.origin(row, markets), tier: try row.value(3), before: try Self.margin(row.value(4)),
          after: try Self.margin(row.value(5)), reason: try row.value(6),
          expiry: (try row.value(7) as Int64?).map { Timestamp(nanoseconds: $0) })
      }
      return margins.sorted {
        $0.origin == $1.origin ? $0.tier < $1.tier : Self.precedes($0.origin, $1.origin)
      }
    }
  }

  private static func marketNames(_ database: Database) throws -> [Int64: MarketName] {
    var names: [Int64: MarketName] = [:]
    for row in try Row.fetchAll(database, sql: "SELECT id, name FROM markets") {
      let text: String = try row.value(1)
      guard let name = MarketName(text) else { throw damage("a market has no name") }
      names[try row.value(0)] = name
    }
    return names
  }

  private static func origin(_ row: Row, _ markets: [Int64: MarketName]) throws -> LedgerOrigin {
    let side: String = try row.value(2)
    guard let market = markets[try row.value(1)] else { throw damage("a row belongs to no market") }
    guard let side = LiquidationSide(rawValue: side) else { throw damage("'\(side)' is no side") }
    return LedgerOrigin(time: Timestamp(nanoseconds: try row.value(0)), market: market, side: side)
  }

  private static func outcome(shortfall: Bool?, censored: String?) -> OutcomeRecord.Shortfall? {
    shortfall.map { .known($0) } ?? censored.map { .censored($0) }
  }

  private static func role(_ text: String) throws -> ModelRole {
    guard let role = ModelRole(rawValue: text) else { throw damage("'\(text)' is no role of a model") }
    return role
  }

  private static func margin(_ partsPerMillion: Int) throws -> MarginFraction {
    guard let margin = MarginFraction(partsPerMillion: partsPerMillion) else {
      throw damage("\(partsPerMillion) parts per million is no margin")
    }
    return margin
  }

  private static func damage(_ text: String) -> DatabaseError {
    DatabaseError(resultCode: .SQLITE_CORRUPT, message: text)
  }

  private static func precedes(_ left: LedgerOrigin, _ right: LedgerOrigin) -> Bool {
    if left.time != right.time { return left.time < right.time }
    if left.market != right.market { return left.market < right.market }
    return left.side == .sell && right.side == .buy
  }
}

extension Row {
  /// A column's value; a damaged file may hold another type than its tables allow.
  fileprivate func value<Value: DatabaseValueConvertible & StatementColumnConvertible>(
    _ column: Int
  ) throws -> Value {
    try decode(Value.self, atIndex: column)
  }
}
