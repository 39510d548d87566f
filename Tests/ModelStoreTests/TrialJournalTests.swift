import Boosting
import Foundation
import MarketData
import Markets
import ModelStore
import Testing

@Suite("The journal of a search")
struct TrialJournalTests {
  private static let files = [FileDigest(name: "a.csv", byteCount: 3, sha256: "aa")]

  private let path: String = {
    FileManager.default.temporaryDirectory.appending(path: "journal-\(UUID().uuidString).jsonl").path()
  }()

  private static func run(
    _ text: String = "name: x", files: [FileDigest] = files, from: Timestamp? = nil, to: Timestamp? = nil,
    seed: UInt64 = 1
  ) -> SearchIdentity {
    SearchIdentity(configuration: text, files: files, from: from, to: to, seed: seed)
  }

  private static func trial(_ number: Int) -> TrialRecord {
    var settings = BoostingConfiguration()
    settings.learningRate = 0.1 / Double(number)
    settings.depth = number == 2 ? 3 : nil
    settings.seed = .max
    return TrialRecord(
      number: number, settings: settings, losses: FoldLosses(losses: [0.1, 1.0 / 3 / Double(number)], rows: [7, 9]),
      trees: [5, 6], folds: number == 3 ? 3 : 2)
  }

  /// Runs a body with the journal's file, which is removed afterwards.
  private func withJournal(of run: SearchIdentity = run(), _ body: () throws -> Void) throws {
    defer { try? FileManager.default.removeItem(atPath: path) }
    do {
      let journal = try TrialJournal(path: path, of: run)
      for number in 1...3 { try journal.append(Self.trial(number)) }
    }
    try body()
  }

  private func bytes() throws -> [UInt8] { Array(try Data(contentsOf: URL(filePath: path))) }
  private func write(_ bytes: some Collection<UInt8>) throws { try Data(bytes).write(to: URL(filePath: path)) }

  @Test("What was appended is there, bit for bit, when it is opened again")
  func reopened() throws {
    try withJournal {
      let journal = try TrialJournal(path: path, of: Self.run())
      #expect(journal.trials == (1...3).map(Self.trial))
      #expect(!journal.hadTornLine)
      #expect(journal.trials.best?.number == 2)
    }
  }

  @Test("A last line torn at any byte is dropped, and what follows is as if it had never been begun")
  func torn() throws {
    try withJournal {
      let whole = try bytes()
      let lastLine = try #require(whole.dropLast().lastIndex(of: UInt8(ascii: "\n"))) + 1
      for length in lastLine..<whole.count {
        try write(whole[..<length])
        let journal = try TrialJournal(path: path, of: Self.run())
        #expect(journal.trials == [1, 2].map(Self.trial), "\(length)")
        #expect(journal.hadTornLine == (length > lastLine), "\(length)")
        try journal.append(Self.trial(3))
        #expect(try bytes() == whole, "\(length)")
      }
    }
  }

  @Test("A first line torn at any byte begins the journal anew")
  func tornHeader() throws {
    try withJournal {
      let whole = try bytes()
      let header = try #require(whole.firstIndex(of: UInt8(ascii: "\n"))) + 1
      for length in 0..<header {
        try write(whole[..<length])
        let journal = try TrialJournal(path: path, of: Self.run())
        #expect(journal.trials.isEmpty)
        #expect(try bytes() == Array(whole[..<header]))
      }
    }
  }

  @Test(
    "The journal of another run is refused, naming what differs",
    arguments: [
      (run("name: y"), "different are the configuration's text"),
      (run(seed: 2), "the seed (1, not 2)"),
      (run(from: Timestamp(seconds: 0)), "--from (not given, not 1970-01-01T00:00:00Z)"),
      (run(to: Timestamp(seconds: 0)), "--to (not given, not 1970-01-01T00:00:00Z)"),
      (run(files: []), "data files that are missing now: a.csv"),
      (
        run(files: files + [FileDigest(name: "b.csv", byteCount: 1, sha256: "bb")]), "data files that are new: b.csv"
      ),
      (
        run(files: [FileDigest(name: "a.csv", byteCount: 3, sha256: "ab")]), "the content of data files: a.csv"
      ),
      (run("name: y", seed: 2), "different are the configuration's text; the seed (1, not 2)"),
    ])
  func otherRun(_ run: SearchIdentity, _ reason: String) throws {
    try withJournal {
      let before = try bytes()
      let failure = #expect(throws: StoreFailure.self) { try TrialJournal(path: path, of: run) }
      let description = failure.map { "\($0)" } ?? ""
      #expect(description.hasPrefix("\(path): the journal of another search;"))
      #expect(description.hasSuffix(reason), "\(description)")
      #expect(try bytes() == before)
    }
  }

  @Test(
    "A file that is no journal is refused and left as it is", arguments: ["hello", "hello\n", "{}\n", "\n", "{\"a\":1"])
  func noJournal(_ text: String) throws {
    defer { try? FileManager.default.removeItem(atPath: path) }
    try write(Array(text.utf8))
    let failure = #expect(throws: StoreFailure.self) { try TrialJournal(path: path, of: Self.run()) }
    #expect(failure == .malformed(path: path, reason: "this is not the journal of a search"))
    #expect(try bytes() == Array(text.utf8))
  }

  @Test("Damage before the last line is refused at its line")
  func damaged() throws {
    try withJournal {
      let text = String(decoding: try bytes(), as: UTF8.self)
      let changes = [
        ("\"number\":2", "\"number\":\"2\""), ("\"number\":2", "\"number\":0"),
        ("\"number\":2", "\"number\":2,\"x\":1"),
        ("\"depth\":3", "\"depth\":3.5"),
        ("\"folds\":2,\"losses\":{\"losses\":[0.1,0.16", "\"folds\":1,\"losses\":{\"losses\":[0.1,0.16"),
      ]
      for (old, new) in changes {
        let changed = text.replacingOccurrences(of: old, with: new)
        #expect(changed != text)
        try write(Array(changed.utf8))
        let failure = #expect(throws: StoreFailure.self) { try TrialJournal(path: path, of: Self.run()) }
        #expect(failure == .malformed(path: path, reason: "line 3 is damaged"), "\(new)")
      }
    }
  }

  @Test("Another format is refused by its number")
  func otherFormat() throws {
    try withJournal {
      let text = String(decoding: try bytes(), as: UTF8.self)
      try write(Array(text.replacingOccurrences(of: "\"format\":1", with: "\"format\":99").utf8))
      let failure = #expect(throws: StoreFailure.self) { try TrialJournal(path: path, of: Self.run()) }
      #expect(failure == .unknownFormat(path: path, format: 99, known: 1))
    }
  }

  @Test("While it is open, nobody else can open it")
  func inUse() throws {
    defer { try? FileManager.default.removeItem(atPath: path) }
    let journal = try TrialJournal(path: path, of: Self.run())
    let failure = #expect(throws: StoreFailure.self) { try TrialJournal(path: path, of: Self.run()) }
    #expect(failure == .inUse(path: path))
    try journal.append(Self.trial(1))
    #expect(journal.trials.count == 1)
  }

  @Test("Losses over folds: the mean by rows, its error by folds, differences fold by fold")
  func foldLosses() throws {
    let losses = FoldLosses(losses: [0.1, 0.2, 0.6], rows: [100, 100, 200])
    #expect(abs(losses.mean - 0.375) < 1e-15)
    // Standard deviation of the folds √0.07 over √3.
    #expect(abs(try #require(losses.standardError) - (0.07 / 3).squareRoot()) < 1e-15)
    #expect(losses.prefix(2) == FoldLosses(losses: [0.1, 0.2], rows: [100, 100]))
    #expect(losses.prefix(1).standardError == nil)
    let other = FoldLosses(losses: [0.2, 0.3, 0.7], rows: [100, 100, 200])
    let difference = losses.difference(to: other)
    #expect(abs(difference.mean + 0.1) < 1e-15)
    #expect(try #require(difference.standardError) < 1e-15)
  }

  @Test("The best trial is complete, and of equal ones the earlier")
  func best() {
    func trial(_ number: Int, _ losses: [Double]) -> TrialRecord {
      TrialRecord(
        number: number, settings: BoostingConfiguration(),
        losses: FoldLosses(losses: losses, rows: losses.map { _ in 1 }), trees: losses.map { _ in 1 }, folds: 2)
    }
    #expect([trial(1, [0.2, 0.2]), trial(2, [0.1]), trial(4, [0.1, 0.1]), trial(3, [0.1, 0.1])].best?.number == 3)
    #expect([trial(2, [0.1])].best == nil)
  }
}
