import Foundation
import Margining
import MarketData
import TestRecordings
import Testing
import Workflows

/// Lines that cannot be read, kept for whoever looks into them.
@Suite("Rejected lines")
struct RejectedLinesTests {
  private struct Record: Decodable {
    let line: Int
    let field: String
    let reason: String
    let text: String?
    let base64: String?
    let length: Int?
  }

  private func records(of lines: [InputLine], keeping rejectedLines: RejectedLines? = RejectedLines()) throws
    -> [Record]
  {
    var session = try ScoringSession(
      SimulatedModel.plain.get(), reasonCount: 0, writer: ScoreLine(curve: .standard))
    session.rejectedLines = rejectedLines
    for line in lines { _ = session.answers(to: line) }
    let taken = session.rejectedLines?.take() ?? []
    #expect(session.rejectedLines?.take() ?? [] == [])
    return try taken.split(separator: UInt8(ascii: "\n")).map { line in
      try JSONDecoder().decode(Record.self, from: Data(line))
    }
  }

  private func book(_ index: Int) -> InputLine {
    .bytes(Array(SimulatedBooks.lines([SimulatedBooks.snapshots[index]]).dropLast()))
  }

  @Test("each comes with its number, the field at fault and the reason, and books leave nothing")
  func kept() throws {
    let text = #"{"time":1,"market":"A\u0041\#t\"é😀","bids":[[-1,2]],"asks":[]}"#
    let found = try records(of: [book(0), .bytes(Array(text.utf8)), book(1), .bytes([])])
    #expect(found.map(\.line) == [2, 4])
    #expect(found.map(\.text) == [text, ""])
    #expect(found.first?.field == "market")
    #expect(found.allSatisfy { !$0.reason.isEmpty && $0.base64 == nil && $0.length == nil })
  }

  @Test("bytes that are not UTF-8 survive in base64")
  func foreignBytes() throws {
    let bytes: [UInt8] = [0x7b, 0xff, 0x00, 0xc3, 0x0d]
    let record = try #require(try records(of: [.bytes(bytes)]).first)
    #expect(record.text == nil)
    #expect(record.base64.flatMap { Data(base64Encoded: $0) } == Data(bytes))
  }

  @Test("of a line that is too long nothing is kept, and of a long one its beginning and its length")
  func longLines() throws {
    let long = [UInt8](repeating: UInt8(ascii: "x"), count: RejectedLines.limit + 5)
    let found = try records(of: [.tooLong, .bytes(long)])
    #expect(found.map(\.line) == [1, 2])
    #expect(found[0].text == nil && found[0].base64 == nil)
    #expect(found[1].text?.utf8.count == RejectedLines.limit)
    #expect(found[1].length == long.count)
  }

  @Test("nothing is kept when nobody asks")
  func unasked() throws {
    #expect(try records(of: [.bytes([]), .tooLong], keeping: nil).isEmpty)
  }
}
