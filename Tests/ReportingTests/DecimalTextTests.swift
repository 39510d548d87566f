import Reporting
import Sampling
import Testing

/// The slow twin is the library's `description`, which is right for every number.
@Suite("Numbers as text")
struct DecimalTextTests {
  private func expectDescription(_ number: Double) {
    var bytes = Array("x".utf8)
    DecimalText.append(number, to: &bytes)
    #expect(String(decoding: bytes, as: UTF8.self) == "x" + number.description)
  }

  @Test("Significands and exponents of all sizes are written as the library does")
  func anyBits() {
    var generator = SeededGenerator(seed: 1)
    for _ in 0..<20_000 {
      let number = Double(bitPattern: generator.next())
      if number.isFinite { expectDescription(number) }
    }
  }

  @Test("So are magnitudes on the way of our own, and just beside it")
  func ownMagnitudes() {
    var generator = SeededGenerator(seed: 2)
    for _ in 0..<100_000 {
      let exponent = Int.random(in: -123...56, using: &generator)
      let number = Double(
        sign: .plus, exponent: exponent, significand: Double.random(in: 1..<2, using: &generator))
      expectDescription(Bool.random(using: &generator) ? number : -number)
    }
  }

  @Test("Powers of two, below which the neighbour is nearer, and their neighbours")
  func powersOfTwo() {
    for exponent in -130...60 {
      let power = Double(sign: .plus, exponent: exponent, significand: 1)
      for number in [power, power.nextUp, power.nextDown] { expectDescription(number) }
    }
  }

  @Test("Decimals with few digits, and their neighbours")
  func shortDecimals() throws {
    for exponent in -40...20 {
      for digits in 1...99 {
        let number = try #require(Double("\(digits)e\(exponent)"))
        for number in [number, number.nextUp, number.nextDown] { expectDescription(number) }
      }
    }
  }

  @Test("Whole numbers, zeros of both signs and quarters")
  func wholeNumbers() {
    for number in 0..<2_000 {
      let number = Double(number)
      for number in [number, -number, number / 4, 0x1p53 - number, 0x1p53 + number, number * 1e12] {
        expectDescription(number)
      }
    }
  }
}
