import Boosting
import Learning
import Sampling
import Testing

@Suite("Damaged LightGBM texts")
struct LightGBMDamageTests {
  private static let bytes: [UInt8] = {
    var random = RandomTrees(seed: 4, columnCount: 3)
    return Array(LightGBMText.text(of: random.ensemble(trees: 3, leaves: 1...5)).utf8)
  }()

  /// Reads what may be a model; a model must score and explain.
  private func isRead(_ bytes: [UInt8]) -> Bool {
    guard let ensemble = try? LightGBMText.parse(String(decoding: bytes, as: UTF8.self), file: "m") else {
      return false
    }
    let row = [Double](repeating: .nan, count: ensemble.columnCount)
    let value = ensemble.value(of: row.span)
    #expect(value.isFinite && abs(ensemble.contributions(of: row.span).base).isFinite)
    return true
  }

  @Test("a text cut before the end of its trees is refused")
  func truncation() throws {
    let bytes = LightGBMDamageTests.bytes
    let end = try #require(String(decoding: bytes, as: UTF8.self).firstRange(of: "end of trees")).upperBound
    let readable = String(decoding: bytes, as: UTF8.self)[..<end].utf8.count
    for length in 0...bytes.count {
      #expect(isRead(Array(bytes[..<length])) == (length >= readable))
    }
  }

  @Test("a text with random bytes changed is refused or is a well-formed ensemble", arguments: 0..<4 as Range<UInt64>)
  func mutation(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    var readCount = 0
    for _ in 0..<1_000 {
      var damaged = LightGBMDamageTests.bytes
      for _ in 0..<Int.random(in: 1...3, using: &generator) {
        let place = Int.random(in: damaged.indices, using: &generator)
        switch Int.random(in: 0..<4, using: &generator) {
        case 0: damaged.remove(at: place)
        case 1: damaged.insert(Array("0123456789-. =\n".utf8).randomElement(using: &generator) ?? 0, at: place)
        case 2: damaged[place] = UInt8.random(in: 0...255, using: &generator)
        default: damaged[place] = Array("0123456789-.einf =\n".utf8).randomElement(using: &generator) ?? 0
        }
      }
      if isRead(damaged) { readCount += 1 }
    }
    #expect(readCount > 0 && readCount < 1_000)
  }
}
