import Ledger
import Markets
import Testing

@Suite("a ledger gives back what was written")
struct RoundTripTests {
  @Test("every field of every record")
  func fields() throws {
    let path = try LedgerFixture.path()
    let ledger = try Ledger(path, for: .writing)
    let market = try LedgerFixture.market("ETH \"quoted\"; DROP TABLE origins")
    let champion = LedgerFixture.model(marketRates: [market: ModelRecord.Rates(onset: 0.1, state: 0.2)])
    let margin = MarginRecord(
      origin: try LedgerFixture.origin(1), tier: 50_000, before: try #require(MarginFraction(partsPerMillion: 10_000)),
      after: try #require(MarginFraction(partsPerMillion: 15_000)), reason: "the probability rose",
      expiry: LedgerFixture.start + .hours(1))
    try ledger.write([
      .model(champion), .model(LedgerFixture.model("bb", role: .challenger)),
      .origin(try LedgerFixture.row(2, market: market.text, side: .buy, challenger: 0.125)),
      .origin(try LedgerFixture.row(1)), .outcome(try LedgerFixture.outcome(1, .known(true))),
      .outcome(try LedgerFixture.outcome(2, .censored("gap"), market: market.text, side: .buy, loss: nil)),
      .origin(try LedgerFixture.row(0)), .margin(margin),
    ])

    let contents = try LedgerFixture.Contents(path)
    #expect(Set(contents.models) == [champion, LedgerFixture.model("bb", role: .challenger)])
    #expect(contents.margins == [margin])
    #expect(contents.rows.map(\.origin.time) == (0...2).map { LedgerFixture.start + .minutes($0) })
    #expect(contents.rows.map(\.outcome) == [nil, .known(true), .censored("gap")])
    #expect(contents.rows.map(\.inShortfall) == [nil, false, false])
    #expect(contents.rows.map(\.isWarming) == [true, false, false])
    #expect(contents.rows.map(\.hasIntervention) == [false, false, true])
    #expect(contents.rows.map { $0.champion?.probability } == [0.25, 0.25, 0.25])
    #expect(contents.rows.map { $0.champion?.isAlert } == [true, true, true])
    #expect(contents.rows.map { $0.challenger?.probability } == [nil, nil, 0.125])
    #expect(contents.rows[2].origin.market == market)

    // Only the origin with known losses has quantiles to be judged.
    #expect(contents.quantiles.map(\.level) == [0.9, 0.99])
    #expect(contents.quantiles.map(\.adapted) == [0.012, nil])
    #expect(contents.quantiles.allSatisfy { $0.loss == 0.011 && $0.role == .champion })
  }

  @Test("numbers keep every bit, and what no number can hold is left out")
  func numbers() throws {
    let path = try LedgerFixture.path()
    let third = 1.0 / 3
    let prediction = PredictionRecord(
      role: .champion, model: "aa", probability: third, high: nil, isAlert: false,
      quantiles: [
        PredictionRecord.Quantile(level: third, notional: 1, said: third, adapted: .nan),
        PredictionRecord.Quantile(level: 0.5, notional: 1, said: .nan, adapted: 1),
      ])
    let origin = try LedgerFixture.origin(1)
    try Ledger(path, for: .writing).write([
      .model(LedgerFixture.model()),
      .origin(
        OriginRecord(
          origin: origin, line: 1, inShortfall: false, isWarming: false, hasIntervention: false,
          predictions: [prediction])),
      .outcome(
        OutcomeRecord(
          origin: origin, maturedAt: origin.time, shortfall: .known(false),
          losses: [
            OutcomeRecord.Loss(notional: 1, loss: -third), OutcomeRecord.Loss(notional: 2, loss: .nan),
          ])),
    ])
    let contents = try LedgerFixture.Contents(path)
    #expect(contents.rows.first?.champion?.probability == third)
    #expect(contents.quantiles.map(\.said) == [third])
    #expect(contents.quantiles.map(\.loss) == [-third])
    #expect(contents.quantiles.map(\.adapted) == [nil])
  }

  @Test("a window holds its start and not its end, in every table")
  func window() throws {
    let path = try LedgerFixture.path()
    try Ledger(path, for: .writing).write(try LedgerFixture.stream(minutes: 30))
    let ledger = try Ledger(path, for: .reading)
    let window = LedgerWindow(from: LedgerFixture.start + .minutes(10), to: LedgerFixture.start + .minutes(12))
    #expect(try ledger.rows(in: window).rows.count == 4)
    #expect(try ledger.quantiles(in: window).count == 8)
  }

  @Test("a prediction of a model that nobody introduced is refused, and nothing of its transaction is written")
  func unknownModel() throws {
    let path = try LedgerFixture.path()
    let ledger = try Ledger(path, for: .writing)
    #expect(throws: LedgerFailure.self) { try ledger.write([.origin(try LedgerFixture.row(1))]) }
    try ledger.write([.model(LedgerFixture.model()), .origin(try LedgerFixture.row(2))])
    #expect(try LedgerFixture.Contents(path).rows.map(\.origin) == [try LedgerFixture.origin(2)])
  }
}
