internal import Foundation
public import MarketData
public import Markets
public import Validation

/// The file of matured outcomes, one JSON object on a line, as what judges quantiles and probabilities.
public struct OutcomeFile: Sendable {
  /// The sizes of position whose losses were predicted, in quote currency, rising.
  public let notionals: [Double]
  /// Whether the markets were recorded or simulated.
  public let provenance: Provenance
  private let outcomes: [StoredOutcome]

  /// Reads outcomes.
  ///
  /// - Parameters:
  ///   - bytes: The file's content.
  ///   - file: The name that errors carry.
  ///   - from: Predictions of before this instant are left out.
  ///   - to: Predictions from this instant on are left out.
  /// - Throws: `RecordFault` at the first line that is no outcome.
  public init(
    _ bytes: [UInt8], file: String, from: Timestamp = .distantPast, to: Timestamp = .distantFuture
  ) throws(RecordFault) {
    var outcomes: [StoredOutcome] = []
    let decoder = JSONDecoder()
    for (number, line) in zip(1..., bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)) {
      if line.isEmpty { continue }
      guard let outcome = try? decoder.decode(StoredOutcome.self, from: Data(line)) else {
        throw RecordFault(file: file, line: number, field: "record", reason: "it is no matured outcome")
      }
      if outcome.time >= from, outcome.time < to { outcomes.append(outcome) }
    }
    self.outcomes = outcomes
    notionals = Set(outcomes.flatMap { ($0.closeOuts ?? []).map(\.notional) }).sorted()
    provenance = Provenance(of: outcomes.map(\.market))
  }

  /// The quantiles of the loss of one size where the loss is known.
  public func quantiles(of notional: Double) -> [FollowedQuantile] {
    outcomes.flatMap { outcome -> [FollowedQuantile] in
      guard let closeOut = outcome.closeOuts?.first(where: { $0.notional == notional }), let loss = closeOut.loss
      else { return [] }
      return closeOut.quantiles.map { quantile in
        FollowedQuantile(
          market: outcome.market, side: outcome.side, day: outcome.time.day, level: quantile.level,
          fixed: quantile.loss, adapted: quantile.adaptedLoss, value: loss)
      }
    }
  }

  /// The probabilities of a depth shortfall where it is known whether it followed.
  public var probabilities: [FollowedProbability] {
    outcomes.compactMap { outcome in
      outcome.depthShortfall.map { happened in
        FollowedProbability(
          day: outcome.time.day, fixed: outcome.probability, adapted: outcome.recalibratedProbability,
          happened: happened)
      }
    }
  }
}

/// An outcome as it stands in the file.
private struct StoredOutcome: Decodable, Sendable {
  struct CloseOut: Decodable {
    struct Quantile: Decodable {
      let level: Double
      let loss: Double
      let adaptedLoss: Double
    }

    let notional: Double
    let loss: Double?
    let quantiles: [Quantile]
  }

  let time: Timestamp
  let market: MarketName
  let side: LiquidationSide
  let probability: Double
  let recalibratedProbability: Double?
  let depthShortfall: Bool?
  let closeOuts: [CloseOut]?
}
