import Checkpoints
import Features
import Foundation
import Labels
import Margining
import MarketData
import Markets
import ModelStore
import Sampling
import TestRecordings
import Testing
import Workflows

@Suite("Scoring session")
struct ScoringSessionTests {
  private static let writer = ScoreLine(curve: .standard, features: .included)

  /// Lines of books with a few that are none, out of order or of a market that no model knows.
  private static let lines: [InputLine] = {
    let writer = CanonicalLineWriter()
    let lines = SimulatedBooks.snapshots.prefix(1_600).map { snapshot in
      var line: [UInt8] = []
      writer.append(snapshot, to: &line)
      return Array(line.dropLast())
    }
    return lines.enumerated().flatMap { index, line -> [InputLine] in
      let book = InputLine.bytes(line)
      switch index % 40 {
      case 7: return [book, .bytes(Array("no book".utf8))]
      case 17: return [book, .bytes(lines[0])]
      case 27: return [book, .bytes(Array(String(decoding: line, as: UTF8.self).replacing("SIM-", with: "NEW-").utf8))]
      case 37: return [book, .tooLong]
      default: return [book]
      }
    }
  }()

  private func session(_ artefact: ModelArtefact) throws -> ScoringSession {
    try ScoringSession(artefact, reasonCount: 3, writer: Self.writer)
  }

  private func changed(
    _ artefact: ModelArtefact, task: ShortfallTask? = nil, features: FeatureConfiguration? = nil,
    groups: [ModelGroup]? = nil, thresholds: DepthThresholds? = nil, closeOut: CloseOutModel? = nil
  ) -> ModelArtefact {
    ModelArtefact(
      name: "changed", provenance: artefact.provenance, task: task ?? artefact.task,
      thresholds: thresholds ?? artefact.thresholds,
      features: features ?? artefact.features, schema: artefact.schema, groups: groups ?? artefact.groups,
      inputs: artefact.inputs, classifier: artefact.classifier, calibrator: artefact.calibrator,
      closeOut: closeOut, baselines: artefact.baselines, origin: artefact.origin)
  }

  /// Models that do not fit a stream of `artefact`, with what must be said.
  private func strangers(to artefact: ModelArtefact) throws -> [(ModelArtefact, String)] {
    [
      (changed(artefact, features: .standard), "its features are configured otherwise"),
      (
        changed(
          artefact,
          task: try ShortfallTask(band: artefact.task.band, horizon: .hours(3), threshold: .relativeToMedian(0.4))),
        "it answers another task"
      ),
      (changed(artefact, groups: Array(artefact.groups.dropFirst(2))), "it does not know \(artefact.groups[0].market)"),
    ]
  }

  @Test("stopped at random moments, it goes on as if it never had, byte for byte")
  func resumes() throws {
    let artefact = try SimulatedModel.platt.get()
    var whole = try session(artefact)
    var stopped = whole
    var generator = SeededGenerator(seed: 5)
    var resumptions = 0
    for line in Self.lines {
      let expected = whole.answers(to: line)
      try #require(stopped.answers(to: line) == expected, "line \(whole.lineCount), resumed \(resumptions) times")
      guard generator.happens(withProbability: 0.05) else { continue }
      let bytes = StreamState.bytes(try stopped.takeState(OutputLengths([.answers: 7])))
      let state = try StreamState(bytes: bytes)
      #expect(state.position.lines == whole.lineCount)
      #expect(state.position.lengths[.answers] == 7)
      #expect(state.position.canEnd(with: line))
      #expect(!state.position.canEnd(with: .bytes([])))
      stopped = try session(artefact)
      try stopped.resume(state)
      #expect(StreamState.bytes(try stopped.takeState(OutputLengths([.answers: 7]))) == bytes)
      resumptions += 1
    }
    #expect(resumptions > 50)
  }

  /// A session that learns from outcomes, written to a buffer beside the answers.
  private func following(_ artefact: ModelArtefact) throws -> ScoringSession {
    try ScoringSession(
      artefact, reasonCount: 1, writer: Self.writer,
      followers: FollowerSettings(
        feedback: FeedbackSettings(adaptationStep: 0.05, spacing: .zero)?.recalibrating(), outcomes: .written))
  }

  @Test("with feedback too it goes on as if it never had stopped, answers and outcomes alike")
  func resumesFeedback() throws {
    let artefact = try LadderTrainingTests.model.get().artefact
    var whole = try following(artefact)
    var stopped = whole
    var generator = SeededGenerator(seed: 6)
    var (expected, found, length): ([UInt8], [UInt8], Int) = ([], [], 0)
    for line in Self.lines.prefix(900) {
      try #require(stopped.answers(to: line) == whole.answers(to: line), "line \(whole.lineCount)")
      whole.moveLines(for: .outcomes, to: &expected)
      stopped.moveLines(for: .outcomes, to: &found)
      try #require(found == expected)
      length += found.count
      (expected, found) = ([], [])
      guard generator.happens(withProbability: 0.1) else { continue }
      let bytes = StreamState.bytes(try stopped.takeState(OutputLengths([.answers: 7, .outcomes: length])))
      let state = try StreamState(bytes: bytes)
      #expect(state.position.lengths[.outcomes] == length)
      stopped = try following(artefact)
      try stopped.resume(state)
    }
    #expect(length > 1_000_000)
  }

  @Test("feedback may be switched on and off between two processes, and off it changes no answer")
  func switchesFeedback() throws {
    let artefact = try LadderTrainingTests.model.get().artefact
    func plain() throws -> ScoringSession {
      try ScoringSession(artefact, reasonCount: 1, writer: Self.writer)
    }
    var alwaysPlain = try plain()
    var switched = try plain()
    for (index, line) in Self.lines.prefix(600).enumerated() {
      let expected = alwaysPlain.answers(to: line)
      let found = switched.answers(to: line)
      if (200..<400).contains(index) {
        let fields = String(decoding: found, as: UTF8.self)
        #expect(fields.contains("adaptedCloseOutQuantiles") == fields.contains("closeOutLadder"))
      } else {
        #expect(found == expected)
      }
      guard index % 200 == 199 else { continue }
      let state = try StreamState(bytes: StreamState.bytes(switched.takeState(OutputLengths())))
      switched = index == 199 ? try following(artefact) : try plain()
      try switched.resume(state)
    }
  }

  @Test(
    "with feedback the conditional margins go by the adapted quantiles, and before the first outcome by the model's")
  func marginsFollowFeedback() throws {
    let artefact = try LadderTrainingTests.model.get().artefact
    let policy = try MarginStream.policy(form: "conditional")
    func session(_ feedback: FeedbackSettings?) throws -> ScoringSession {
      try ScoringSession(
        artefact, reasonCount: 0, writer: Self.writer,
        followers: FollowerSettings(
          feedback: feedback, margins: StreamMargins(policy: policy, model: artefact, accounts: nil)))
    }
    var plain = try session(nil)
    var adapting = try session(FeedbackSettings(adaptationStep: 0.5, spacing: .zero))
    var (expected, found): ([UInt8], [UInt8]) = ([], [])
    var isAdapted = false
    for line in Self.lines.prefix(1_500) {
      let without = plain.answers(to: line)
      plain.moveLines(for: .recommendations, to: &expected)
      let answer = String(decoding: adapting.answers(to: line), as: UTF8.self)
      adapting.moveLines(for: .recommendations, to: &found)
      if !isAdapted, let ladder = answer.firstRange(of: "adaptedCloseOutLadder\":") {
        let own = try #require(answer.firstRange(of: "closeOutLadder\":"))
        isAdapted = answer[own.upperBound...].prefix(200) != answer[ladder.upperBound...].prefix(200)
      }
      if !isAdapted { try #require(found == expected, "\(String(decoding: without, as: UTF8.self))") }
    }
    #expect(isAdapted && !expected.isEmpty && found != expected)
  }

  @Test("what an old model said is judged by its thresholds after another one was taken up")
  func adoptsWithFeedback() throws {
    let artefact = try LadderTrainingTests.model.get().artefact
    let thin = DepthThresholds(
      Dictionary(
        uniqueKeysWithValues: artefact.thresholds.entries.map { ($0.market, BySide(sell: 1e-9, buy: 1e-9)) }))
    let other = changed(artefact, thresholds: thin, closeOut: artefact.closeOut)
    var first = try following(artefact)
    var both = try following(artefact)
    var early: (first: [UInt8], both: [UInt8]) = ([], [])
    var between: [UInt8] = []
    var late: (first: [UInt8], both: [UInt8]) = ([], [])
    for (index, line) in Self.lines.prefix(800).enumerated() {
      if index == 400 { try both.adopt(other, writer: Self.writer) }
      _ = first.answers(to: line)
      _ = both.answers(to: line)
      // A horizon holds about forty lines: what matures before line 440 was said by the first model, after 500 by the second.
      if index < 440 {
        first.moveLines(for: .outcomes, to: &early.first)
        both.moveLines(for: .outcomes, to: &early.both)
      } else if index < 500 {
        first.moveLines(for: .outcomes, to: &between)
        both.moveLines(for: .outcomes, to: &between)
      }
    }
    first.moveLines(for: .outcomes, to: &late.first)
    both.moveLines(for: .outcomes, to: &late.both)
    #expect(Self.events(early.first).count(where: { $0.hasSuffix("true") }) > 5)
    #expect(Self.events(early.both) == Self.events(early.first))
    #expect(Self.events(late.first).count(where: { $0.hasSuffix("true") }) > 5)
    #expect(Self.events(late.both).count == Self.events(late.first).count)
    #expect(!Self.events(late.both).contains { $0.hasSuffix("true") })
  }

  /// When, where and whether a shortfall followed, line by line.
  private static func events(_ outcomes: [UInt8]) -> [String] {
    String(decoding: outcomes, as: UTF8.self).split(separator: "\n").map { line in
      let place = line.prefix(upTo: line.firstRange(of: ",\"probability")?.lowerBound ?? line.endIndex)
      return "\(place) \(line.contains("\"depthShortfall\":true"))"
    }
  }

  @Test("what a margin policy knows of closing out goes on too")
  func evidence() throws {
    let artefact = try CloseOutTrainingTests.model.get().artefact
    var whole = OnlineScorer(artefact, reasonCount: 1)
    var stopped = whole
    var seen = 0
    for (index, snapshot) in SimulatedBooks.snapshots.prefix(900).enumerated() {
      guard case .success(let expected) = whole.score(snapshot).scores,
        case .success(let found) = stopped.score(snapshot).scores
      else { continue }
      #expect(found.sell == expected.sell && found.buy == expected.buy)
      if expected.sell.evidence != nil { seen += 1 }
      guard index % 31 == 0 else { continue }
      var written = StateArchive()
      try written.exchange(&stopped)
      var archive = StateArchive(reading: written.bytes)
      stopped = OnlineScorer(artefact, reasonCount: 1)
      try archive.exchange(&stopped)
      try archive.finish()
    }
    #expect(seen > 500)
  }

  @Test("a state of other features, another task or a market that the model does not know is refused and says why")
  func strangeStates() throws {
    let artefact = try SimulatedModel.plain.get()
    var first = try session(artefact)
    for line in Self.lines.prefix(50) { _ = first.answers(to: line) }
    let state = try StreamState(bytes: StreamState.bytes(try first.takeState(OutputLengths())))
    for (model, reason) in try strangers(to: artefact) {
      var other = try session(model)
      let refusal = try #require(throws: SessionRefusal.self) { try other.resume(state) }
      #expect(refusal.description.hasPrefix("the model does not fit: \(reason)"))
      #expect(other.lineCount == 0)
    }
  }

  @Test("another model goes on with the same memory, and one that does not fit changes nothing")
  func adoption() throws {
    let (first, second) = (try SimulatedModel.plain.get(), try SimulatedModel.boosted.get())
    var changing = try session(first)
    var alwaysFirst = try session(first)
    var alwaysSecond = try session(second)
    for line in Self.lines.prefix(300) {
      #expect(changing.answers(to: line) == alwaysFirst.answers(to: line))
      _ = alwaysSecond.answers(to: line)
    }
    for (model, reason) in try strangers(to: first) {
      let refusal = try #require(throws: SessionRefusal.self) { try changing.adopt(model, writer: Self.writer) }
      #expect(refusal.description.hasPrefix("the model does not fit: \(reason)"))
    }
    for line in Self.lines[300..<400] {
      #expect(changing.answers(to: line) == alwaysFirst.answers(to: line))
      _ = alwaysSecond.answers(to: line)
    }
    try changing.adopt(second, writer: Self.writer)
    for line in Self.lines[400..<600] { #expect(changing.answers(to: line) == alwaysSecond.answers(to: line)) }
    #expect(changing.lineCount == 600)
  }

  @Test("markets that no model knows are remembered up to a limit, and the books of further ones change nothing")
  func strangers() throws {
    let artefact = try LadderTrainingTests.model.get().artefact
    let books = SimulatedBooks.snapshots.prefix(300)
    func scores(strangers count: Int) throws -> [[Double]] {
      var scorer = OnlineScorer(artefact, reasonCount: 0)
      return try books.enumerated().compactMap { index, book in
        if index < count {
          let name = try #require(MarketName("NEW-\(index)"))
          let stranger = scorer.score(BookSnapshot(time: book.time, market: name, book: book.book))
          guard case .failure(.unknownMarket) = stranger.scores else {
            Issue.record("\(name) has a score")
            return nil
          }
          #expect((stranger.row == nil) == (index >= OnlineScorer.strangerLimit))
        }
        return scorer.score(book).row?.values.sell.map { $0.isNaN ? -1 : $0 }
      }
    }
    let remembered = try scores(strangers: OnlineScorer.strangerLimit)
    #expect(remembered.count == 300)
    #expect(try scores(strangers: 300) == remembered)
  }

  @Test("a market says how long it has yet to warm up, and again after a silence that empties its windows")
  func warming() throws {
    let artefact = try SimulatedModel.plain.get()
    #expect(artefact.features.memory == .hours(60))
    var scorer = OnlineScorer(artefact, reasonCount: 0)
    let market = try #require(SimulatedBooks.snapshots.first?.market)
    let books = SimulatedBooks.snapshots.filter { $0.market == market }
    let start = books[0].time
    for snapshot in books.prefix(800) {
      let age = snapshot.time - start
      let expected = age < .hours(60) ? start + .hours(60) - snapshot.time : nil
      #expect(scorer.score(snapshot).warming == expected)
    }
    let last = books[799]
    func warming(after span: TimeSpan) -> TimeSpan? {
      scorer.score(BookSnapshot(time: last.time + span, market: market, book: last.book)).warming
    }
    #expect(warming(after: .hours(6)) == nil)
    #expect(warming(after: .hours(12) + TimeSpan(nanoseconds: 1)) == .hours(60))
    #expect(warming(after: .hours(13) + TimeSpan(nanoseconds: 1)) == .hours(59))
  }
}
