import Foundation
import Margining
import Markets
import Testing

@Suite("Margin policy state")
struct MarginPolicyStateTests {
  private func stored(_ state: MarginPolicyState) throws -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys]
    return try encoder.encode(state)
  }

  @Test(arguments: 0..<10)
  func aRestoredStateGoesOnAsIfNothingHadHappened(seed: Int) throws {
    let path = try randomPath(seed: UInt64(seed), count: 600)
    var run = PolicyRun(try MarginPolicyPropertyTests.settings(slow: true).marginPolicy(rates: [0.005, 0.01, 0.1]))
    for (index, request) in path.enumerated() {
      if index % 37 == 0 {
        let data = try stored(run.state)
        let restored = try JSONDecoder().decode(MarginPolicyState.self, from: data)
        #expect(restored == run.state)
        #expect(try stored(restored) == data)
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
    #expect(try run.state.margins(of: name("ETHUSDT"), .buy) == nil)
  }

  @Test func memoryDoesNotGrowWithThePath() throws {
    var run = PolicyRun(try MarginPolicyPropertyTests.settings(slow: false).marginPolicy(rates: [0.005, 0.1]))
    var sizes: [Int] = []
    for (index, request) in try randomPath(seed: 8, count: 6_000).enumerated() {
      _ = try run.ask(request)
      if index % 10 == 0 { sizes.append(try stored(run.state).count) }
    }
    #expect((sizes.max() ?? 0) < 2_000)
  }

  @Test(arguments: [
    (#""margins":[10000]"#, #""margins":[]"#),
    (#""margins":[10000]"#, #""margins":[1000001]"#),
    (#""margins":[10000]"#, #""margins":[20000,10000]"#),
    (#""superseded":[]"#, #""superseded":[{"margins":[1,2],"until":0}]"#),
    (#""superseded":[]"#, #""superseded":[{"margins":[1],"until":1}]"#),
    (#""market":"ETHUSDT""#, #""market":"""#),
  ])
  func aStateThatContradictsItselfIsRefused(text: String, replacement: String) throws {
    var run = PolicyRun(try PolicySettings().marginPolicy())
    try run.ask(minute: 0, 0.01)
    let valid = String(decoding: try stored(run.state), as: UTF8.self)
    let broken = valid.replacingOccurrences(of: text, with: replacement)
    #expect(broken != valid)
    #expect(throws: DecodingError.self) {
      try JSONDecoder().decode(MarginPolicyState.self, from: Data(broken.utf8))
    }
  }

  @Test func twoEntriesForOneMarketAreRefused() throws {
    var run = PolicyRun(try PolicySettings().marginPolicy())
    try run.ask(minute: 0, 0.01)
    let one = String(decoding: try stored(run.state), as: UTF8.self).dropFirst().dropLast()
    #expect(throws: DecodingError.self) {
      try JSONDecoder().decode(MarginPolicyState.self, from: Data("[\(one),\(one)]".utf8))
    }
  }
}
