import Foundation
import GRDB
import Ledger
import Markets
import Synchronization
import Testing

@Suite("writing beside the stream")
struct WriterTests {
  @Test("after a flush everything stands in the file, in whichever pieces it came")
  func flush() throws {
    let records = try LedgerFixture.stream(minutes: 300)
    let whole = try LedgerFixture.path()
    try Ledger(whole, for: .writing).write(records)
    let path = try LedgerFixture.path()
    let writer = LedgerWriter(try Ledger(path, for: .writing), capacity: 50)
    for record in records { try writer.append([record]) }
    try writer.flush()
    #expect(writer.waitingCount == 0)
    #expect(try LedgerFixture.Contents(path) == LedgerFixture.Contents(whole))
  }

  @Test("a full queue makes the stream wait, and nothing is lost")
  func backPressure() throws {
    let path = try LedgerFixture.path()
    let writer = LedgerWriter(try Ledger(path, for: .writing), capacity: 20)
    let records = try LedgerFixture.stream(minutes: 100)
    let appended = Mutex(0)
    let finished = DispatchSemaphore(value: 0)
    let failed = Mutex(false)

    // Another process that writes stands for a disk that takes its time.
    var configuration = Configuration()
    configuration.busyMode = .timeout(5)
    let other = try DatabaseQueue(path: path, configuration: configuration)
    try other.writeWithoutTransaction { database in
      try database.execute(sql: "BEGIN IMMEDIATE")
      Thread.detachNewThread {
        for record in records {
          do { try writer.append([record]) } catch { failed.withLock { $0 = true } }
          appended.withLock { $0 += 1 }
        }
        finished.signal()
      }
      #expect(finished.wait(timeout: .now() + 0.5) == .timedOut)
      #expect(appended.withLock { $0 } < records.count)
      #expect(writer.waitingCount <= 21)
      try database.execute(sql: "COMMIT")
    }
    finished.wait()
    try writer.flush()
    #expect(!failed.withLock { $0 })
    let whole = try LedgerFixture.path()
    try Ledger(whole, for: .writing).write(records)
    #expect(try LedgerFixture.Contents(path) == LedgerFixture.Contents(whole))
  }

  @Test("what could not be written waits, is said once and written later; a full queue is an error")
  func failure() throws {
    let path = try LedgerFixture.path()
    let writer = LedgerWriter(try Ledger(path, for: .writing), capacity: 10)
    // Its model is unknown as long as the second ledger has not introduced it.
    try writer.append([.origin(try LedgerFixture.row(1))])
    #expect(throws: LedgerFailure.self) { try writer.flush() }
    #expect(writer.takeFailure() != nil)
    #expect(writer.takeFailure() == nil)
    for minute in 2...8 { try writer.append([.origin(try LedgerFixture.row(Int64(minute)))]) }
    #expect(throws: LedgerFailure.self) {
      for minute in 9...12 { try writer.append([.origin(try LedgerFixture.row(Int64(minute)))]) }
    }
    try Ledger(path, for: .writing).write([.model(LedgerFixture.model())])
    try writer.flush()
    #expect(writer.waitingCount == 0)
    #expect(try LedgerFixture.Contents(path).rows.count == 10)
  }

  @Test("what is older than the retention goes, with all that hangs on it")
  func retention() throws {
    let path = try LedgerFixture.path()
    let writer = LedgerWriter(try Ledger(path, for: .writing), retention: .minutes(50))
    for record in try LedgerFixture.stream(minutes: 200) {
      try writer.append([record])
      try writer.flush()
    }
    let contents = try LedgerFixture.Contents(path)
    let first = try #require(contents.rows.first).origin.time
    #expect(first >= LedgerFixture.start + .minutes(148))
    #expect(first <= LedgerFixture.start + .minutes(151))
    #expect(contents.quantiles.allSatisfy { $0.origin.time >= first })
    #expect(contents.models.count == 2)
    let strays = try DatabaseQueue(path: path).read { database in
      try ["predictions", "quantiles", "outcomes", "losses"].map {
        try Int.fetchOne(
          database, sql: "SELECT count(*) FROM \($0) WHERE time < ?", arguments: [first.nanoseconds])
      }
    }
    #expect(strays == [0, 0, 0, 0])
  }
}
