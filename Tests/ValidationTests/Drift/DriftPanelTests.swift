import Foundation
import Markets
import Sampling
import Testing
import Validation

@Suite("The panel of drift monitors")
struct DriftPanelTests {
  private static let reference: [(probability: Double, outcome: Bool)] = rows(1_000, odds: 1, seed: 1)
  private static let market = MarketName("SIM-A")

  private static func rows(_ count: Int, odds: Double, seed: UInt64) -> [(probability: Double, outcome: Bool)] {
    var generator = SeededGenerator(seed: seed)
    return (0..<count).map { _ in
      let probability = 0.3 * generator.uniform()
      let moved = odds * probability / (1 - probability + odds * probability)
      return (probability, generator.happens(withProbability: moved))
    }
  }

  private func plan() throws -> DriftPlan {
    let residuals = Self.reference.map { MonitoredSeries.calibrationResidual($0.probability, $0.outcome) }
    let logOdds = Self.reference.map { MonitoredSeries.logOdds($0.probability) }
    let misses = Self.reference.map { MonitoredSeries.missExcess(missed: $0.outcome, target: 0.1) }
    func design(_ name: MonitorDesign.MethodName, _ series: MonitoredSeries, _ values: [Double], _ threshold: Double)
      throws
      -> MonitorDesign
    {
      var design = try #require(MonitorDesign(name, of: series, reference: values, shift: 0.3, halfLife: 100))
      design.threshold = threshold
      return design
    }
    let monitors = [
      try design(.cumulativeSum, .calibrationResidual, residuals, 15),
      try design(.pageHinkley, .calibrationResidual, residuals, 30),
      try design(.adaptiveWindow, .missExcess, misses, 8),
      try design(.stabilityIndex, .logOdds, logOdds, 0.25),
    ]
    return DriftPlan(
      provenance: .simulated, averageRunLength: 1_000, dependence: .rows, missTarget: 0.1,
      entries: [DriftPlan.Entry(market: try #require(Self.market), monitors: monitors)])
  }

  @Test("A change of the odds is told by the monitors of the residual, and a market without monitors is passed over")
  func change() throws {
    var panel = DriftPanel(try plan())
    let market = try #require(Self.market)
    for row in Self.rows(3_000, odds: 4, seed: 2) {
      #expect(
        panel.observe(market: try #require(MarketName("OTHER")), probability: row.probability, outcome: true).isEmpty)
      for signal in panel.observe(market: market, probability: row.probability, outcome: row.outcome) {
        #expect(signal.series == .calibrationResidual && signal.signal.direction == .rise && signal.market == market)
        return
      }
    }
    Issue.record("nobody spoke")
  }

  @Test("A restored panel says what the first one would have said, bit for bit") func resumption() throws {
    let plan = try plan()
    let market = try #require(Self.market)
    var whole = DriftPanel(plan)
    var resumed = DriftPanel(plan)
    var generator = SeededGenerator(seed: 4)
    var signals = 0
    for row in Self.rows(4_000, odds: 3, seed: 3) {
      let said =
        whole.observe(market: market, probability: row.probability, outcome: row.outcome)
        + whole.observe(market: market, missed: row.outcome)
      #expect(
        resumed.observe(market: market, probability: row.probability, outcome: row.outcome)
          + resumed.observe(market: market, missed: row.outcome) == said)
      signals += said.count
      if generator.happens(withProbability: 0.01) {
        resumed = try MonitorState(resumed).restored(in: DriftPanel(plan))
      }
    }
    #expect(signals > 3)
    #expect(MonitorState(whole).bytes == MonitorState(resumed).bytes)
    #expect(throws: (any Error).self) {
      try MonitorState(whole).restored(
        in: DriftPanel(
          DriftPlan(
            provenance: .simulated, averageRunLength: 1, dependence: .rows, missTarget: 0.1, entries: [])))
    }
  }

  @Test("A plan survives JSON") func json() throws {
    let plan = try plan()
    let again = try JSONDecoder().decode(DriftPlan.self, from: JSONEncoder().encode(plan))
    #expect(again == plan)
  }

  @Test("Log loss less its expectation is (p − y) times the log-odds, and zero on average") func series() {
    for probability in [0.001, 0.2, 0.7] {
      let (hit, miss) = (
        ProbabilityLoss.logarithmic(probability, true), ProbabilityLoss.logarithmic(probability, false)
      )
      let expected = probability * hit + (1 - probability) * miss
      for outcome in [true, false] {
        let excess = ProbabilityLoss.logarithmic(probability, outcome) - expected
        #expect(abs(MonitoredSeries.logLossExcess(probability, outcome) - excess) < 1e-12)
      }
    }
    #expect(MonitoredSeries.calibrationResidual(0.2, true) == 0.8 / 0.4)
    #expect(MonitoredSeries.calibrationResidual(0, true) == 1 / MonitoredSeries.leastVariance.squareRoot())
    #expect(MonitoredSeries.missExcess(missed: true, target: 0.01) == 0.99)
    for wrong in [-0.1, 1.1, .nan] {
      #expect(
        MonitoredSeries.logLossExcess(wrong, true).isNaN && MonitoredSeries.calibrationResidual(wrong, true).isNaN)
      #expect(MonitoredSeries.logOdds(wrong).isNaN)
    }
  }

  @Test("A reference without variation has no design") func constant() {
    for values in [[], [1, 1], [Double.nan, 2]] {
      #expect(MonitorDesign(.cumulativeSum, of: .missExcess, reference: values, shift: 1, halfLife: 9) == nil)
    }
  }
}
