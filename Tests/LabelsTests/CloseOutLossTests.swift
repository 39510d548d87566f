import Labels
import Markets
import Testing

@Suite struct CloseOutLossTests {
  private func closeOut(fee: Double = 0, partsPerMillion: Int = 50_000) throws -> CloseOut {
    let margin = try #require(MarginFraction(partsPerMillion: partsPerMillion))
    return try CloseOut(notional: 1, fee: fee, maintenanceMargin: margin)
  }

  @Test func splitsTheWorstInstantIntoDriftAndLiquidity() throws {
    let stream = try [
      observed(0, mid: 200, sell: 199, buy: 201), observed(2, mid: 190, sell: 188, buy: 192),
      observed(4, mid: 196, sell: 180, buy: 214), observed(20, mid: 100, sell: 1, buy: 999),
    ]
    let all = labels(try task(closeOut: try closeOut(fee: 0.01)), stream)
    let sell = try #require(all[0].sell.closeOutLoss?.value)
    #expect(abs(sell.total - (0.1 + 0.01)) < 1e-15)
    #expect(abs(sell.drift - 0.02) < 1e-15)
    #expect(abs(sell.liquidity - 0.08) < 1e-15)
    #expect(sell.fee == 0.01)
    #expect(sell.worstTime == at(4))
    let buy = try #require(all[0].buy.closeOutLoss?.value)
    #expect(abs(buy.total - (0.07 + 0.01)) < 1e-15)
    #expect(abs(buy.drift + 0.02) < 1e-15)
    #expect(abs(buy.drift + buy.liquidity + buy.fee - buy.total) < 1e-15)
  }

  @Test func driftOfAShortIsTheRiseOfTheMid() throws {
    let stream = try [
      observed(0, mid: 100, sell: 99, buy: 101), observed(5, mid: 110, sell: 108, buy: 113),
      observed(20, mid: 100, sell: 99, buy: 101),
    ]
    let loss = try #require(labels(try task(closeOut: try closeOut()), stream)[0].buy.closeOutLoss?.value)
    #expect(abs(loss.drift - 0.10) < 1e-15)
    #expect(abs(loss.liquidity - 0.03) < 1e-15)
    #expect(abs(loss.total - 0.13) < 1e-15)
  }

  @Test func aMarketThatOnlyMovesInFavourGivesANegativeLoss() throws {
    let stream = try [
      observed(0, mid: 100, sell: 99, buy: 101), observed(5, mid: 110, sell: 109, buy: 111),
      observed(20, mid: 100, sell: 99, buy: 101),
    ]
    let loss = try #require(labels(try task(closeOut: try closeOut()), stream)[0].sell.closeOutLoss?.value)
    #expect(abs(loss.total + 0.09) < 1e-15)
  }

  @Test func ofEquallyBadInstantsTheFirstIsNamed() throws {
    let stream = try [
      observed(0, mid: 100, sell: 99, buy: 101), observed(3, mid: 95, sell: 90, buy: 101),
      observed(6, mid: 92, sell: 90, buy: 101), observed(20, mid: 100, sell: 99, buy: 101),
    ]
    #expect(labels(try task(closeOut: try closeOut()), stream)[0].sell.closeOutLoss?.value?.worstTime == at(3))
  }

  @Test func marginIsShortOnlyAboveTheMaintenanceMargin() throws {
    let stream = try [
      observed(0, mid: 128, sell: 127, buy: 129), observed(5, mid: 128, sell: 120, buy: 137),
      observed(20, mid: 128, sell: 127, buy: 129),
    ]
    // The loss of the sell side is 8/128 = 0.0625 exactly; the margin is the same, so it is used up but not exceeded.
    let all = labels(try task(closeOut: try closeOut(partsPerMillion: 62_500)), stream)
    #expect(all[0].sell.marginShortfall == .known(false))
    #expect(all[0].buy.marginShortfall == .known(true))
    let tighter = labels(try task(closeOut: try closeOut(partsPerMillion: 62_499)), stream)
    #expect(tighter[0].sell.marginShortfall == .known(true))
  }

  @Test func anUnknownBookHidesTheLossButNotAShortfallThatWasSeen() throws {
    let mild = try [
      observed(0, mid: 100, sell: 99, buy: 101), observed(3, depth: nil), observed(5, mid: 100, sell: 80, buy: 101),
      observed(20, mid: 100, sell: 99, buy: 101),
    ]
    let all = labels(try task(closeOut: try closeOut()), mild)
    #expect(all[0].sell.closeOutLoss == .censored(.unknownBook))
    #expect(all[0].sell.marginShortfall == .known(true))
    #expect(all[0].buy.marginShortfall == .censored(.unknownBook))
    // The origin at 3 has no mid to measure a loss against.
    #expect(all[1].sell.closeOutLoss == .censored(.unknownBook))
    #expect(all[1].sell.marginShortfall == .censored(.unknownBook))
  }

  @Test func saysWhenTheWorstBookWasExhausted() throws {
    let eth = try market()
    let worst = Execution(price: 90, isExhausted: true, isCensored: true)
    let stream = try [
      observed(0, mid: 100, sell: 99, buy: 101),
      OutcomeObservation(
        time: at(5), market: eth, mid: 100, depth: BySide(sell: 1, buy: 1),
        execution: BySide(sell: worst, buy: Execution(price: 101))),
      observed(20, mid: 100, sell: 99, buy: 101),
    ]
    let all = labels(try task(closeOut: try closeOut()), stream)
    #expect(all[0].sell.closeOutLoss?.value?.isExhausted == true)
    #expect(all[0].sell.closeOutLoss?.value?.isCensored == true)
    #expect(all[0].buy.closeOutLoss?.value?.isExhausted == false)
  }

  @Test func aTaskWithoutALiquidationAsksNoQuestionAboutIt() throws {
    let stream = try [observed(0, mid: 100, sell: 99, buy: 101), observed(20, mid: 100, sell: 99, buy: 101)]
    let label = labels(try task(), stream)[0].sell
    #expect(label.closeOutLoss == nil)
    #expect(label.marginShortfall == nil)
  }
}
