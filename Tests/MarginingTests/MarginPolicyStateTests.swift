import Checkpoints
import Margining
import Markets
import Sampling
import Testing

/// The bytes of a stored state.
func stored(_ state: MarginPolicyState) -> StoredState {
  var archive = StateArchive()
  state.write(to: &archive)
  return StoredState(bytes: archive.bytes)
}

/// A state as bytes.
struct StoredState: Equatable {
  var bytes: [UInt8]

  /// The state that the bytes hold, all of them.
  func restored() throws -> MarginPolicyState {
    var archive = StateArchive(reading: bytes)
    let state = try MarginPolicyState(from: &archive)
    try archive.finish()
    return state
  }
}

@Suite("Margin policy state")
struct MarginPolicyStateTests {
  @Test(arguments: 0..<10)
  func aRestoredStateGoesOnAsIfNothingHadHappened(seed: Int) throws {
    let path =
      try seed < 5 ? randomPath(seed: UInt64(seed), count: 600) : conditionalPath(seed: UInt64(seed), count: 600)
    var settings = MarginPolicyPropertyTests.settings(slow: true)
    if seed >= 5 { settings.form = .conditional }
    var run = PolicyRun(try settings.marginPolicy(rates: [0.005, 0.01, 0.1]))
    for (index, request) in path.enumerated() {
      if index % 37 == 0 {
        let bytes = stored(run.state)
        let restored = try bytes.restored()
        #expect(restored == run.state)
        #expect(stored(restored) == bytes)
        var twin = PolicyRun(run.policy)
        twin.state = restored
        var original = run
        for later in path[index...].prefix(80) { #expect(try twin.ask(later) == original.ask(later)) }
      }
      _ = try run.ask(request)
    }
  }

  @Test func marginsInForceAreThoseRecommendedLast() throws {
    var run = PolicyRun(try PolicySettings().marginPolicy(rates: [0.01, 0.02]))
    #expect(try run.state.margins(of: name("ETHUSDT"), .sell) == nil)
    try run.ask(minute: 0, 0.2)
    let last = try run.ask(minute: 1, 0.2)
    #expect(try run.state.margins(of: name("ETHUSDT"), .sell) == last.map(\.recommended))
    #expect(try run.state.initialMargins(of: name("ETHUSDT"), .sell) == last.map(\.initialMargin))
    #expect(try run.state.margins(of: name("ETHUSDT"), .buy) == nil)
  }

  @Test func memoryDoesNotGrowWithThePath() throws {
    var run = PolicyRun(try MarginPolicyPropertyTests.settings(slow: false).marginPolicy(rates: [0.005, 0.1]))
    var sizes: [Int] = []
    for (index, request) in try randomPath(seed: 8, count: 6_000).enumerated() {
      _ = try run.ask(request)
      if index % 10 == 0 { sizes.append(stored(run.state).bytes.count) }
    }
    #expect((sizes.max() ?? 0) < 2_000)
  }

  @Test("damaged bytes are refused or give a state whose margins are in order", arguments: 0..<400)
  func damaged(seed: Int) throws {
    var run = PolicyRun(try PolicySettings().marginPolicy(rates: [0.01, 0.02]))
    for minute in 0..<4 { try run.ask(minute: minute, 0.2) }
    var generator = SeededGenerator(seed: UInt64(seed))
    var damaged = stored(run.state)
    damaged.bytes[generator.index(below: damaged.bytes.count)] ^= UInt8(1 << generator.index(below: 8))
    guard let state = try? damaged.restored() else { return }
    for market in [try name("ETHUSDT")] {
      guard let margins = state.margins(of: market, .sell) else { continue }
      #expect(margins == margins.sorted())
    }
  }

  @Test func twoEntriesForOneMarketAreRefused() throws {
    var run = PolicyRun(try PolicySettings().marginPolicy())
    try run.ask(minute: 0, 0.01)
    let entry = stored(run.state).bytes.dropFirst(8)
    let twice = StoredState(bytes: [2] + [UInt8](repeating: 0, count: 7) + entry + entry)
    #expect(throws: StateFault.self) { try twice.restored() }
  }
}
