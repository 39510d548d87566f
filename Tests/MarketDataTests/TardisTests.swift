import MarketData
import Markets
import Testing

@Suite("Tardis book snapshots")
struct TardisTests {
  private let header =
    "exchange,symbol,timestamp,local_timestamp,asks[0].price,asks[0].amount,bids[0].price,bids[0].amount,"
    + "asks[1].price,asks[1].amount,bids[1].price,bids[1].amount\n"

  @Test func readsLevelsAndReceiveTimes() throws {
    let decoded = decode(Samples.tardis)
    #expect(decoded.faults == [])
    #expect(decoded.snapshots.count == 3)
    #expect(
      decoded.snapshots.first
        == BookSnapshot(
          time: Timestamp(nanoseconds: 1_598_918_403_810_979_000), market: try market("deribit:BTC"),
          book: try book(bids: [(11657.07, 10.896), (11656.97, 0.2)], asks: [(11657.08, 1.714), (11657.54, 5.4)])))
  }

  @Test func emptyCellsAreMissingLevels() throws {
    let decoded = decode(Samples.tardis)
    #expect(
      decoded.snapshots.map(\.book).dropFirst() == [
        try book(bids: [(11657.07, 10.896), (11656.97, 0.2)], asks: [(11657.08, 1.476)]),
        try book(bids: [], asks: [(11657.08, 1.475), (11657.54, 5.4)]),
      ])
  }

  @Test func columnsComeInAnyOrderAmongOthers() throws {
    let decoded = decode(
      "bids[0].amount,x,symbol,bids[0].price,asks[0].amount,asks[0].price,local_timestamp,exchange\n"
        + "1,?,S,10,2,11,7,E\n")
    #expect(
      decoded.snapshots == [
        BookSnapshot(
          time: Timestamp(nanoseconds: 7_000), market: try market("E:S"),
          book: try book(bids: [(10, 1)], asks: [(11, 2)]))
      ])
  }

  @Test(arguments: [
    ("e,s,1,2,11,1,10,1,12,1,9", "record"), ("e,s,1,2,11,1,10,1,12,1,9,1,", "record"), ("e,s", "record"),
    ("e,s,1,,11,1,10,1,12,1,9,1", "local_timestamp"), ("e,s,1,2.5,11,1,10,1,12,1,9,1", "local_timestamp"),
    ("e,s,1,9223372036854775807,11,1,10,1,12,1,9,1", "local_timestamp"),
    (",s,1,2,11,1,10,1,12,1,9,1", "exchange"), ("e,,1,2,11,1,10,1,12,1,9,1", "symbol"),
    ("e,s,1,2,11,,10,1,12,1,9,1", "asks[0].amount"), ("e,s,1,2,,1,10,1,12,1,9,1", "asks[0].price"),
    ("e,s,1,2,,,10,1,12,1,9,1", "asks[0]"), ("e,s,1,2,11,x,10,1,12,1,9,1", "asks[0].amount"),
    ("e,s,1,2,11,1,10,1 ,12,1,9,1", "bids[0].amount"), ("e,s,1,2,11,1,10,1,10.5,1,9,1", "asks[1].price"),
    ("e,s,1,2,11,0,10,1,12,1,9,1", "asks[0].size"), ("e,s,1,2,11,1,10,1,12,1,9,1e999", "bids[1].size"),
  ])
  func namesTheFieldAtFault(row: String, field: String) {
    let good = "e,s,1,3,11,1,10,1,12,1,9,1\n"
    let decoded = decode(header + row + "\n" + good)
    #expect(decoded.places == ["2: \(field)"])
    #expect(decoded.snapshots.count == 1, "the file goes on after a bad row")
  }

  @Test(arguments: [
    "exchange,symbol,timestamp,local_timestamp,asks[0].price,asks[0].amount,bids[0].price",
    "exchange,symbol,local_timestamp,asks[0].price,asks[0].amount,bids[0].price,bids[0].amount,bids[0].amount",
    "symbol,local_timestamp,asks[0].price,asks[0].amount,bids[0].price,bids[0].amount",
    "exchange,symbol,local_timestamp,asks[2].price,asks[0].amount,bids[0].price,bids[0].amount",
    "exchange,symbol,local_timestamp,asks[99999999999].price",
    "exchange,symbol,local_timestamp,asks[0].price,asks[0].amount,bids[0].price,bids[0].amount,asks[7].amount",
  ])
  func refusesHeadersThatDoNotFit(header: String) {
    guard case .malformedHeader(_, .tardis, _) = decode(header + "\n").failure else {
      Issue.record("the header was accepted")
      return
    }
  }
}
