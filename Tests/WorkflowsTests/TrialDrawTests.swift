import Boosting
import Configuration
import Foundation
import Testing
import Workflows

@Suite("The draws of a search")
struct TrialDrawTests {
  private let space = SearchSpace(
    dimensions: [
      .init(.rounds, .whole(10...12, .linear)), .init(.learningRate, .real(0.01...1, .log)),
      .init(.leaves, .whole(2...32, .log)), .init(.depth, .choices([.unbounded, .whole(3), .whole(4)])),
      .init(.rowShare, .real(0.25...0.75, .linear)),
    ], seed: 7)

  @Test("The first trial is the start, and every other is inside the space and leaves the rest as it is")
  func inside() {
    var start = BoostingConfiguration()
    start.l2 = 3.5
    start.patience = 9
    #expect(space.settings(ofTrial: 1, from: start) == start)
    for number in 2...500 {
      let drawn = space.settings(ofTrial: number, from: start)
      #expect((10...12).contains(drawn.rounds))
      #expect((0.01...1).contains(drawn.learningRate))
      #expect((2...32).contains(drawn.leaves))
      #expect([nil, 3, 4].contains(drawn.depth))
      #expect((0.25...0.75).contains(drawn.rowShare))
      #expect(drawn.l2 == 3.5 && drawn.patience == 9)
    }
  }

  @Test("A trial follows from seed and number alone")
  func seeded() {
    let start = BoostingConfiguration()
    let other = SearchSpace(dimensions: space.dimensions, seed: 8)
    let forwards = (2...60).map { space.settings(ofTrial: $0, from: start) }
    let backwards = (2...60).reversed().map { space.settings(ofTrial: $0, from: start) }
    #expect(forwards == backwards.reversed())
    #expect(Set(forwards).count > 55)
    let agreeing = zip(forwards, (2...60).map { other.settings(ofTrial: $0, from: start) }).count { $0.0 == $0.1 }
    #expect(agreeing == 0)
  }

  @Test("On a logarithmic scale each half of the ratios has half of the draws, on a linear one each half of the range")
  func scales() {
    let drawn = (2...2_001).map { space.settings(ofTrial: $0, from: BoostingConfiguration()) }
    func share(_ isLow: (BoostingConfiguration) -> Bool) -> Double { Double(drawn.count(where: isLow)) / 2_000 }
    // Four standard errors of a share of one half over 2,000 draws are 0.045.
    #expect(abs(share { $0.learningRate < 0.1 } - 0.5) < 0.045)
    #expect(abs(share { $0.rowShare < 0.5 } - 0.5) < 0.045)
    // ln(8 / 2) / ln(33 / 2): the whole numbers 2 to 7.
    #expect(abs(share { $0.leaves < 8 } - 0.4945) < 0.045)
    for rounds in 10...12 { #expect(abs(share { $0.rounds == rounds } - 1.0 / 3) < 0.045) }
    for depth in [nil, 3, 4] { #expect(abs(share { $0.depth == depth } - 1.0 / 3) < 0.045) }
  }

  @Test("Every share gives a value inside, and both ends are reached")
  func ends() {
    let below = 1.0.nextDown
    #expect(SearchSpace.Domain.whole(2...32, .log).value(at: 0) == .whole(2))
    #expect(SearchSpace.Domain.whole(2...32, .log).value(at: below) == .whole(32))
    #expect(SearchSpace.Domain.whole(1...64, .linear).value(at: 0) == .whole(1))
    #expect(SearchSpace.Domain.whole(1...64, .linear).value(at: below) == .whole(64))
    #expect(SearchSpace.Domain.real(0.0123456...7, .log).value(at: 0) == .real(0.0123456))
    #expect(SearchSpace.Domain.real(0.5...0.98765, .linear).value(at: below) == .real(0.98765))
    #expect(SearchSpace.Domain.real(0...1e12, .linear).value(at: 0) == .real(0))
    #expect(SearchSpace.Domain.choices([.real(1), .real(2)]).value(at: below) == .real(2))
    #expect(SearchSpace.Domain.whole(1...100_000, .linear).value(at: below) == .whole(100_000))
  }

  @Test("Numbers have three significant digits, so that they can be read and pasted")
  func digits() {
    let domain = SearchSpace.Domain.real(1e-4...1e6, .log)
    for step in 0..<400 {
      guard case .real(let value) = domain.value(at: Double(step) / 400) else { continue }
      #expect(Double(String(format: "%.2e", value)) == value)
    }
  }

  @Test("Repeats are left out, and a space with nothing left to try ends")
  func repeats() {
    let small = SearchSpace(
      dimensions: [
        .init(.leaves, .choices([.whole(31), .whole(4)])), .init(.depth, .choices([.unbounded, .whole(2)])),
      ],
      seed: 3)
    var sequence = TrialSequence(small, from: BoostingConfiguration())
    var drawn: [(number: Int, settings: BoostingConfiguration)] = []
    while let trial = sequence.next(), drawn.count < 10 { drawn.append(trial) }
    #expect(drawn.count == 4)
    #expect(Set(drawn.map(\.settings)).count == 4)
    #expect(drawn.first?.settings == BoostingConfiguration())
    for trial in drawn {
      #expect(trial.settings == small.settings(ofTrial: trial.number, from: BoostingConfiguration()))
    }
    #expect(zip(drawn, drawn.dropFirst()).allSatisfy { $0.number < $1.number })
  }
}
