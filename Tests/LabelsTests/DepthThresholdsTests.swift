import Labels
import Markets
import Testing

@Suite struct DepthThresholdsTests {
  private func seen(_ name: String, _ sell: Double?, _ buy: Double = 1) throws -> OutcomeObservation {
    OutcomeObservation(
      time: at(0), market: try market(name), mid: 100, depth: sell.map { BySide(sell: $0, buy: buy) })
  }

  @Test func takesTheMiddleOfAnOddCountPerMarketAndSide() throws {
    let window = try [
      seen("B", 9, 1), seen("A", 100, 7), seen("B", 1, 3), seen("A", 300, 5), seen("B", 5, 2), seen("A", 200, 6),
    ]
    let fitted = DepthThresholds.fitted(.relativeToMedian(0.5), to: window)
    #expect(fitted.entries.map(\.market.text) == ["A", "B"])
    #expect(fitted[try market("A")] == BySide(sell: 100, buy: 3))
    #expect(fitted[try market("B")] == BySide(sell: 2.5, buy: 1))
  }

  @Test func takesTheMeanOfTheTwoMiddleValuesOfAnEvenCount() throws {
    let window = try [seen("A", 4), seen("A", 10), seen("A", 1), seen("A", 6)]
    #expect(DepthThresholds.fitted(.relativeToMedian(1), to: window)[try market("A")]?.sell == 5)
  }

  @Test func leavesUnknownDepthsOut() throws {
    let window = try [seen("A", 4), seen("A", nil), seen("B", nil), seen("A", 8), seen("A", nil)]
    let fitted = DepthThresholds.fitted(.relativeToMedian(1), to: window)
    #expect(fitted[try market("A")]?.sell == 6)
    #expect(fitted[try market("B")] == nil)
  }

  @Test func returnsAbsoluteThresholdsUntouched() throws {
    let absolute = try [market("A"): BySide(sell: 7.0, buy: 8.0)]
    let fitted = DepthThresholds.fitted(.absolute(absolute), to: try [seen("A", 1000), seen("B", 5)])
    #expect(fitted == DepthThresholds(absolute))
  }
}
