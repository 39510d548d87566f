import Margining
import Markets
import Sampling
import Testing

@Suite("Tier schedule")
struct TierScheduleTests {
  @Test func deductionsOfAWorkedSchedule() throws {
    // 50,000 × 0.5 % = 250; 250 + 250,000 × 1 % = 2,750.
    let worked = try schedule([0.005, 0.01, 0.02])
    #expect(worked.deductions.map { $0.rounded() } == [0, 250, 2_750])
    let requirement = try #require(worked.maintenance(ofNotional: 300_000))
    #expect(abs(requirement - (300_000 * 0.02 - 2_750)) < 1e-6)
  }

  @Test func aNotionalOnABoundBelongsToTheTierThatStartsThere() throws {
    let worked = try schedule([0.005, 0.01, 0.02])
    #expect(worked.tierIndex(ofNotional: 0) == 0)
    #expect(worked.tierIndex(ofNotional: 49_999.99) == 0)
    #expect(worked.tierIndex(ofNotional: 50_000) == 1)
    #expect(worked.tierIndex(ofNotional: 1e12) == 2)
    for notional in [-1, .nan, .infinity] { #expect(worked.tierIndex(ofNotional: notional) == nil) }
  }

  @Test(arguments: 0..<50)
  func requirementIsContinuousAtEveryBoundAndNeverFalls(seed: Int) throws {
    var generator = SeededGenerator(seed: UInt64(seed))
    var tiers: [Tier] = []
    var bound = 0.0
    var parts = 1 + generator.index(below: 5_000)
    for _ in 0..<8 {
      tiers.append(Tier(lowerBound: bound, maintenance: try #require(MarginFraction(partsPerMillion: parts))))
      bound += 1_000 + 1e6 * generator.uniform()
      parts += generator.index(below: 60_000)
    }
    let schedule = try TierSchedule(tiers: tiers)
    for (index, bound) in tiers.map(\.lowerBound).enumerated().dropFirst() {
      let below = bound * tiers[index - 1].maintenance.fraction - schedule.deductions[index - 1]
      let at = try #require(schedule.maintenance(ofNotional: bound))
      #expect(abs(at - below) <= 1e-6 * bound)
    }
    var last = 0.0
    for step in 0..<200 {
      let requirement = try #require(schedule.maintenance(ofNotional: Double(step) * 45_000))
      #expect(requirement >= last)
      last = requirement
    }
  }

  @Test(arguments: [(0.005, 100), (0.009519, 52), (0.02, 25), (0.3, 1), (0.5, 1), (0.9, 1)])
  func leverageIsRoundedDown(maintenance: Double, leverage: Int) throws {
    #expect(try schedule([0.005]).maximumLeverage(for: margin(maintenance)) == leverage)
  }

  @Test func initialMarginIsRoundedUp() throws {
    let thirds = try TierSchedule(tiers: [Tier(lowerBound: 0, maintenance: margin(0.01))], maintenanceShare: 0.6)
    #expect(try thirds.initialMargin(for: margin(0.01)).partsPerMillion == 16_667)
    #expect(try thirds.initialMargin(for: margin(0.7)) == .full)
  }

  @Test func wrongTiersAreNamed() throws {
    func fault(_ tiers: [(Double, Double)], share: Double = 0.5) throws -> MarginingFault? {
      let tiers = try tiers.map { Tier(lowerBound: $0, maintenance: try margin($1)) }
      return #expect(throws: MarginingFault.self) { try TierSchedule(tiers: tiers, maintenanceShare: share) }
    }
    #expect(try fault([])?.parameter == .tiers)
    #expect(
      try fault([(1, 0.01)])?.description == "tiers.1.notional: the first tier must start at a notional of 0, is 1.0")
    #expect(try fault([(0, 0)])?.parameter == .tierMaintenance(1))
    #expect(try fault([(0, 0.01), (0, 0.02)])?.parameter == .tierBound(2))
    #expect(try fault([(0, 0.01), (.nan, 0.02)])?.parameter == .tierBound(2))
    #expect(try fault([(0, 0.01), (5, 0.02), (.infinity, 0.03)])?.parameter == .tierBound(3))
    #expect(
      try fault([(0, 0.02), (5, 0.01)])?.description
        == "tiers.2.maintenance: must not be below tiers.1.maintenance (0.02), is 0.01")
    for share in [0, 1.1, .nan] { #expect(try fault([(0, 0.01)], share: share)?.parameter == .maintenanceShare) }
  }

  @Test func replacingRatesKeepsBoundsAndChecksThem() throws {
    let worked = try schedule([0.005, 0.01])
    let scaled = try worked.replacing(rates: [margin(0.01), margin(0.02)])
    #expect(scaled.tiers.map(\.lowerBound) == [0, 50_000])
    #expect(scaled.deductions[1].rounded() == 500)
    #expect(throws: MarginingFault.self) { try worked.replacing(rates: [margin(0.01)]) }
    #expect(throws: MarginingFault.self) { try worked.replacing(rates: [margin(0.02), margin(0.01)]) }
  }
}
