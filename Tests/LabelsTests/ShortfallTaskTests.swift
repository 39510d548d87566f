import Foundation
import Labels
import Markets
import Testing

@Suite struct ShortfallTaskTests {
  private func fault(_ make: () throws -> Void) -> TaskFault? {
    do {
      try make()
      return nil
    } catch {
      return error as? TaskFault
    }
  }

  @Test(arguments: [0, -1, 10_001, .infinity, .nan])
  func refusesABandOutsideItsRange(band: Double) {
    let fault = fault {
      _ = try ShortfallTask(band: BasisPoints(band), horizon: .hours(2), threshold: .relativeToMedian(0.4))
    }
    guard case .band = fault else {
      Issue.record("expected a band fault, got \(String(describing: fault))")
      return
    }
  }

  @Test func refusesSpansOutsideTheirRange() {
    #expect(fault { _ = try task(horizon: 0) } == .horizon(.zero))
    #expect(fault { _ = try task(latency: -1) } == .latency(.seconds(-1)))
    #expect(fault { _ = try task(gap: 0) } == .maximumGap(.zero))
    let far = TimeSpan(nanoseconds: .max)
    #expect(
      fault {
        _ = try ShortfallTask(band: BasisPoints(100), horizon: far, threshold: .relativeToMedian(1))
      } == .reachesTooFar(latency: .seconds(1), horizon: far))
  }

  @Test func refusesCountsSharesAndThresholdsOutsideTheirRange() throws {
    let eth = try market()
    #expect(fault { _ = try task(occupancy: .shareOfTime(0)) } == .occupancy(0))
    #expect(fault { _ = try task(occupancy: .shareOfTime(1.5)) } == .occupancy(1.5))
    #expect(fault { _ = try task(minimum: 0) } == .minimumSnapshots(0))
    func thresholded(_ threshold: DepthThreshold) throws {
      _ = try ShortfallTask(band: BasisPoints(100), horizon: .hours(2), threshold: threshold)
    }
    #expect(fault { try thresholded(.relativeToMedian(0)) } == .relativeThreshold(0))
    #expect(fault { try thresholded(.absolute([:])) } == .noThresholds)
    #expect(
      fault { try thresholded(.absolute([eth: BySide(sell: 5, buy: 0)])) } == .absoluteThreshold(eth, .buy, 0))
  }

  @Test func refusesAnImpossibleLiquidation() {
    #expect(fault { _ = try CloseOut(notional: 0, maintenanceMargin: .full) } == .notional(0))
    #expect(
      fault { _ = try CloseOut(notional: 1, reach: BasisPoints(0), maintenanceMargin: .full) }
        == .reach(BasisPoints(0)))
    #expect(fault { _ = try CloseOut(notional: 1, fee: 1, maintenanceMargin: .full) } == .fee(1))
  }

  @Test func survivesEncodingWithEqualBytes() throws {
    let depths = try [market("XRP"): BySide(sell: 3, buy: 4.5), market("ETH"): BySide(sell: 1, buy: 2)]
    let margin = try #require(MarginFraction(partsPerMillion: 20_000))
    let closeOut = try CloseOut(notional: 1e6, fee: 0.005, maintenanceMargin: margin)
    let original = try ShortfallTask(
      band: BasisPoints(100), horizon: .minutes(5), threshold: .absolute(depths), minimumSnapshots: 3,
      maximumGap: .hours(1), closeOut: closeOut)
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    let bytes = try encoder.encode(original)
    let decoded = try JSONDecoder().decode(ShortfallTask.self, from: bytes)
    #expect(decoded == original)
    #expect(try encoder.encode(decoded) == bytes)
    let standard = try task(occupancy: .anySnapshot)
    #expect(try JSONDecoder().decode(ShortfallTask.self, from: encoder.encode(standard)) == standard)
  }

  @Test func checksWhatItDecodes() throws {
    let text = """
      {"band": 100, "horizon": "0s", "latency": "1s", "occupancy": 0.1, "threshold": {"relativeToMedian": 0.4},
      "minimumSnapshots": 1}
      """
    #expect(throws: TaskFault.horizon(.zero)) {
      try JSONDecoder().decode(ShortfallTask.self, from: Data(text.utf8))
    }
  }
}
