import MarketData
import Workflows

extension ScoringSession {
  /// The answers to the next line.
  mutating func answers(to line: InputLine) -> [UInt8] {
    var output: [UInt8] = []
    answer(line, into: &output)
    return output
  }
}
