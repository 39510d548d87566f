import Digests
import MarketData
import Markets
import Testing

@Suite("Simulated markets: the same configuration, the same bits")
struct SimulationDeterminismTests {
  /// Text of the first snapshots, exact to the last bit of every number.
  static func text(of configuration: SimulationConfiguration, count: Int = .max) -> [String] {
    var result: [String] = []
    for simulated in SimulatedMarkets(configuration: configuration) {
      if result.count == count { break }
      let snapshot = simulated.snapshot
      let levels = (snapshot.book.bids + snapshot.book.asks).map { "\($0.price) \($0.size)" }.joined(separator: " ")
      result.append("\(snapshot.time.nanoseconds) \(snapshot.market) \(simulated.regime.rawValue) \(levels)")
    }
    return result
  }

  /// Prices and sizes are whole ticks and lots, so another mathematics library's last bits do not reach the digest.
  @Test func theFirstThousandSnapshotsAreTheRecordedOnes() throws {
    let text = Self.text(of: try SimulationConfiguration(), count: 1_000)
    #expect(text.count == 1_000)
    #expect(
      SHA256.hexadecimal(of: text.joined(separator: "\n"))
        == "41e2ef54693c14fa07042e27943c26b9b0de73729c6d0d9f2018a3e802c82c7f")
  }

  @Test func twoRunsAreEqual() throws {
    let configuration = try SimulationConfiguration(seed: 3, duration: .hours(12))
    #expect(Self.text(of: configuration) == Self.text(of: configuration))
  }

  @Test func anotherSeedGivesAnotherMarket() throws {
    let one = Self.text(of: try SimulationConfiguration(seed: 1), count: 30)
    let other = Self.text(of: try SimulationConfiguration(seed: 2), count: 30)
    #expect(Set(one).isDisjoint(with: other))
  }

  @Test(arguments: [TimeSpan.minutes(7), .hours(5), TimeSpan(nanoseconds: 86_399_999_999_999)])
  func aLongerRecordingBeginsWithTheShorterOne(duration: TimeSpan) throws {
    let short = Self.text(of: try SimulationConfiguration(seed: 11, duration: duration))
    let long = Self.text(of: try SimulationConfiguration(seed: 11, duration: .hours(30)))
    #expect(long.count > short.count)
    #expect(Array(long.prefix(short.count)) == short)
  }

  @Test func addingAMarketLeavesTheOthersAsTheyWere() throws {
    let three = try SimulationConfiguration(duration: .hours(6))
    let five = try SimulationConfiguration(
      instruments: Array(SimulatedInstrument.catalogue.prefix(5)), duration: .hours(6))
    let names = Set(three.instruments.map(\.name))
    let kept = SimulatedMarkets(configuration: five).filter { names.contains($0.snapshot.market) }
    #expect(kept == Array(SimulatedMarkets(configuration: three)))
  }

  @Test func fewerLevelsAreTheBestOnesOfTheSameBooks() throws {
    var recorder = SimulatedRecorder()
    recorder.levels = 8
    let full = SimulatedMarkets(configuration: try SimulationConfiguration(duration: .hours(6)))
    let few = SimulatedMarkets(configuration: try SimulationConfiguration(duration: .hours(6), recorder: recorder))
    for (left, right) in zip(full, few) {
      #expect(left.snapshot.time == right.snapshot.time)
      #expect(Array(left.snapshot.book.bids.prefix(8)) == right.snapshot.book.bids)
      #expect(Array(left.snapshot.book.asks.prefix(8)) == right.snapshot.book.asks)
    }
  }
}
