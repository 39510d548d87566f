import Foundation
import GRDB
import Ledger
import Markets
import Testing

@Suite("files that are no ledger, or not this program's")
struct FileTests {
  private func failure(_ path: String, _ access: Ledger.Access = .writing) -> LedgerFailure? {
    do {
      _ = try Ledger(path, for: access)
      return nil
    } catch {
      return error
    }
  }

  @Test("a missing or empty file cannot be read, and the failure names it")
  func missing() throws {
    let path = try LedgerFixture.path()
    #expect(failure(path, .reading)?.description == "\(path): no such file")
    try Data().write(to: URL(fileURLWithPath: path))
    #expect(failure(path, .reading)?.description == "\(path): it is empty")
    #expect(failure("/no/such/folder/ledger.sqlite") != nil)
  }

  @Test("text, and another program's database, are left as they were")
  func foreign() throws {
    let text = try LedgerFixture.path()
    let words = Data(String(repeating: "these are words, not pages\n", count: 100).utf8)
    try words.write(to: URL(fileURLWithPath: text))
    #expect(failure(text)?.description.contains("not a SQLite file") == true)
    #expect(try Data(contentsOf: URL(fileURLWithPath: text)) == words)

    let other = try LedgerFixture.path()
    try DatabaseQueue(path: other).write { try $0.execute(sql: "CREATE TABLE recipes (name TEXT)") }
    let before = try Data(contentsOf: URL(fileURLWithPath: other))
    #expect(failure(other)?.description.contains("another program's database") == true)
    #expect(try Data(contentsOf: URL(fileURLWithPath: other)) == before)
  }

  @Test("a ledger of a newer program is refused and left as it was; an older one gets the new tables")
  func versions() throws {
    let path = try LedgerFixture.path()
    let records = try LedgerFixture.stream(minutes: 20)
    try Ledger(path, for: .writing).write(records)
    let old = try LedgerFixture.Contents(path)
    let next = Ledger.publishedVersions + [(name: "2", sql: "CREATE TABLE notes (text TEXT NOT NULL) STRICT")]
    do {
      let newer = try Ledger(path, versions: next)
      try newer.write(records)
    }
    #expect(failure(path)?.description.contains("newer program") == true)
    #expect(failure(path, .reading)?.description.contains("newer program") == true)
    let rows = try DatabaseQueue(path: path).read { try Int.fetchOne($0, sql: "SELECT count(*) FROM origins") }
    #expect(rows == old.rows.count)
  }

  @Test("a damaged file is an error wherever the damage lies, and never the end of the process")
  func damage() throws {
    let path = try LedgerFixture.path()
    try Ledger(path, for: .writing).write(try LedgerFixture.stream(minutes: 200))
    try DatabaseQueue(path: path).writeWithoutTransaction { try $0.execute(sql: "PRAGMA journal_mode = DELETE") }
    let whole = try Data(contentsOf: URL(fileURLWithPath: path))
    var refused = 0
    for place in stride(from: 0, to: whole.count, by: whole.count / 60) {
      var bytes = whole
      for offset in place..<min(place + 700, bytes.count) { bytes[offset] ^= 0x5a }
      let damaged = try LedgerFixture.path()
      try bytes.write(to: URL(fileURLWithPath: damaged))
      do {
        _ = try LedgerFixture.Contents(damaged)
      } catch {
        #expect(error is LedgerFailure)
        refused += 1
      }
    }
    #expect(refused > 0)
  }
}
