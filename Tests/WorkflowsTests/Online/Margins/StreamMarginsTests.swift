import Checkpoints
import Margining
import Markets
import ModelStore
import Sampling
import TestRecordings
import Testing
import Workflows

@Suite("Margins on a stream")
struct StreamMarginsTests {
  static let forms = ["probability", "conditional"]

  private struct Key: Hashable {
    let market: MarketName
    let side: LiquidationSide
  }

  private static func model(_ form: String) throws -> ModelArtefact {
    form == "conditional" ? try CloseOutTrainingTests.model.get().artefact : try SimulatedModel.plain.get()
  }

  /// Whether an event is a book that margins may fall by.
  private static func isFresh(_ event: MarginStream.Event) -> Bool {
    guard case .book(let snapshot) = event else { return false }
    return snapshot.book.condition == .normal || snapshot.book.condition == .locked
  }

  @Test(
    "no margin falls but by a fresh book, lines replay to what is in force, and expire after they begin",
    arguments: forms, [1, 2, 3, 4])
  func properties(form: String, seed: Int) throws {
    let policy = try MarginStream.policy(form: form, fallback: [1, 1.5][seed % 2])
    var run = MarginRun(try Self.model(form), policy)
    var last: [Key: MarginNotice] = [:]
    var freshAt: [MarketName: Timestamp] = [:]
    var occasions: [MarginNotice.Occasion: Int] = [:]
    var now = Timestamp.distantPast
    for event in try MarginStream.events(seed: seed, count: 1_200) {
      for notice in try run.take(event) {
        let key = Key(market: notice.market, side: notice.side)
        let before = last[key]
        #expect(notice.time >= now || notice.occasion == .lapse)
        now = max(now, notice.time)
        #expect(notice.number == (before?.number ?? 0) + 1)
        #expect(notice.expires.map { $0 > notice.time } ?? (notice.occasion == .lapse))
        if let before {
          #expect(notice.tiers.map(\.maintenance.before) == before.tiers.map(\.maintenance.after))
          #expect(notice.tiers.map(\.initial.before) == before.tiers.map(\.initial.after))
        }
        try expectInTime(notice, after: before, freshAt: freshAt[notice.market])
        if notice.market != event.market || notice.occasion == .lapse || !Self.isFresh(event) {
          expectNoFall(notice)
        }
        last[key] = notice
        occasions[notice.occasion, default: 0] += 1
      }
      if Self.isFresh(event), case .book(let snapshot) = event { freshAt[event.market] = snapshot.time }
      for (key, notice) in last {
        #expect(run.margins.margins(of: key.market, key.side) == notice.tiers.map(\.maintenance.after))
        #expect(run.margins.initialMargins(of: key.market, key.side) == notice.tiers.map(\.initial.after))
      }
    }
    for occasion in MarginNotice.Occasion.allCases { #expect(occasions[occasion, default: 0] > 3, "\(occasion)") }
  }

  private func expectNoFall(_ notice: MarginNotice) {
    for tier in notice.tiers {
      #expect(tier.maintenance.after >= tier.maintenance.before && tier.initial.after >= tier.initial.before)
      #expect(tier.fallback.maintenance >= tier.maintenance.after && tier.fallback.initial >= tier.initial.after)
    }
  }

  /// A line comes before the one before it expires, or tells of its lapse; a lapse needs a long silence.
  private func expectInTime(_ notice: MarginNotice, after before: MarginNotice?, freshAt: Timestamp?) throws {
    guard let expires = before?.expires else { return }
    if notice.occasion == .lapse {
      #expect(notice.time == expires)
      #expect(freshAt.map { $0 + .hours(1) <= expires } ?? true)
      #expect(notice.tiers.map(\.maintenance.after) == before?.tiers.map(\.fallback.maintenance))
      #expect(notice.tiers.map(\.initial.after) == before?.tiers.map(\.fallback.initial))
    } else {
      #expect(notice.time < expires)
    }
  }

  @Test("stopped at random moments, it goes on as if it never had", arguments: forms)
  func resumes(form: String) throws {
    let policy = try MarginStream.policy(form: form)
    let model = try Self.model(form)
    var whole = MarginRun(model, policy)
    var stopped = StreamMargins(policy: policy, model: model)
    var generator = SeededGenerator(seed: 3)
    var lines = 0
    for event in try MarginStream.events(seed: 9, count: 900) {
      let expected: [[UInt8]]
      let found: [[UInt8]]
      switch event {
      case .book(let snapshot):
        let result = whole.scorer.score(snapshot)
        expected = try whole.margins.observe(result).compactMap { $0.notice?.line() }
        found = try stopped.observe(result).compactMap { $0.notice?.line() }
      case .lost(let market, let time):
        expected = try whole.margins.observeInvalid(market, at: time, reason: "lost").compactMap { $0.notice?.line() }
        found = try stopped.observeInvalid(market, at: time, reason: "lost").compactMap { $0.notice?.line() }
      }
      try #require(found == expected)
      lines += found.count
      guard generator.happens(withProbability: 0.1) else { continue }
      var written = StateArchive()
      try written.exchange(&stopped)
      var archive = StateArchive(reading: written.bytes)
      stopped = StreamMargins(policy: policy, model: model)
      try archive.exchange(&stopped)
      try archive.finish()
    }
    #expect(lines > 100)
  }

  @Test("a market that others show to be silent is said once, and so is a book that is not to be used")
  func silence() throws {
    var run = MarginRun(try Self.model("probability"), try MarginStream.policy(form: "probability"))
    let books = SimulatedBooks.snapshots
    let (silent, other) = (books[0].market, try #require(books.first { $0.market != books[0].market }).market)
    let start = try run.take(.book(books[0]))
    #expect(start.map(\.occasion) == [.first, .first] && start.map(\.side) == [.sell, .buy])
    #expect(start.allSatisfy { $0.expires == $0.time + .hours(2) && $0.hold == nil })
    var said: [MarginNotice] = []
    for book in books.dropFirst().prefix(90) where book.market == other {
      said += try run.take(.book(book)).filter { $0.market == silent }
    }
    #expect(said.map(\.occasion) == [.hold, .hold, .lapse, .lapse])
    #expect(said[0].hold?.description.hasPrefix("no book to be used for 6") == true)
    let end = try #require(books.prefix(91).last).time
    let lost = try run.take(.lost(other, end))
    #expect(lost.map(\.occasion) == [.hold, .hold] && lost[0].hold?.description == "no book: a message was lost")
    #expect(try run.take(.lost(other, end)).isEmpty)
    let text = String(decoding: lost[0].line(), as: UTF8.self)
    #expect(
      text.hasSuffix("}\n") && text.contains(#""hold":"no book: a message was lost","tiers":[{"fromNotional":0.0,"#))
  }

  @Test("another policy goes on with the margins in force; one with other tiers or none changes nothing")
  func adoption() throws {
    let model = try Self.model("probability")
    var run = MarginRun(model, try MarginStream.policy(form: "probability"))
    let events = try MarginStream.events(seed: 1, count: 200)
    for event in events { _ = try run.take(event) }
    let market = events[0].market
    let margins = run.margins.margins(of: market, .sell)
    for sizes in ["0", "0, 60000", "0, 50000, 90000"] {
      let other = try MarginStream.policy(form: "probability", sizes: sizes)
      let refusal = try #require(throws: SessionRefusal.self) { try run.margins.adopt(other, model: model) }
      #expect(refusal.description.hasSuffix("are not those of the margins in force"))
    }
    try run.margins.adopt(try MarginStream.policy(form: "probability", fallback: 4), model: model)
    #expect(run.margins.margins(of: market, .sell) == margins)
    let later = SimulatedBooks.snapshots[200].time + .days(20)
    let book = BookSnapshot(time: later, market: market, book: SimulatedBooks.snapshots[0].book)
    let lapsed = try run.take(.book(book)).first { $0.occasion == .lapse && $0.market == market }
    #expect(lapsed?.tiers[0].maintenance.after.partsPerMillion == 80_000)
  }
}
