import Foundation
import MarketData
import Markets
import Testing

@Suite("Simulated markets: a lasting change")
struct SimulationChangeTests {
  private func configuration(change: SimulatedChange?) throws -> SimulationConfiguration {
    try SimulationConfiguration(seed: 3, duration: .days(4), change: change)
  }

  @Test func nothingIsChangedBeforeItAndMuchAfterIt() throws {
    var change = SimulatedChange(after: .days(2))
    change.volatility = 3
    change.depth = 0.4
    let plain = SimulatedMarkets(configuration: try configuration(change: nil)).map(\.snapshot)
    let changed = SimulatedMarkets(configuration: try configuration(change: change)).map(\.snapshot)
    let instant = SimulationConfiguration.standardStart + .days(2)
    #expect(plain.prefix { $0.time < instant } == changed.prefix { $0.time < instant })
    #expect(moves(changed, from: instant) > 2 * moves(plain, from: instant))
    #expect(depth(changed, from: instant) < 0.6 * depth(plain, from: instant))
  }

  @Test func aChangeOfNothingChangesNothing() throws {
    let plain = SimulatedMarkets(configuration: try configuration(change: nil)).map(\.snapshot)
    let same = SimulatedMarkets(configuration: try configuration(change: SimulatedChange(after: .days(1))))
    #expect(plain == same.map(\.snapshot))
  }

  @Test func itsRangesAreCheckedAndItSurvivesEncoding() throws {
    var change = SimulatedChange(after: .days(2))
    change.depth = 0.5
    let configuration = try configuration(change: change)
    let data = try JSONEncoder().encode(configuration)
    #expect(try JSONDecoder().decode(SimulationConfiguration.self, from: data) == configuration)
    change.volatility = 11
    let tooWild = change
    #expect(throws: SimulationFault(parameter: "change.volatility", requirement: "from 0.1 to 10.0")) {
      try SimulationConfiguration(change: tooWild)
    }
  }

  private func books(_ snapshots: [BookSnapshot], from instant: Timestamp) -> [OrderBook] {
    snapshots.filter { $0.time >= instant + .hours(2) && $0.market == snapshots[0].market }.map(\.book)
  }

  private func moves(_ snapshots: [BookSnapshot], from instant: Timestamp) -> Double {
    let mids = books(snapshots, from: instant).compactMap(\.mid)
    return zip(mids, mids.dropFirst()).reduce(0) { $0 + abs($1.1 / $1.0 - 1) } / Double(mids.count)
  }

  private func depth(_ snapshots: [BookSnapshot], from instant: Timestamp) -> Double {
    let depths = books(snapshots, from: instant).compactMap { $0.depth(within: 0.005, on: .sell) }
    return depths.reduce(0, +) / Double(depths.count)
  }
}
