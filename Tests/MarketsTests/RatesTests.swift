import Markets
import Testing

@Suite("Rates")
struct RatesTests {
  @Test func marginsRoundUp() throws {
    #expect(try #require(MarginFraction(roundingUp: 0.02)).partsPerMillion == 20_000)
    #expect(try #require(MarginFraction(roundingUp: 0.0200001)).partsPerMillion == 20_001)
    #expect(try #require(MarginFraction(roundingUp: 1)) == .full)
    #expect(try #require(MarginFraction(roundingUp: 0)) == .zero)
    #expect(MarginFraction(roundingUp: 1.0000001) == nil)
    #expect(MarginFraction(roundingUp: .nan) == nil)
    #expect(MarginFraction(partsPerMillion: -1) == nil)
  }

  @Test func everyWholePartSurvivesTheRoundTripThroughAFraction() {
    for parts in stride(from: 0, through: 1_000_000, by: 7) {
      #expect(MarginFraction(roundingUp: Double(parts) / 1e6)?.partsPerMillion == parts)
    }
  }

  @Test func probabilitiesAreBounded() {
    #expect(Probability(-0.1) == nil)
    #expect(Probability(1.1) == nil)
    #expect(Probability(.nan) == nil)
    #expect(Probability(logOdds: .nan) == nil)
    #expect(Probability(logOdds: 0)?.value == 0.5)
    #expect(Probability(logOdds: 800)?.value == 1)
    #expect(Probability(logOdds: -800)?.value == 0)
  }

  @Test func basisPointsFromText() {
    #expect(BasisPoints("100bp")?.fraction == 0.01)
    #expect(BasisPoints("2.5bp")?.description == "2.5bp")
    #expect(BasisPoints("100") == nil)
    #expect(BasisPoints("nanbp") == nil)
  }

  @Test func marketNamesAreOrderedByTheirBytes() throws {
    let names = try ["b", "a", "B", "é", "aa"].map { try #require(MarketName($0)) }
    #expect(names.sorted().map(\.text) == ["B", "a", "aa", "b", "é"])
    #expect(MarketName("") == nil)
  }

  @Test func aPairGivesTheValueOfASide() {
    var pair = BySide { side in side.sign }
    #expect(pair.sell == 1)
    #expect(pair[.buy] == -1)
    pair[.buy] = 3
    #expect(pair == BySide(sell: 1, buy: 3))
    #expect(LiquidationSide.sell.opposite == .buy)
  }
}
