import Sampling
import Testing
import Workflows

@Suite("The largest contributions")
struct LargestContributionsTests {
  @Test("they are those that sorting all of them puts first", arguments: [0, 1, 2, 5, 12, 30])
  func sorted(count: Int) {
    var generator = SeededGenerator(seed: 5)
    for _ in 0..<200 {
      // Few distinct magnitudes, so that equal ones are met.
      let values = (0..<12).map { _ in (generator.normal() * 3).rounded() / 2 }
      let order = values.indices.sorted { (abs(values[$1]), $0) < (abs(values[$0]), $1) }
      #expect(LargestContributions.positions(in: values, count: count) == Array(order.prefix(count)))
    }
  }

  @Test("what is undefined comes last")
  func undefined() {
    #expect(LargestContributions.positions(in: [.nan, 0, -2, .nan, 1], count: 4) == [2, 4, 1, 0])
  }
}
