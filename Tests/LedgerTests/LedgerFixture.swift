import Foundation
import Ledger
import Markets

/// Records of a small made-up stream, and files to write them into.
enum LedgerFixture {
  static let start = Timestamp(nanoseconds: 1_700_000_000_000_000_000)

  /// A path at which there is nothing yet, in a folder of its own.
  static func path() throws -> String {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("ledger-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    return folder.appendingPathComponent("ledger.sqlite").path
  }

  static func market(_ name: String) throws -> MarketName {
    guard let market = MarketName(name) else { throw Unnamed() }
    return market
  }

  static func model(
    _ digest: String = "aa", role: ModelRole = .champion, marketRates: [MarketName: ModelRecord.Rates] = [:]
  ) -> ModelRecord {
    ModelRecord(
      digest: digest, name: "model \(digest)", role: role, firstLine: 1, informationSpan: .minutes(5),
      minimumSkill: 0.01, rates: ModelRecord.Rates(onset: 0.02, state: 0.05), marketRates: marketRates)
  }

  static func origin(_ minute: Int64, _ market: String = "BTC", _ side: LiquidationSide = .sell) throws -> LedgerOrigin
  {
    LedgerOrigin(time: start + .minutes(minute), market: try self.market(market), side: side)
  }

  static func row(
    _ minute: Int64, market: String = "BTC", side: LiquidationSide = .sell, line: Int = 1,
    probability: Double = 0.25, challenger: Double? = nil
  ) throws -> OriginRecord {
    let champion = PredictionRecord(
      role: .champion, model: "aa", probability: probability, high: min(1, probability * 2),
      isAlert: probability > 0.2,
      quantiles: [
        PredictionRecord.Quantile(level: 0.9, notional: 1e5, said: 0.01, adapted: 0.012),
        PredictionRecord.Quantile(level: 0.99, notional: 1e5, said: 0.02, adapted: nil),
      ])
    let shadow = challenger.map {
      PredictionRecord(role: .challenger, model: "bb", probability: $0, high: nil, isAlert: false, quantiles: [])
    }
    return OriginRecord(
      origin: try origin(minute, market, side), line: line, inShortfall: minute % 7 == 0 ? nil : minute % 3 == 0,
      isWarming: minute == 0, hasIntervention: minute == 2, predictions: [champion] + [shadow].compactMap(\.self))
  }

  static func outcome(
    _ minute: Int64, _ shortfall: OutcomeRecord.Shortfall, market: String = "BTC", side: LiquidationSide = .sell,
    loss: Double? = 0.011
  ) throws -> OutcomeRecord {
    OutcomeRecord(
      origin: try origin(minute, market, side), maturedAt: start + .minutes(minute + 6), shortfall: shortfall,
      losses: loss.map {
        [OutcomeRecord.Loss(notional: 1e5, loss: $0), OutcomeRecord.Loss(notional: 2e5, loss: $0 * 2)]
      }
        ?? [])
  }

  /// A stream of two models over `minutes` minutes: both sides, every third outcome a shortfall, every fifth censored.
  static func stream(minutes: Int64) throws -> [LedgerRecord] {
    var records: [LedgerRecord] = [.model(model()), .model(model("bb", role: .challenger))]
    for minute in 0..<minutes {
      for side in LiquidationSide.allCases {
        let probability = Double(minute % 10) / 10
        records.append(
          .origin(
            try row(minute, side: side, line: Int(minute) + 1, probability: probability, challenger: probability / 2)))
        let known = OutcomeRecord.Shortfall.known(minute % 3 == 0)
        if minute >= 6 {
          records.append(
            .outcome(try outcome(minute - 6, minute % 5 == 0 ? .censored("gap") : known, side: side)))
        }
      }
    }
    return records
  }

  /// All that a ledger holds.
  struct Contents: Equatable {
    let models: [ModelRecord]
    let rows: [LedgerRow]
    let quantiles: [LedgerQuantile]
    let margins: [MarginRecord]

    init(_ path: String) throws {
      let ledger = try Ledger(path, for: .reading)
      models = try ledger.models()
      rows = try ledger.rows(in: LedgerWindow()).rows
      quantiles = try ledger.quantiles(in: LedgerWindow())
      margins = try ledger.margins(in: LedgerWindow())
    }
  }

  struct Unnamed: Error {}
}
