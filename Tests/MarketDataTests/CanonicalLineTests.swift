import MarketData
import Markets
import Sampling
import Testing

@Suite("Canonical lines")
struct CanonicalLineTests {
  private func parse(_ text: String) throws(FieldFault) -> BookSnapshot {
    var parser = CanonicalLineParser()
    return try parser.parse(Array(text.utf8))
  }

  private func fault(_ text: String) -> String? {
    do throws(FieldFault) {
      _ = try parse(text)
      return nil
    } catch {
      return error.field
    }
  }

  @Test func readsABook() throws {
    let snapshot = try parse(
      #"{"time":1700000000000000001,"market":"ETH-USD","bids":[[99.5,1],[99,2.25]],"asks":[[100.5,3e-2]]}"#)
    #expect(snapshot.time.nanoseconds == 1_700_000_000_000_000_001)
    #expect(snapshot.market.text == "ETH-USD")
    #expect(snapshot.book == (try book(bids: [(99.5, 1), (99, 2.25)], asks: [(100.5, 0.03)])))
  }

  @Test func aNameIsNoLongerThanItsBound() throws {
    func line(_ name: String) -> String { #"{"time":1,"market":"\#(name)","bids":[],"asks":[]}"# }
    let longest = String(repeating: "é", count: MarketName.longest / 2)
    #expect(try parse(line(longest)).market.text == longest)
    for wrong in ["", longest + "x"] {
      let found = try #require(throws: FieldFault.self) { try parse(line(wrong)) }
      #expect(found == FieldFault(field: "market", reason: "is empty or longer than 128 bytes"))
    }
  }

  @Test func readsKeysInAnyOrderWithAnySpacingAndQuotedNumbers() throws {
    let snapshot = try parse(
      " {\t\"asks\" : [ [ \"100.5\" , \"0.03\" ] ] , \"bids\":[],\r\"market\":\"a\\\"\\u00e9\\ud83d\\ude00/\", "
        + "\"time\" : \"2025-10-10T23:15:00.25+02:00\" } ")
    #expect(snapshot.time == Timestamp("2025-10-10T21:15:00.25Z"))
    #expect(snapshot.market.text == "a\"é😀/")
    #expect(snapshot.book == (try book(bids: [], asks: [(100.5, 0.03)])))
  }

  /// A new parser expects no levels and reads each as if it could have any form: the slow twin of one that was used before.
  @Test("what a parser expects changes neither books nor faults")
  func expectationsChangeNothing() {
    let lists = [
      "[]", "[[9,1]]", "[[9,1.5],[8.25,0.125],[7,3]]", "[[9,1],[8,2],[7,3],[6,4],[5,5]]", "[[9,1] ,[8,2]]",
      "[ [9,1],[8,2]]",
      "[[9,1], [8,2] , [7,3]]", "[[9,1],[8,2]", "[[9,1],[8,2],]", "[[9,1],[8]]", "[[9,1][8,2]]", "[[9,1],8]",
      "[[9,1],[8,2]]]",
      "[[12345678.5,0.123456789],[1234567.25,12345678]]", "[[9e1,1],[8,1e-3]]", "[[\"9\",\"1\"],[8,1]]",
      "[[9.,1],[8,1]]",
      "[[09,1]]", "[[9,01.5],[8,1]]", "[[9,1],[8,00]]", "[[9,1],[08.5,1]]", "[[-09,1]]", "[[\"09\",\"01.5\"]]",
      "[[9,1],[8,-1]]", "[[,1]]", "[[9,1.5.5],[8,1]]", "[[9,1],[8,1],[8,1]]",
    ]
    for expected in 0...6 {
      let levels = (0..<expected).map { "[\(90 - $0).5,1.25]" }.joined(separator: ",")
      for list in lists {
        var parser = CanonicalLineParser()
        _ = try? parser.parse(Array(#"{"time":1,"market":"A","bids":[\#(levels)],"asks":[]}"#.utf8))
        let line = #"{"time":1,"market":"A","bids":\#(list),"asks":[[10,1]]}"#
        let used = Result { () throws(FieldFault) in try parser.parse(Array(line.utf8)) }
        #expect(used == Result { () throws(FieldFault) in try parse(line) }, "\(expected) levels expected, \(list)")
      }
    }
  }

  @Test func passesOverOtherKeysWithWellFormedValues() throws {
    let plain = try parse(#"{"time":1,"market":"A","bids":[],"asks":[]}"#)
    let extended = try parse(
      #"{"x":[1,-2.5e3,"s\n",{"y":{}},[],true,false,null],"time":1,"market":"A","":0,"bids":[],"asks":[]}"#)
    #expect(plain == extended)
  }

  @Test(arguments: [
    (#"{"time":1,"market":"A","bids":[],"asks":[],"x":tru}"#, "x"),
    (#"{"time":1,"market":"A","bids":[],"asks":[],"x":[1,]}"#, "x"),
    (#"{"time":1,"market":"A","bids":[],"asks":[],"x":}"#, "x"),
    (#"{"market":"A","bids":[],"asks":[]}"#, "time"), (#"{"time":1,"bids":[],"asks":[]}"#, "market"),
    (#"{"time":1,"market":"A","asks":[]}"#, "bids"), (#"{"time":1,"market":"A","bids":[]}"#, "asks"),
    (#"{"time":1,"time":1,"market":"A","bids":[],"asks":[]}"#, "time"),
    (#"{"time":1.5,"market":"A","bids":[],"asks":[]}"#, "time"),
    (#"{"time":1e18,"market":"A","bids":[],"asks":[]}"#, "time"),
    (#"{"time":"yesterday","market":"A","bids":[],"asks":[]}"#, "time"),
    (#"{"time":9223372036854775808,"market":"A","bids":[],"asks":[]}"#, "time"),
    (#"{"time":null,"market":"A","bids":[],"asks":[]}"#, "time"),
    (#"{"time":1,"market":"","bids":[],"asks":[]}"#, "market"),
    (#"{"time":1,"market":7,"bids":[],"asks":[]}"#, "market"),
    (#"{"time":1,"market":"\ud800","bids":[],"asks":[]}"#, "market"),
    (#"{"time":1,"market":"A","bids":{},"asks":[]}"#, "bids"),
    (#"{"time":1,"market":"A","bids":[[1,1],[2,1]],"asks":[]}"#, "bids[1].price"),
    (#"{"time":1,"market":"A","bids":[],"asks":[[1,1],[1,1]]}"#, "asks[1].price"),
    (#"{"time":1,"market":"A","bids":[[1,0]],"asks":[]}"#, "bids[0].size"),
    (#"{"time":1,"market":"A","bids":[[-1,1]],"asks":[]}"#, "bids[0].price"),
    (#"{"time":1,"market":"A","bids":[[1e999,1]],"asks":[]}"#, "bids[0].price"),
    (#"{"time":1,"market":"A","bids":[[1,1,1]],"asks":[]}"#, "bids[0]"),
    (#"{"time":1,"market":"A","bids":[[1]],"asks":[]}"#, "bids[0]"),
    (#"{"time":1,"market":"A","bids":[[1,NaN]],"asks":[]}"#, "bids[0]"),
    (#"{"time":1,"market":"A","bids":[[1,"1]],"asks":[]}"#, "bids[0]"),
    (#"{"time":1,"market":"A","bids":[[2,1][1,1]],"asks":[]}"#, "bids"),
    (#"{"time":1,"market":"A","bids":[],"asks":[]} x"#, "record"),
    (#"{"time":1,"market":"A","bids":[],"asks":[]"#, "record"),
    ("", "record"), ("[]", "record"), ("{", "record"), ("{}", "time"), ("\0", "record"), (#"{"time" 1}"#, "record"),
  ])
  func namesTheFieldAtFault(line: String, field: String) {
    #expect(fault(line) == field)
  }

  @Test(
    "a numeral that begins with a zero it does not need is refused, which JSON forbids",
    arguments: [
      (#"{"time":1,"market":"A","bids":[[9,1],[007,1]],"asks":[]}"#, "bids[1].price", "007"),
      (#"{"time":1,"market":"A","bids":[[-01,1]],"asks":[]}"#, "bids[0].price", "-01"),
      (#"{"time":1,"market":"A","bids":[],"asks":[[9,00.5]]}"#, "asks[0].size", "00.5"),
      (
        #"{"time":1,"market":"A","bids":[],"asks":[ [ 9 , 01234567890123456789e3 ] ]}"#, "asks[0].size",
        "01234567890123456789e3"
      ),
      (#"{"time":01,"market":"A","bids":[],"asks":[]}"#, "time", "01"),
    ])
  func idleZeros(line: String, field: String, numeral: String) throws {
    let found = try #require(throws: FieldFault.self) { try parse(line) }
    #expect(found == FieldFault(field: field, reason: "'\(numeral)' begins with a zero that JSON forbids"))
  }

  @Test("zeros before a number in text, which is no numeral of JSON, and those that JSON has are read")
  func otherZeros() throws {
    let snapshot = try parse(
      #"{"time":0,"market":"A","x":-0,"bids":[["007","00.5"]],"asks":[[8,0.5],[9,0.5e0],[10,0.05]]}"#)
    #expect(snapshot.book == (try book(bids: [(7, 0.5)], asks: [(8, 0.5), (9, 0.5), (10, 0.05)])))
    #expect(fault(#"{"x":[01],"time":1,"market":"A","bids":[],"asks":[]}"#) == "x")
  }

  @Test(
    "a wrong time is quoted as it stands, and one out of range is said to be",
    arguments: [
      ("1.5", "'1.5' is neither whole nanoseconds of 64 bits nor RFC 3339 text"),
      ("null", "'null' is neither whole nanoseconds of 64 bits nor RFC 3339 text"),
      ("[1,2]", "'[1,2]' is neither whole nanoseconds of 64 bits nor RFC 3339 text"),
      ("12x ", "'12x' is neither whole nanoseconds of 64 bits nor RFC 3339 text"),
      ("9223372036854775808", "'9223372036854775808' is outside the range of times, \(Self.range)"),
      ("-9223372036854775809", "'-9223372036854775809' is outside the range of times, \(Self.range)"),
      (#""2262-04-11T23:47:17Z""#, "'2262-04-11T23:47:17Z' is outside the range of times, \(Self.range)"),
      (#""1677-01-01""#, "'1677-01-01' is outside the range of times, \(Self.range)"),
      (#""2025-02-30""#, "'2025-02-30' is not RFC 3339 text with at most nine decimals and no leap second"),
      (
        #""9999-01-01T00:00:00""#,
        "'9999-01-01T00:00:00' is not RFC 3339 text with at most nine decimals and no leap second"
      ),
    ])
  func wrongTimes(value: String, reason: String) throws {
    for line in [
      #"{"time":\#(value),"market":"A","bids":[],"asks":[]}"#, #"{"market":"A","bids":[],"asks":[],"time":\#(value)}"#,
    ] {
      #expect(try #require(throws: FieldFault.self) { try parse(line) } == FieldFault(field: "time", reason: reason))
    }
  }

  private static let range = "\(Timestamp.distantPast) to \(Timestamp.distantFuture)"

  @Test func refusesTextThatIsNotUTF8() {
    var parser = CanonicalLineParser()
    let bytes = Array(#"{"time":1,"market":""#.utf8) + [0xFF, 0xC0] + Array(#"","bids":[],"asks":[]}"#.utf8)
    #expect(throws: FieldFault(field: "market", reason: "is not well-formed text")) { try parser.parse(bytes) }
  }

  @Test func boundsTheDepthOfNesting() {
    func nested(_ depth: Int) -> String {
      #"{"x":"# + String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
        + #","time":1,"market":"A","bids":[],"asks":[]}"#
    }
    #expect(fault(nested(64)) == nil)
    #expect(fault(nested(65)) == "x")
    #expect(fault(nested(1_000_000)) == "x")
  }

  @Test func whatIsWrittenReadsBackBitForBit() throws {
    var generator = SeededGenerator(seed: 3)
    var parser = CanonicalLineParser()
    for round in 0..<500 {
      var price = 1 + generator.uniform() * 1e5
      func levels(_ factor: Double) -> [BookLevel] {
        (0..<generator.index(below: 20)).map { _ in
          price *= factor
          return BookLevel(price: price, size: generator.exponential(mean: 3) + 1e-9)
        }
      }
      let (bids, asks) = (levels(0.999), levels(1.001))
      let snapshot = BookSnapshot(
        time: Timestamp(nanoseconds: Int64(truncatingIfNeeded: generator.next())),
        market: try market("M\(round)\"\\\u{1}é"), book: try OrderBook(bids: bids, asks: asks))
      var line: [UInt8] = []
      CanonicalLineWriter().append(snapshot, to: &line)
      #expect(line.removeLast() == UInt8(ascii: "\n"))
      #expect(try parser.parse(line) == snapshot)
    }
  }

  @Test func writesTheShortestDecimals() throws {
    let snapshot = BookSnapshot(
      time: Timestamp(nanoseconds: 5), market: try market("A"),
      book: try book(bids: [(100, 0.1), (99.95, 1e-7)], asks: [(1e16, 3)]))
    var line: [UInt8] = []
    CanonicalLineWriter().append(snapshot, to: &line)
    #expect(
      String(decoding: line, as: UTF8.self)
        == #"{"time":5,"market":"A","bids":[[100,0.1],[99.95,1e-07]],"asks":[[1e+16,3]]}"# + "\n")
  }
}
