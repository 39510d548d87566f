import Markets
import Testing
import VenueFeeds

/// OKX and Kraken, whose messages carry checksums.
@Suite("Venues with checksums")
struct ChecksumVenueTests {
  @Test func okxBooksFollowNumbersAndChecksums() {
    let events = SampleLines.events(of: .okx)
    #expect(
      events.books == [
        "100.1x2.0 100.0x0.5 | 100.2x1.5 100.25x3.0", "100.1x2.25 100.0x0.5 0.05x7.0 | 100.25x3.0",
        "100.1x2.25 100.0x0.5 0.05x7.0 | 100.25x3.0",
      ])
    #expect(events.losses == [])
    #expect(events.figures == ["mark-price 100.15"])
    #expect(events.liquidations.map(\.size) == [3])
    #expect(events.trades.map(\.aggressor) == [.buy])
    #expect(events.faults == [])
  }

  @Test func okxAWrongChecksumEndsTheBook() {
    let wrong = SampleLines.okx[1].replacing("100.1\",\"2.25", with: "100.1\",\"2.250")
    let losses = SampleLines.events(of: .okx, [SampleLines.okx[0], wrong]).losses
    guard case .checksum(let stated, let computed)? = losses.first else {
      Issue.record("no checksum was compared")
      return
    }
    #expect(stated == UInt32(bitPattern: -1_850_637_592))
    #expect(computed != stated)
  }

  @Test func okxAZeroIsNoChecksumAndNumbersStillCount() {
    func change(_ previous: Int, _ number: Int) -> String {
      #"{"arg":{"channel":"books","instId":"ABC-USDT"},"action":"update","data":[{"asks":[["100.3","1","0","1"]],"bids":[],"ts":"1700000000100","checksum":0,"prevSeqId":\#(previous),"seqId":\#(number)}]}"#
    }
    #expect(
      SampleLines.events(of: .okx, [SampleLines.okx[0], change(10, 12), change(12, 3), change(3, 4)]).losses == [])
    let lost = SampleLines.events(of: .okx, [SampleLines.okx[0], change(11, 12)])
    #expect(lost.losses == [.gap(expected: 10, found: 11)])
  }

  @Test func okxAChangeWithNeitherNumberNorChecksumIsRefused() {
    let bare = SampleLines.okx[1].replacing(
      #""checksum":-1850637592,"prevSeqId":10,"seqId":15"#, with: #""checksum":0"#)
    #expect(SampleLines.events(of: .okx, [SampleLines.okx[0], bare]).faults == ["seqId"])
  }

  @Test func krakenBooksFollowTheChecksum() {
    let events = SampleLines.events(of: .kraken)
    #expect(events.books == ["101.5x0.1 101.0x2.0 | 102.0x0.005 103.5x1.0", "101.5x0.25 101.0x2.0 | 103.5x1.0"])
    #expect(events.losses == [])
    #expect(events.faults == [])
    #expect(events.trades.map(\.size) == [0.5, 0.2])
    #expect(events.quotes.first?.ask == BookLevel(price: 103.5, size: 1))
  }

  @Test func krakenALostChangeShows() {
    let lines = [SampleLines.kraken[1], SampleLines.kraken[2].replacing(#"{"price":102.0,"qty":0}"#, with: "")]
    guard case .checksum(2_006_322_958, _)? = SampleLines.events(of: .kraken, lines).losses.first else {
      Issue.record("the loss was not seen")
      return
    }
  }

  /// The example of the venue's own guide: version 1, ten levels a side, checksum 974947235.
  @Test func krakensPublishedChecksumIsFound() {
    let asks = (0..<10).map { #"["0.05\#(String(format($0 * 5 + 5, width: 3)))","0.00000500","1582905487.0"]"# }
    let bids = ["5000", "4995", "4990", "4980", "4975", "4970", "4965", "4960", "4955"].map {
      #"["0.0\#($0)","0.00000500","1582905487.0"]"#
    }
    let snapshot =
      #"1582905487.1: [0,{"as":[\#(asks.joined(separator: ","))],"bs":[\#(bids.joined(separator: ","))]},"book-10","ABC/USD"]"#
    let change =
      #"1582905487.4: [0,{"b":[["0.04950","0.00000500","1582905487.4"]],"c":"974947235"},"book-10","ABC/USD"]"#
    let events = SampleLines.events(of: .kraken, [snapshot, change])
    #expect(events.losses == [])
    #expect(events.books.count == 2)
  }

  @Test func krakenLevelsBeyondTheSubscribedDepthAreDropped() {
    let levels = (1...10).map { #"["1\#($0 - 1).0","1.0","1700000000.0"]"# }.joined(separator: ",")
    let snapshot = #"1700000000.1: [0,{"as":[\#(levels)],"bs":[]},"book-10","ABC/USD"]"#
    let change = #"1700000000.2: [0,{"a":[["9.0","2.0","1700000000.2"]]},"book-10","ABC/USD"]"#
    let book = SampleLines.events(of: .kraken, [snapshot, change]).books.last ?? ""
    #expect(book.hasPrefix(" | 9.0x2.0 10.0x1.0"))
    #expect(!book.contains("19.0"))
  }

  private func format(_ value: Int, width: Int) -> String {
    String(repeating: "0", count: max(0, width - String(value).count)) + String(value)
  }
}
