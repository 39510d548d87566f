internal import Markets
internal import Sampling
internal import Validation

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// Outcomes of a model that is right, which hang together in time as overlapping labels do.
enum SimulatedReference {
  static let market = MarketName(MarketName.simulatedPrefix + "DRIFT")
  static let missTarget = 0.01

  private static let days = 250
  private static let rowsPerDay = 400
  /// How alike neighbouring rows are: correlations of the latent normal series.
  private static let riskMemory = 0.995
  private static let outcomeMemory = 0.9

  /// Rows whose log-odds wander around −4.5 with a deviation of 1.2.
  ///
  /// An event happens where a second series, uniform in itself, is below
  /// the probability, so that every probability is right and events come in runs; misses likewise, with probability 1 %.
  static func rows(seed: UInt64) -> WatchedRows {
    var generator = SeededGenerator(seed: seed, stream: 0xD81F)
    var risk = Wandering(memory: riskMemory, &generator)
    var event = Wandering(memory: outcomeMemory, &generator)
    var loss = Wandering(memory: outcomeMemory, &generator)
    var rows = WatchedRows()
    for row in 0..<(days * rowsPerDay) {
      let matured = Timestamp.simulated(row, perDay: rowsPerDay)
      let logOdds = -4.5 + 1.2 * risk.next(&generator)
      let probability = 1 / (1 + exp(-logOdds))
      rows.outcomes.append(
        WatchedRows.Outcome(
          matured: matured, probability: probability,
          happened: NormalDistribution.survival(event.next(&generator)) < probability))
      rows.losses.append(
        WatchedRows.Loss(matured: matured, missed: NormalDistribution.survival(loss.next(&generator)) < missTarget))
    }
    return rows
  }

  /// A stationary normal series of variance one.
  private struct Wandering {
    let memory: Double
    private var value: Double

    init(memory: Double, _ generator: inout SeededGenerator) {
      self.memory = memory
      value = generator.normal()
    }

    mutating func next(_ generator: inout SeededGenerator) -> Double {
      value = memory * value + (1 - memory * memory).squareRoot() * generator.normal()
      return value
    }
  }
}

extension Timestamp {
  /// The instant of a simulated row, evenly spread over its day.
  fileprivate static func simulated(_ row: Int, perDay: Int) -> Timestamp {
    Timestamp(nanoseconds: Int64(row) * (86_400_000_000_000 / Int64(perDay)))
  }
}
