import Markets
import Testing

@Suite("Reports on a market")
struct MarketReportTests {
  private static let time = Timestamp(nanoseconds: 1)

  private func trade(price: Double, size: Double) throws -> MarketReport {
    .trade(Trade(time: Self.time, market: try #require(MarketName("X")), price: price, size: size, aggressor: nil))
  }

  private func figure(_ kind: MarketFigure.Kind, _ value: Double) throws -> MarketReport {
    .figure(MarketFigure(time: Self.time, market: try #require(MarketName("X")), kind: kind, value: value))
  }

  @Test("prices and sizes must be finite and above zero", arguments: [0, -1, .nan, .infinity])
  func amounts(value: Double) throws {
    #expect(try trade(price: value, size: 1).fault == .price)
    #expect(try trade(price: 1, size: value).fault == .size)
    #expect(try trade(price: 1, size: 1).fault == nil)
    let market = try #require(MarketName("X"))
    let order = Liquidation(time: Self.time, market: market, side: .sell, price: 1, size: value)
    #expect(MarketReport.liquidation(order).fault == .size)
  }

  @Test("a figure may be what its kind can be")
  func figures() throws {
    for kind in MarketFigure.Kind.allCases {
      #expect(try figure(kind, .nan).fault == .value)
      #expect(try figure(kind, 1).fault == nil)
    }
    #expect(try figure(.markPrice, 0).fault == .value)
    #expect(try figure(.indexPrice, -1).fault == .value)
    #expect(try figure(.openInterest, 0).fault == nil)
    #expect(try figure(.openInterest, -1).fault == .value)
    #expect(try figure(.openInterestValue, -1).fault == .value)
    #expect(try figure(.fundingRate, -0.01).fault == nil)
  }

  @Test("time and market are those of what it holds")
  func place() throws {
    for report in [try trade(price: 1, size: 1), try figure(.markPrice, 1)] {
      #expect(report.time == Self.time)
      #expect(report.market.text == "X")
    }
  }
}
