import Ledger
import Markets
import Sampling
import Testing

@Suite("a stream that answers its lines again")
struct ReplayTests {
  @Test("leaves the ledger of one that never stopped, wherever it stopped")
  func idempotence() throws {
    let records = try LedgerFixture.stream(minutes: 60)
    let whole = try LedgerFixture.path()
    try Ledger(whole, for: .writing).write(records)
    let expected = try LedgerFixture.Contents(whole)

    var generator = SeededGenerator(seed: 5, stream: 0)
    let path = try LedgerFixture.path()
    var kept = 0
    for _ in 0..<20 {
      // What was written beyond the state that was kept is written again by the next process.
      let stop = min(records.count, kept + generator.index(below: 40))
      try Ledger(path, for: .writing).write([records[0], records[1]] + records[kept..<stop])
      kept = max(kept, stop - generator.index(below: 20))
    }
    try Ledger(path, for: .writing).write([records[0], records[1]] + records[kept...])
    #expect(try LedgerFixture.Contents(path) == expected)
  }

  @Test("an origin that is written again keeps the outcome that it has by then")
  func outcomeStays() throws {
    let path = try LedgerFixture.path()
    let ledger = try Ledger(path, for: .writing)
    let row = LedgerRecord.origin(try LedgerFixture.row(1))
    try ledger.write([.model(LedgerFixture.model()), row, .outcome(try LedgerFixture.outcome(1, .known(true)))])
    try ledger.write([row])
    let contents = try LedgerFixture.Contents(path)
    #expect(contents.rows.map(\.outcome) == [.known(true)])
    #expect(contents.quantiles.count == 2)
  }

  @Test("an outcome of an origin that the ledger does not have is passed over")
  func orphan() throws {
    let path = try LedgerFixture.path()
    let ledger = try Ledger(path, for: .writing)
    try ledger.write([
      .model(LedgerFixture.model()), .outcome(try LedgerFixture.outcome(1, .known(true))),
      .origin(try LedgerFixture.row(2)),
    ])
    #expect(try LedgerFixture.Contents(path).rows.map(\.outcome) == [nil])
  }
}
