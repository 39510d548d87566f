import Margining
import Markets
import Sampling
import Testing

/// What is known of closing out, with round figures to work with by hand; each test changes what it is about.
struct EvidenceFigures {
  var notionals = [10_000.0, 100_000, 1_000_000]
  var losses = [0.01, 0.02, 0.04]
  var sweepCosts: [Double?] = [0.001, 0.002, 0.006]
  var historicalLosses = [0.015, 0.025, 0.035]
  var stressedLosses = [0.03, 0.05, 0.07]
  var historicalReturn = 0.01
  var stressedReturn = 0.03
  var spread = CloseOutEvidence.Spread(mean: 0.0004, deviation: 0.0001)
  var volatility = 0.005
  var persistentDepth = 1_000_000.0

  func evidence() throws -> CloseOutEvidence {
    let rungs = notionals.indices.map { rung in
      CloseOutEvidence.Rung(
        notional: notionals[rung], loss: losses[rung], sweepCost: sweepCosts[rung],
        historicalLoss: historicalLosses[rung], stressedLoss: stressedLosses[rung])
    }
    return try #require(
      CloseOutEvidence(
        rungs: rungs, returns: .init(historical: historicalReturn, stressed: stressedReturn), spread: spread,
        volatility: volatility, persistentDepth: persistentDepth))
  }

  /// The figures with every loss, return, cost and volatility a multiple of what it was.
  func scaled(by factor: Double) -> EvidenceFigures {
    var figures = self
    figures.losses = losses.map { $0 * factor }
    figures.sweepCosts = sweepCosts.map { $0.map { $0 * factor } }
    figures.volatility *= factor
    return figures
  }

  /// Figures as rough as data may be: not monotone, sometimes a gain, sometimes a book without depth.
  static func random(_ generator: inout SeededGenerator) -> EvidenceFigures {
    var figures = EvidenceFigures()
    func rough(_ values: [Double]) -> [Double] {
      values.map { $0 * (-0.2 + 4 * generator.uniform() * generator.uniform()) }
    }
    figures.losses = rough(figures.losses)
    figures.sweepCosts = rough([0.001, 0.002, 0.006]).map { abs($0) }
    figures.historicalLosses = rough(figures.historicalLosses)
    figures.stressedLosses = rough(figures.stressedLosses)
    figures.volatility *= 4 * generator.uniform()
    figures.persistentDepth = generator.happens(withProbability: 0.02) ? 0 : 3e6 * generator.uniform()
    return figures
  }
}

/// A path of requests whose evidence drifts between calm and stress and is missing now and then.
func conditionalPath(seed: UInt64, count: Int) throws -> [MarginRequest] {
  var generator = SeededGenerator(seed: seed &+ 1_000)
  var level = 0.0
  return try randomPath(seed: seed, count: count).map { request in
    if generator.happens(withProbability: 0.04) { level = 2.5 * generator.uniform() }
    level = 0.97 * level + 0.1 * generator.normal()
    var evidence: CloseOutEvidence?
    if request.score != nil, !generator.happens(withProbability: 0.05) {
      let factor = max(0.2, 0.3 + level + 0.05 * generator.normal())
      var figures = EvidenceFigures().scaled(by: factor)
      if generator.happens(withProbability: 0.02) { figures.sweepCosts[1] = nil }
      evidence = try figures.evidence()
    }
    return MarginRequest(
      time: request.time, market: request.market, side: request.side, score: request.score, evidence: evidence)
  }
}
