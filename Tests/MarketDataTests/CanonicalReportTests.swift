import MarketData
import Markets
import Sampling
import Testing

@Suite("Canonical lines of reports")
struct CanonicalReportTests {
  private static let lines = [
    #"{"time":1700000000000000001,"market":"A","trade":{"price":99.5,"size":2,"aggressor":"sell"}}"#,
    #"{"time":2,"market":"A","trade":{"price":1e-3,"size":0.25}}"#,
    #"{"time":3,"market":"B","figure":{"kind":"mark-price","value":100.25}}"#,
    #"{"time":4,"market":"B","figure":{"kind":"funding-rate","value":-0.0001}}"#,
    #"{"time":5,"market":"B","liquidation":{"side":"buy","price":7,"size":3}}"#,
  ]

  private func parse(_ text: String) throws(FieldFault) -> MarketEvent {
    var parser = CanonicalRecordParser()
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

  @Test("each kind is read, keys in any order, numbers in text too")
  func reads() throws {
    let name = try market("A")
    #expect(
      try parse(Self.lines[0])
        == .report(
          .trade(
            Trade(
              time: Timestamp(nanoseconds: 1_700_000_000_000_000_001), market: name, price: 99.5, size: 2,
              aggressor: .sell))))
    #expect(
      try parse(
        #" {"liquidation" : {"x":[{}], "size":"3","price": "7", "side":"sell"},"y":null,"market":"A","#
          + #""time":"1970-01-01T00:00:00.000000009Z"} "#)
        == .report(
          .liquidation(
            Liquidation(time: Timestamp(nanoseconds: 9), market: name, side: .sell, price: 7, size: 3))))
    for kind in MarketFigure.Kind.allCases {
      let event = try parse(#"{"time":1,"market":"A","figure":{"kind":"\#(kind.rawValue)","value":1.5}}"#)
      let expected = MarketFigure(time: Timestamp(nanoseconds: 1), market: name, kind: kind, value: 1.5)
      #expect(event == .report(.figure(expected)))
    }
  }

  @Test("a line with levels is a book, whatever names a recorder's own fields have")
  func books() throws {
    let plain = try parse(#"{"time":1,"market":"A","bids":[[9,1]],"asks":[]}"#)
    let extended = try parse(#"{"trade":{"price":-1},"time":1,"market":"A","bids":[[9,1]],"figure":0,"asks":[]}"#)
    guard case .book = plain else { return #expect(Bool(false)) }
    #expect(plain == extended)
    #expect(fault(#"{"time":1,"market":"A","bids":[[9,1]],"trade":{"price":1,"size":1}}"#) == "asks")
  }

  @Test(arguments: [
    (#"{"time":1,"market":"A"}"#, "bids"), (#"{"trade":{"price":1,"size":1}}"#, "time"),
    (#"{"time":1,"trade":{"price":1,"size":1}}"#, "market"),
    (#"{"time":1.5,"market":"A","trade":{"price":1,"size":1}}"#, "time"),
    (#"{"time":1,"market":"A","trade":{"price":0,"size":1}}"#, "trade.price"),
    (#"{"time":1,"market":"A","trade":{"price":1,"size":-1}}"#, "trade.size"),
    (#"{"time":1,"market":"A","trade":{"price":1}}"#, "trade.size"),
    (#"{"time":1,"market":"A","trade":{"size":1}}"#, "trade.price"),
    (#"{"time":1,"market":"A","trade":{"price":1,"price":1,"size":1}}"#, "trade.price"),
    (#"{"time":1,"market":"A","trade":{"price":1e999,"size":1}}"#, "trade.price"),
    (#"{"time":1,"market":"A","trade":{"price":"1,"size":1}}"#, "trade.price"),
    (#"{"time":1,"market":"A","trade":{"price":1,"size":1,"aggressor":"Buy"}}"#, "trade.aggressor"),
    (#"{"time":1,"market":"A","trade":{"price":1,"size":1,"aggressor":null}}"#, "trade.aggressor"),
    (#"{"time":1,"market":"A","trade":{"price":1,"size":1,"x":tru}}"#, "trade.x"),
    (#"{"time":1,"market":"A","trade":[1,1]}"#, "trade"), (#"{"time":1,"market":"A","trade":{}}"#, "trade.price"),
    (#"{"time":1,"market":"A","trade":{"price":1,"size":1},"figure":{"kind":"mark-price","value":1}}"#, "figure"),
    (#"{"time":1,"market":"A","trade":{"price":1,"size":1},"trade":{"price":1,"size":1}}"#, "trade"),
    (#"{"time":1,"market":"A","figure":{"value":1}}"#, "figure.kind"),
    (#"{"time":1,"market":"A","figure":{"kind":"price","value":1}}"#, "figure.kind"),
    (#"{"time":1,"market":"A","figure":{"kind":"mark-price","value":0}}"#, "figure.value"),
    (#"{"time":1,"market":"A","figure":{"kind":"open-interest","value":-1}}"#, "figure.value"),
    (#"{"time":1,"market":"A","figure":{"kind":"mark-price"}}"#, "figure.value"),
    (#"{"time":1,"market":"A","liquidation":{"price":1,"size":1}}"#, "liquidation.side"),
    (#"{"time":1,"market":"A","liquidation":{"side":"long","price":1,"size":1}}"#, "liquidation.side"),
    (#"{"time":1,"market":"A","trade":{"price":1,"size":1}} x"#, "record"),
    (#"{"time":1,"market":"A","trade":{"price":1,"size":1}"#, "record"),
  ])
  func namesTheFieldAtFault(line: String, field: String) {
    #expect(fault(line) == field)
  }

  @Test("what is written reads back bit for bit")
  func writes() throws {
    for line in Self.lines {
      var bytes: [UInt8] = []
      CanonicalLineWriter().append(try parse(line), to: &bytes)
      #expect(String(decoding: bytes, as: UTF8.self) == line.replacing("1e-3", with: "0.001") + "\n")
    }
    var generator = SeededGenerator(seed: 4)
    var parser = CanonicalRecordParser()
    for round in 0..<500 {
      let time = Timestamp(nanoseconds: Int64(truncatingIfNeeded: generator.next()))
      let (price, size) = (generator.exponential(mean: 1e5) + 1e-9, generator.exponential(mean: 3) + 1e-9)
      let name = try market("M\(round)\"\\\u{1}é")
      let reports: [MarketReport] = [
        .trade(Trade(time: time, market: name, price: price, size: size, aggressor: round % 2 == 0 ? .buy : nil)),
        .liquidation(Liquidation(time: time, market: name, side: .sell, price: price, size: size)),
        .figure(MarketFigure(time: time, market: name, kind: .fundingRate, value: generator.normal())),
      ]
      for report in reports {
        var line: [UInt8] = []
        CanonicalLineWriter().append(report, to: &line)
        #expect(line.removeLast() == UInt8(ascii: "\n"))
        #expect(try parser.parse(line) == .report(report))
      }
    }
  }

  @Test("a line cut at any byte is a named fault", arguments: lines)
  func truncated(line: String) {
    let bytes = Array(line.utf8)
    var parser = CanonicalRecordParser()
    for length in 0..<bytes.count {
      let fault = #expect(throws: FieldFault.self) { try parser.parse(Array(bytes[..<length])) }
      #expect(fault.map { !$0.field.isEmpty && !$0.reason.isEmpty } == true)
    }
  }

  @Test("a damaged line is a record or a named fault")
  func mutated() {
    var generator = SeededGenerator(seed: 21)
    var parser = CanonicalRecordParser()
    let telling = Array("0159-+.eE,\"[]{}:\\u \0\n\r\t".utf8) + [0xFF, 0xC0, 0x80]
    var counts = (records: 0, faults: 0)
    for _ in 0..<(isUnoptimised ? 20_000 : 300_000) {
      var bytes = Array(Self.lines[generator.index(below: Self.lines.count)].utf8)
      for _ in 0...generator.index(below: 2) {
        let place = generator.index(below: bytes.count)
        switch generator.index(below: 4) {
        case 0: bytes[place] ^= 1 << UInt8(generator.index(below: 8))
        case 1: bytes[place] = telling[generator.index(below: telling.count)]
        case 2: bytes.insert(telling[generator.index(below: telling.count)], at: place)
        default: bytes.remove(at: place)
        }
      }
      do throws(FieldFault) {
        if case .report(let report) = try parser.parse(bytes) { #expect(report.fault == nil) }
        counts.records += 1
      } catch {
        if error.field.isEmpty || error.reason.isEmpty { #expect(Bool(false)) }
        counts.faults += 1
      }
    }
    #expect(counts.records > 0 && counts.faults > 0)
  }

  @Test("reports stand among the books of a recording in time order, however late or early they say they are")
  func recorded() throws {
    let folder = try TemporaryFolder()
    func book(_ time: Int, _ market: String) -> String {
      #"{"time":\#(time),"market":"\#(market)","bids":[[9,1]],"asks":[[10,1]]}"# + "\n"
    }
    func figure(_ time: Int, _ market: String) -> String {
      #"{"time":\#(time),"market":"\#(market)","figure":{"kind":"mark-price","value":\#(time)}}"# + "\n"
    }
    let first = try folder.write(
      book(10, "A") + figure(12, "A") + book(20, "A") + figure(15, "A") + figure(25, "A") + book(24, "A"), to: "a.jsonl"
    )
    let second = try folder.write(figure(11, "B") + book(13, "B") + book(22, "B") + book(30, "B"), to: "b.jsonl")
    let stream = try RecordedStream(paths: [first, second])
    let events = try stream.next(limit: 100).map { event in
      switch event {
      case .snapshot(let snapshot): "\(snapshot.market)\(snapshot.time.nanoseconds)"
      case .report(let report): "\(report.market)\(report.time.nanoseconds)r"
      case .rejected(let fault): "\(fault.line): \(fault.reason)"
      }
    }
    #expect(events == ["A10", "B11r", "A12r", "B13", "A20", "A15r", "B22", "A25r", "A24", "B30"])
    #expect(stream.rowCount(of: try market("A")) == 6)
  }
}
