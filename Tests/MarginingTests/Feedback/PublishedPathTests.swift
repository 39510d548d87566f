import Checkpoints
import Margining
import Markets
import Testing

@Suite("A published path of margins")
struct PublishedPathTests {
  private let noon = instant(minutes: 720)
  private let three = [(100_000.0, 1_500.0), (100_000, 2_500), (100_000, 10_000)]

  /// The path of a raise from 1 % to 3 % that was cut at 2.5 % after $100,000 were forced out.
  private func published() throws -> GlidePath {
    try feedbackGuard().ruling(
      on: change(from: [0.01], to: [0.03]), published: nil, at: noon, accounts: accounts(three),
      persistentDepth: 1_000_000
    ).path
  }

  private func ruling(
    to wanted: Double, hours: Int64, accounts: [Account], depth: Double = 1_000_000
  ) throws -> GuardRuling {
    let path = try published()
    let time = noon + .hours(hours)
    let change = try #require(
      MarginChange(schedule: schedule([wanted]), before: path.margins(at: time), after: [margin(wanted)]))
    return try feedbackGuard().ruling(
      on: change, published: path, at: time, accounts: accounts, persistentDepth: depth)
  }

  @Test("It goes on as announced while no more is wanted")
  func kept() throws {
    let ruling = try self.ruling(to: 0.03, hours: 7, accounts: [])
    #expect(ruling.outcome == .published && ruling.shareParts == 0)
    #expect(ruling.path.applied.map(\.partsPerMillion) == [26_250])
    #expect(try ruling.path.steps == Array(published().steps.dropFirst()))
  }

  @Test("It ends earlier when less is wanted")
  func capped() throws {
    let ruling = try self.ruling(to: 0.028, hours: 7, accounts: [])
    #expect(ruling.outcome == .published)
    #expect(ruling.path.steps.map { $0.margins.map(\.partsPerMillion) } == [[27_500], [28_000]])
    #expect(ruling.path.steps.map(\.instant) == [noon + .hours(12), noon + .hours(18)])
  }

  @Test("Within its first interval a further raise shares the limit and the steps")
  func sharedLimit() throws {
    // The first account has left; the second would be the next, but the limit of the interval is used up.
    let ruling = try self.ruling(to: 0.05, hours: 2, accounts: accounts(Array(three.dropFirst())))
    #expect(ruling.outcome == .cut && ruling.limitUSD == 0 && ruling.forcedUSD == 0)
    #expect(try ruling.path.applied == [margin(0.025)])
    #expect(ruling.path.start == noon && ruling.path.forcedUSD == 100_000)
    #expect(ruling.path.steps.map(\.instant) == [6, 12, 18, 24].map { noon + .hours($0) })
    #expect(ruling.path.steps.map { $0.margins.map(\.partsPerMillion) } == [[31_250], [37_500], [43_750], [50_000]])
  }

  @Test("After its first interval a further raise has the whole limit, and puts no step off for long")
  func freshLimit() throws {
    let ruling = try self.ruling(to: 0.031, hours: 7, accounts: accounts(Array(three.dropFirst(2))))
    #expect(ruling.outcome == .whole && ruling.limitUSD == 100_000)

    let blocked = try self.ruling(to: 0.031, hours: 7, accounts: accounts([(100_000, 2_650)]), depth: 0)
    #expect(blocked.outcome == .cut && blocked.path.start == noon + .hours(7))
    #expect(try blocked.path.applied == [margin(0.0265)])
    // Even steps would be 27,625, 28,750, 29,875, 31,000; announced were 27,500 (12 h), 28,750 (18 h), 30,000 (24 h).
    #expect(blocked.path.steps.map { $0.margins.map(\.partsPerMillion) } == [[27_625], [28_750], [30_000], [31_000]])
  }

  @Test("It reads back as it was written")
  func roundTrip() throws {
    var path = try published()
    let original = path
    var written = StateArchive()
    try written.exchange(&path)
    var archive = StateArchive(reading: written.bytes)
    path = try GlidePath(from: &archive)
    #expect(path == original && archive.remaining == 0)
  }

  @Test(
    "Damaged memory is no path; start, applied margins, steps of an instant and margins, forced notional",
    arguments: [
      [5, 0, 0, 0],
      [5, 2, 2, 1, 0, 0],
      [5, 1, 1_000_001, 0, 0],
      [5, 1, 1, 0, 0xBFF0_0000_0000_0000],
      [5, 1, 1, 1, 5, 1, 2, 0],
      [5, 1, 1, 1, 6, 2, 2, 3, 0],
      [5, 1, 1, 1, 6, 1, 0xFFFF_FFFF_FFFF_FFFE, 0],
    ] as [[UInt64]])
  func damage(_ words: [UInt64]) {
    var archive = StateArchive()
    for word in words { archive.write(word) }
    var reading = StateArchive(reading: archive.bytes)
    #expect(throws: StateFault.self) { try GlidePath(from: &reading) }
  }
}
