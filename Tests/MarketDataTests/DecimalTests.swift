import MarketData
import Sampling
import Testing

@Suite("Decimal numbers")
struct DecimalTests {
  private func scan(_ text: String) -> (value: Double?, consumed: Int) {
    Array(text.utf8).withUnsafeBytes { bytes in
      var scanner = ByteScanner(bytes)
      return (scanner.decimal(), scanner.position)
    }
  }

  private func scanInteger(_ text: String) -> Int64? {
    Array(text.utf8).withUnsafeBytes { bytes in
      var scanner = ByteScanner(bytes)
      return scanner.integer()
    }
  }

  @Test(arguments: [
    "0", "-0", "0.0", "1", "12.5", "-12.5", "1e5", "1E-5", "1e+5", "007.50", "9007199254740993", "9007199254740992",
    "0.1", "0.3", "123456789012345678", "1234567890123456789", "18446744073709551615", "18446744073709551616",
    "0.1234567890123456789", "1e22", "1e23", "1e-22", "1e-23", "4.9e-324", "2.4703282292062327e-324", "1e999", "-1e999",
    "1.7976931348623157e308", "1.7976931348623159e308", "2.2250738585072011e-308", "1e-999999999999999999999",
    "9007199254740993.0000000000000000000000001", "9007199254740992.9999999999999999999", "0.000000000000000000001",
    "5e-20", "9007199254740993e-19", "9223372036854775809e-19", "0e999999999",
  ])
  func hasTheBitsOfTheLibrary(text: String) throws {
    let expected = try #require(Double(text))
    let (value, consumed) = scan(text)
    #expect(value?.bitPattern == expected.bitPattern)
    #expect(consumed == text.utf8.count)
  }

  @Test("a numeral in the middle of a line is read as it is alone, whatever follows")
  func insideALine() {
    var generator = SeededGenerator(seed: 11)
    var wrong: [String] = []
    let digits = (0...10).map { count in (0..<200).map { _ in randomDigits(count, &generator) } }
    for whole in 1...10 {
      for fraction in 0...10 {
        for round in 0..<20 {
          let number = digits[whole][round] + (fraction > 0 ? "." + digits[fraction][round + 20] : "")
          for follower in [",", "]", "\"", " ", "", "/", ":", ".", "e", "e5", "E-3x", "\u{7f}", "é"] {
            // What the scanner takes of this must be what it takes of the same text with nothing to look ahead to.
            let alone = scan(number + follower)
            let inside = scan(number + follower + "[60012.5,0.877],[60000,1]]")
            let same = alone.value?.bitPattern == inside.value?.bitPattern && alone.consumed == inside.consumed
            if !same, follower != "." { wrong.append(number + follower) }
            if follower == ",", inside.value?.bitPattern != Double(number)?.bitPattern { wrong.append(number) }
          }
        }
      }
    }
    #expect(wrong == [])
  }

  private func randomDigits(_ count: Int, _ generator: inout SeededGenerator) -> String {
    String(decoding: (0..<count).map { _ in UInt8(0x30 + generator.next() % 10) }, as: UTF8.self)
  }

  @Test func hasTheBitsOfTheLibraryForRandomDecimals() throws {
    var generator = SeededGenerator(seed: 7)
    var wrong: [String] = []
    for _ in 0..<100_000 {
      let text = randomDecimal(&generator)
      if scan(text).value?.bitPattern != Double(text)?.bitPattern { wrong.append(text) }
    }
    #expect(wrong == [])
  }

  @Test func readsBackTheShortestTextOfAnyDouble() {
    var generator = SeededGenerator(seed: 8)
    var wrong: [Double] = []
    for round in 0..<50_000 {
      // Half of any bit pattern, half of the magnitudes that books hold.
      let any = Double(bitPattern: generator.next())
      let value = round % 2 == 0 && any.isFinite ? any : generator.uniform() * 100_000
      if scan(value.description).value?.bitPattern != value.bitPattern { wrong.append(value) }
    }
    #expect(wrong == [])
  }

  @Test(arguments: ["", "-", ".5", "5.", "1e", "1e+", "abc", "+1", "NaN", "inf", "--1", "1.e5", " 1"])
  func refusesWhatIsNoNumeral(text: String) {
    let (value, consumed) = scan(text)
    #expect(value == nil)
    #expect(consumed == 0)
  }

  @Test func stopsAtTheFirstByteThatIsNotPartOfIt() {
    #expect(scan("12.5,7") == (12.5, 4))
    #expect(scan("0x10") == (0, 1))
    #expect(scan("1.5.5") == (1.5, 3))
  }

  @Test func refusesNumeralsThatAreEndless() {
    #expect(scan(String(repeating: "1", count: 2_000)).value == nil)
    #expect(
      scan("0." + String(repeating: "0", count: 1_000) + "1").value
        == Double("0." + String(repeating: "0", count: 1_000) + "1"))
  }

  @Test func integersKeepTheirRange() {
    #expect(scanInteger("9223372036854775807") == .max)
    #expect(scanInteger("-9223372036854775808") == .min)
    #expect(scanInteger("9223372036854775808") == nil)
    #expect(scanInteger("-") == nil)
    #expect(scanInteger("") == nil)
    #expect(scanInteger("12x") == 12)
  }

  private func randomDecimal(_ generator: inout SeededGenerator) -> String {
    func digits(_ count: Int) -> String {
      String(decoding: (0..<count).map { _ in UInt8(48 + generator.index(below: 10)) }, as: UTF8.self)
    }
    var text = generator.happens(withProbability: 0.2) ? "-" : ""
    text += digits(1 + generator.index(below: 12))
    if generator.happens(withProbability: 0.8) { text += "." + digits(1 + generator.index(below: 14)) }
    if generator.happens(withProbability: 0.2) {
      text += "e" + ["", "-", "+"][generator.index(below: 3)] + String(generator.index(below: 40))
    }
    return text
  }
}
