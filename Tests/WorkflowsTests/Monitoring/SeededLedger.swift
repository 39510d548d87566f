import Ledger
import Markets
import Sampling
import TestRecordings

/// A made-up stream of two markets, half an hour between books, whose events come with the probability that is said.
struct SeededLedger {
  /// How much the challenger knows.
  enum Challenger {
    /// No challenger.
    case none
    /// Half the log-odds of the champion.
    case worse
    /// It knows what the champion does, and half of the rest.
    case better
  }

  struct Row {
    let origin: LedgerOrigin
    let probability: Double
    let outcome: Bool?
    let isWarming: Bool
    let quantile: Double
    let adapted: Double
    let loss: Double
  }

  static let start = Timestamp(nanoseconds: 1_750_032_000_000_000_000)
  static let level = 0.9

  let rows: [Row]
  let records: [LedgerRecord]

  /// - Parameters:
  ///   - days: The length of the stream; the last two hours are pending.
  ///   - driftAt: The day from which probabilities are tripled, events as they were.
  ///   - lossFactors: What the losses of each market are multiplied by.
  init(
    days: Int, challenger: Challenger = .none, driftAt: Int? = nil, market: String = "SIM-A",
    lossFactors: [Double] = [1, 1]
  ) throws {
    var generator = SeededGenerator(seed: 7, stream: 0)
    let markets = try [market, "SIM-B"].map { name in
      guard let market = MarketName(name) else { throw Unnamed() }
      return market
    }
    let rates = ModelRecord.Rates(onset: 0.1, state: 0.12)
    func model(_ digest: String, _ role: ModelRole) -> LedgerRecord {
      .model(
        ModelRecord(
          digest: digest, name: "\(role.rawValue) model", role: role, firstLine: 1, informationSpan: .hours(1),
          minimumSkill: 0.01, rates: rates, marketRates: [markets[0]: rates]))
    }
    var records = [model("aa", .champion)]
    if challenger != .none { records.append(model("bb", .challenger)) }
    var rows: [Row] = []
    var line = 0
    for step in 0..<(days * 48) {
      for (market, factor) in zip(markets, lossFactors) {
        line += 1
        let time = Self.start + .minutes(Int64(step) * 30)
        for side in LiquidationSide.allCases {
          let truth = 0.02 + 0.3 * generator.uniform() * generator.uniform()
          let happened = generator.uniform() < truth
          let said = driftAt.map { step >= $0 * 48 } ?? false ? min(1, truth * 3) : truth
          let loss = generator.uniform() * 0.01 * factor
          let row = Row(
            origin: LedgerOrigin(time: time, market: market, side: side), probability: said,
            outcome: step >= days * 48 - 4 ? nil : happened, isWarming: step < 12, quantile: 0.008, adapted: 0.009,
            loss: loss)
          rows.append(row)
          let other: Double? =
            switch challenger {
            case .none: nil
            case .worse: said / (said + (1 - said) * 3)
            case .better: (said + (happened ? 1 : 0)) / 2
            }
          records += try Self.records(of: row, line: line, challenger: other)
        }
      }
    }
    self.rows = rows
    self.records = records
  }

  private static func records(of row: Row, line: Int, challenger: Double?) throws -> [LedgerRecord] {
    let quantiles = [
      PredictionRecord.Quantile(level: level, notional: 1e5, said: row.quantile, adapted: row.adapted)
    ]
    var said = [
      PredictionRecord(
        role: .champion, model: "aa", probability: row.probability, high: nil, isAlert: row.probability >= 0.15,
        quantiles: quantiles)
    ]
    if let challenger {
      said.append(
        PredictionRecord(
          role: .challenger, model: "bb", probability: challenger, high: nil, isAlert: false,
          quantiles: [PredictionRecord.Quantile(level: level, notional: 1e5, said: 0.0095, adapted: nil)]))
    }
    let origin = LedgerRecord.origin(
      OriginRecord(
        origin: row.origin, line: line, inShortfall: false, isWarming: row.isWarming,
        hasIntervention: line % 10 == 0, predictions: said))
    guard let outcome = row.outcome else { return [origin] }
    return [
      origin,
      .outcome(
        OutcomeRecord(
          origin: row.origin, maturedAt: row.origin.time + .hours(2), shortfall: .known(outcome),
          losses: [OutcomeRecord.Loss(notional: 1e5, loss: row.loss)])),
    ]
  }

  /// A file with these records and `more`.
  func file(_ more: [LedgerRecord] = []) throws -> Ledger {
    let path = Scratch.path("ledger.sqlite")
    try Ledger(path, for: .writing).write(records + more)
    return try Ledger(path, for: .reading)
  }

  private struct Unnamed: Error {}
}
